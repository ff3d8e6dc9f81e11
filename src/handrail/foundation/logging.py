"""Log lines that cannot carry a client's words."""

import logging
import traceback
from types import TracebackType

_Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutClientData(logging.Formatter):
    """Says where something broke and what kind of break it was, never with which values.

    The message of a database error quotes the row ("Key (name)=(…) already exists"), so the
    message of an exception is left out: its type and the lines of code are enough to mend it.
    """

    def formatException(self, ei: _Trouble) -> str:  # noqa: N802 (the standard library's name)
        """The stack without the exception's message."""
        error = ei[1]
        lines: list[str] = []
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()
