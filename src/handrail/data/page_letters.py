"""What the mails of a lesson a week say: data/page_letters.toml, in either language."""

from dataclasses import dataclass
from functools import cache

from handrail.data import read_table
from handrail.data.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class PageText:
    """One kind of letter: its subject, and the lines around the two links."""

    subject: str
    hello: str
    begins: str
    rest: str


@cache
def page_letters(language: str = ENGLISH) -> dict[str, PageText]:
    """Every kind of letter: ask, page."""
    rows = read_table("page_letters.toml", language)["letter"]
    return {row["kind"]: PageText(**{k: v for k, v in row.items() if k != "kind"}) for row in rows}
