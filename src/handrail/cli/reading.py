"""Reads the files a person hands to the command line, and says plainly what is wrong with them."""

import json
import sys
import tomllib
from pathlib import Path


class BadInput(Exception):
    """A file cannot be used; the message names the line or the field and what was expected."""


def read_text(path: str) -> str:
    """Read a text file in UTF-8; "-" is standard input.

    Raises: BadInput, naming the file and why it cannot be read.
    """
    if path == "-" and sys.stdin is None:
        raise BadInput("standard input is closed")
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such file") from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(f"{named(path)}, line {line}: the text is not UTF-8") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error


def read_json(path: str) -> object:
    """Read a JSON file; "-" is standard input.

    Raises: BadInput, naming the line where the file stops being JSON.
    """
    written = read_text(path)
    try:
        return json.loads(written, parse_constant=_refuse, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        place = f"{named(path)}, line {error.lineno}, column {error.colno}"
        raise BadInput(f"{place}: this is not JSON ({error.msg})") from error
    except RecursionError as error:
        raise BadInput(f"{named(path)}: nested too deeply to read") from error
    except ValueError as error:
        raise BadInput(f"{named(path)}: {error}") from error


def read_toml(path: str) -> dict[str, object]:
    """Read a TOML file; "-" is standard input.

    Raises: BadInput, naming the line where the file stops being TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{named(path)}: this is not TOML ({error})") from error


def named(path: str) -> str:
    """Name a file in a message."""
    return "standard input" if path == "-" else path


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number that JSON allows")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a field written twice: silently keeping the last one would lose an answer."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the field "{repeated}" is written twice in one object')
    return fields
