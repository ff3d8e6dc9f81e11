"""Log lines that cannot carry a client's words."""

import logging
import re
import traceback
from types import TracebackType

_Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_SIGNED = re.compile(r"[\w-]{20,}(?:[.:][\w-]+)*[.:][\w-]{20,}")
"""A signed token, as it stands in an address: whoever reads it could use it."""


class WithoutClientData(logging.Formatter):
    """Says where something broke and what kind of break it was, never with which values.

    The message of a database error quotes the row ("Key (name)=(…) already exists"), so the
    message of an exception is left out: its type and the lines of code are enough to mend it.
    Signed tokens are left out of every line too: Django writes refused addresses into the log.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line without signed tokens."""
        return _SIGNED.sub("…", super().format(record))

    def formatException(self, ei: _Trouble) -> str:  # noqa: N802 (the standard library's name)
        """The stack without the exception's message."""
        error = ei[1]
        lines: list[str] = []
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()
