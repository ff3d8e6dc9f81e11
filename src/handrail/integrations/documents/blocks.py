"""The blocks a document is made of. Every text is set as it is: nothing in it is markup."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Block: TypeAlias = Mapping[str, object]
"""One block, as the template reads it."""


def heading(words: str, *, level: int = 2) -> Block:
    """A heading of the second or third level; the first is the document's title."""
    return {"kind": "heading", "level": level, "text": words}


def text(words: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": words}


def strong(words: str) -> Block:
    """A paragraph that stands out."""
    return {"kind": "strong", "text": words}


def small(words: str) -> Block:
    """A paragraph in small type: sources, who said it, versions."""
    return {"kind": "small", "text": words}


def sum_of(words: str) -> Block:
    """The one figure or answer of the page, in large type."""
    return {"kind": "sum", "text": words}


def note(words: str) -> Block:
    """A paragraph that must not be missed, with a line beside it."""
    return {"kind": "note", "text": words}


def points(items: Iterable[str]) -> Block:
    """A list with a point before each item."""
    return {"kind": "list", "items": list(items)}


def lines(items: Iterable[str]) -> Block:
    """Paragraphs one after the other."""
    return {"kind": "lines", "items": list(items)}


def lines_small(items: Iterable[str]) -> Block:
    """Paragraphs in small type, close together: numbers and fingerprints."""
    return {"kind": "lines-small", "items": list(items)}


def facts(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Block:
    """Names and what is said of each, under a row of headings that is read out with them."""
    return {"kind": "facts", "head": list(head), "rows": [list(row) for row in rows]}


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int] = (),
    right: Sequence[int] = (),
) -> Block:
    """A table. `widths` are parts of the whole; `right` the columns of figures, from 0."""
    return {
        "kind": "table",
        "head": list(head),
        "rows": [list(row) for row in rows],
        "widths": list(widths) or [1] * len(head),
        "right": [column in right for column in range(len(head))],
    }
