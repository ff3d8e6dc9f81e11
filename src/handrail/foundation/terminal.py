"""Lets our sentences reach every terminal: one that knows Latin-1 only gets "..." for "…"."""

import codecs
import io
import sys

_PLAIN = str.maketrans({"…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_NAME = "handrail-plain"


def print_anywhere() -> None:
    """From now on a character that the terminal does not have ends no command."""
    codecs.register_error(_NAME, _in_plain_letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def _in_plain_letters(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = error.object[error.start : error.end].translate(_PLAIN)
    return plain.encode("ascii", "backslashreplace").decode("ascii"), error.end
