"""Documents on paper and as files: a tagged PDF from a template and what stands in it."""

from handrail.integrations.documents.blocks import (
    Block,
    facts,
    heading,
    lines,
    lines_small,
    note,
    points,
    small,
    strong,
    sum_of,
    table,
    text,
)
from handrail.integrations.documents.typesetting import CannotTypeset, document, pdf

__all__ = (
    "Block",
    "CannotTypeset",
    "document",
    "facts",
    "heading",
    "lines",
    "lines_small",
    "note",
    "pdf",
    "points",
    "small",
    "strong",
    "sum_of",
    "table",
    "text",
)
