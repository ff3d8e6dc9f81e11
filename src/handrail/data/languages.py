"""The languages of the public side: which words are shown there, and what they are in Spanish.

English stands where it is used: in templates, in Python, in the TOML files of this package. Every
other language is a gettext catalog, `locale/<language>/public.po`, whose keys are those English
sentences. It is read as it lies, so that what runs is what was written.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "es": "Español"}
"""The languages of the public side, each by its own name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which texts of a TOML file are words for readers: all but some keys, or some keys alone."""

    keys: frozenset[str]
    only: bool

    def opens(self, key: str) -> bool:
        """Whether words may stand under a key."""
        return self.only or key not in self.keys


def _all_but(*keys: str) -> Shown:
    return Shown(frozenset(keys), only=False)


def _only(*keys: str) -> Shown:
    return Shown(frozenset(keys), only=True)


SHOWN = {
    "check.toml": _all_but(
        *("version", "key", "part", "slug", "kind", "set", "asked_if", "otherwise", "not_ticked"),
        *("counts_toward", "count_bands", "disorder", "only_if", "settled_by", "also_a_sign"),
        *("asked", "only", "source", "level", "levels", "needs", "unless", "question", "chose"),
        *("was", "said", "not_at"),
    ),
    "dangers.toml": _all_but(
        *("version", "findings", "source", "kind", "sources", "sure", "calmed", "today", "gently"),
        *("in_case", "threatens", "call", "only", "stay", "short", "id", "cited"),
        "covers",
    ),
    "levels.toml": _all_but(
        *("code", "nights", "provides", "next", "burden", "available_from"),
        *("scheme", "edition", "level"),
    ),
    "glossary.toml": _all_but(),
    "pages/iop.toml": _all_but("id", "tag"),
    "pages/less.toml": _all_but("id", "tag", "key", "findings"),
    "pages/refuse.toml": _all_but("id", "tag"),
    "pages/programs.toml": _all_but(),
    "pages/slide.toml": _all_but("id", "tag", "findings", "asked"),
    "pages/topics.toml": _all_but("id", "tag", "key", "cites"),
    "pages/three_sides.toml": _all_but("id", "tag"),
    "pages/costs.toml": _all_but("id", "tag", "example"),
    "time_letters.toml": _all_but("kind", "still_stands"),
    "page_letters.toml": _all_but("kind"),
    "lines.toml": _all_but("number", "source", "code"),
    "safety_plan.toml": _only("title", "words", "name", "how"),
    "needs.toml": _only("leaves_out"),
    "findings.toml": _only("question"),
    "criteria/general-adult-admission.toml": _only("title", "outside", "plain"),
}
"""The data files with words that the public side shows. A new key of the upper ones is words."""


def words_of(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a data file that the public side shows, in the order of the file."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    _each(table, SHOWN[name], note, spoken=not SHOWN[name].only)
    yield from found


def in_language(language: str, name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """A data file's table with its words in a language; what is not words stays as it is."""
    if language == ENGLISH or name not in SHOWN:
        return dict(table)
    catalog = translations(language)
    spoken = not SHOWN[name].only
    said: dict[str, Any] = _each(
        table, SHOWN[name], lambda text: text and catalog.gettext(text), spoken=spoken
    )
    return said


def _each(value: Any, shown: Shown, change: Callable[[str], str], *, spoken: bool) -> Any:
    if isinstance(value, str):
        return change(value) if spoken and value else value
    if isinstance(value, list):
        return [_each(one, shown, change, spoken=spoken) for one in value]
    if isinstance(value, Mapping) and value.get("measured") is True:
        return value  # a detail of a record: nobody is asked for it
    if isinstance(value, Mapping):
        return {
            key: _each(one, shown, change, spoken=key in shown.keys if shown.only else spoken)
            if shown.opens(key) or _tables(one)
            else one
            for key, one in value.items()
        }
    return value


def _tables(value: Any) -> bool:
    """Whether it is a list of tables: their keys are looked at one by one."""
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


@cache
def translations(language: str) -> NullTranslations:
    """The catalog of a language; English translates nothing."""
    if language == ENGLISH:
        return NullTranslations()
    text = files(__package__).joinpath(f"locale/{language}/public.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
