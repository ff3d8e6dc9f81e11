"""Text and numbers as somebody typed them, made fit to be kept: one place for all forms."""

import re
import unicodedata

_NUMBER = re.compile(r"[0-9]{1,15}")
"""Decimal digits alone, and so few that any column holds the number."""


def visible(text: str) -> str:
    """Text without direction marks and zero-width characters: they change what a name looks like
    and are nowhere to be seen.
    """
    return "".join(ch for ch in text if unicodedata.category(ch) != "Cf")


def one_line(text: str) -> str:
    """Text of one line: no control characters, nothing unseen, single spaces."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in visible(text)).split())


def some_lines(text: str) -> str:
    """Text of several lines, without other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(ch for ch in line if ch.isprintable() or ch == "\t") for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip()


def whole_number(text: str) -> int | None:
    """A whole number as typed: 7, 1,250. None for anything else.

    Python reads more as a number than people type: digits of other scripts, and so many of them
    that it refuses with an error of its own.
    """
    plain = text.strip().replace(",", "")
    return int(plain) if _NUMBER.fullmatch(plain) else None
