"""The words of the public side in the language of the address: /es/… is Spanish.

`say` is for sentences in Python, `{% trans %}` for those in templates; data comes from here with
its words already in the language. What has no translation stays English, and a test fails.
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language, override

from handrail import data
from handrail.core.check import Check
from handrail.core.dangers import Dangers
from handrail.core.findings import Definition
from handrail.core.levels import Care
from handrail.core.placement.criteria import CriteriaSet
from handrail.data import lines, wording
from handrail.data.languages import ENGLISH, LANGUAGES, translations

_OF_THE_PAGE = {ENGLISH: "en-US", "es": "es-US"}
_FOR_DATES = {ENGLISH: "en_US", "es": "es_US"}


_DAY_OF_YEAR = {ENGLISH: "EEEE, MMMM d", "es": "EEEE d 'de' MMMM"}
_PLAIN_DAY = {ENGLISH: "MMMM d, y", "es": "d 'de' MMMM 'de' y"}
_SHORT_DAY = {ENGLISH: "EEE, MMM d", "es": "EEE d 'de' MMM"}


def language() -> str:
    """The language of this page: en or es."""
    code = (get_language() or ENGLISH).partition("-")[0]
    return code if code in LANGUAGES else ENGLISH


def speaking(code: str) -> override:
    """Words and addresses are in this language (en or es) while it lasts; English has no prefix."""
    return override(settings.LANGUAGE_CODE if code == ENGLISH else code)


def page_language() -> str:
    """The language of this page as HTML wants it."""
    return _OF_THE_PAGE[language()]


def mark(text: str) -> str:
    """Mark a sentence for translation where it stands; `say` it when the page is made."""
    return text


def say(text: str, **parts: object) -> str:
    """A whole sentence in the language of the page, with its {parts} filled in."""
    said = translations(language()).gettext(text) if text else ""
    return said.format(**parts) if parts else said


def gettext(text: str) -> str:
    """What `{% trans %}` asks: a sentence in the language of the page."""
    return translations(language()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """What `{% trans %}` with `{% pluralize %}` asks."""
    return translations(language()).ngettext(one, many, number)


def day(on: date) -> str:
    """A date as people say it: Monday, November 23, 2026."""
    return format_date(on, "full", locale=_FOR_DATES[language()])


def day_of_year(on: date) -> str:
    """Tuesday, November 24: where the year is plain."""
    return format_date(on, _DAY_OF_YEAR[language()], locale=_FOR_DATES[language()])


def plain_day(on: date) -> str:
    """May 3, 1990: where the day of the week does not matter."""
    return format_date(on, _PLAIN_DAY[language()], locale=_FOR_DATES[language()])


def short_day(on: date) -> str:
    """Tue, Nov 24: where the year is plain."""
    return format_date(on, _SHORT_DAY[language()], locale=_FOR_DATES[language()])


def weekday(number: int) -> str:
    """A day of the week in short, Monday is 0: Mon."""
    return format_date(date(2024, 1, 1 + number), "EEE", locale=_FOR_DATES[language()])


def hour(at: time) -> str:
    """A time of day in a line about a week: 6 pm, 5:50 pm."""
    return _of_day(at, f"{at.hour % 12 or 12}" + (f":{at.minute:02}" if at.minute else ""))


def clock(at: time) -> str:
    """A time that somebody keeps: 6:00 pm."""
    return _of_day(at, f"{at.hour % 12 or 12}:{at.minute:02}")


def _of_day(at: time, said: str) -> str:
    return say("{time} am", time=said) if at.hour < 12 else say("{time} pm", time=said)


def capital(text: str) -> str:
    """A sentence's first letter made large."""
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """A name as it stands in the middle of a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def listed(items: Sequence[str]) -> str:
    """Words in a row, as people say them: "a, b and c"."""
    if not items[1:]:
        return "".join(items)
    row, last = ", ".join(items[:-1]), items[-1]
    if language() == "es" and _begins_with_i(last):
        return f"{row} e {last}"
    return say("{row} and {last}", row=row, last=last)


def either(items: Sequence[str]) -> str:
    """Words to choose from: "a or b", "a or b or c"."""
    found = items[0] if items else ""
    for one in items[1:]:
        found = say("{one} or {other}", one=found, other=one)
    return found


def _begins_with_i(word: str) -> bool:
    """In Spanish "y" becomes "e" before the sound i, but not before "hie"."""
    start = word.lower().lstrip("“")
    return start.startswith(("i", "í", "hi", "hí")) and not start.startswith("hie")


def check_table() -> dict[str, Any]:
    """Everything the private check says."""
    return data.check_table(language())


def private_check() -> Check:
    """The questions of the private check."""
    return data.private_check(language())


def dangers() -> Dangers:
    """What is said in danger, one way for each kind."""
    return data.dangers(language())


def criteria_set() -> CriteriaSet:
    """The rules that find a level on the public side."""
    return data.criteria_set(language=language())


def care_catalogue() -> Care:
    """Levels of care, acute places, facets and needs."""
    return data.care_catalogue(language())


def findings_catalogue() -> dict[str, Definition]:
    """Every finding that the rules may read."""
    return data.findings_catalogue(language())


def glossary() -> tuple[wording.Term, ...]:
    """Every term of the glossary, in the order of this language's alphabet."""
    return wording.glossary(language())


def iop_course() -> wording.Course:
    """The standard IOP course."""
    return wording.iop_course(language())


def situations() -> tuple[wording.Situation, ...]:
    """The situations of the page "They want less"."""
    return wording.situations(language())


def sources(page: str) -> tuple[wording.Source, ...]:
    """Where the facts of a page come from."""
    return wording.sources(page, language())


def programs_table() -> dict[str, Any]:
    """What the Programs page says for the codes of listed programs."""
    return data.read_table("pages/programs.toml", language())


def national_lines() -> tuple[lines.Line, ...]:
    """The lines that answer everywhere in the country."""
    return lines.national_lines(language())


def state_lines() -> tuple[lines.Line, ...]:
    """The lines of single states."""
    return lines.state_lines(language())


def assessors() -> tuple[lines.Assessor, ...]:
    """Who can assess without running a program."""
    return lines.assessors(language())
