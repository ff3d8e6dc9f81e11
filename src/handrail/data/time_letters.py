"""What mails and texts about a booked time say: data/time_letters.toml, in either language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from handrail.data import read_table
from handrail.data.languages import ENGLISH, translations

_DAY = {ENGLISH: ("EEEE, MMMM d", "en_US"), "es": ("EEEE d 'de' MMMM", "es_US")}


@dataclass(frozen=True, slots=True)
class TimeLetter:
    """One kind of letter: its subject, the lines around the time, and the words of a text."""

    subject: str
    hello: str
    begins: str
    rest: str
    text: str


@cache
def time_letters(language: str = ENGLISH) -> dict[str, TimeLetter]:
    """Every kind of letter about a time: confirmation, reminder, moved, canceled."""
    table = read_table("time_letters.toml", language)
    return {
        row["kind"]: TimeLetter(
            subject=row["subject"],
            hello=table["hello"],
            begins=row["begins"],
            rest=table["stands" if row["still_stands"] else "gone"],
            text=row["text"],
        )
        for row in table["letter"]
    }


def when_words(starts_at: datetime, zone: str, language: str = ENGLISH) -> str:
    """Wednesday, November 25, 6:30 pm EST; miércoles 25 de noviembre, 6:30 p. m. EST."""
    local = starts_at.astimezone(ZoneInfo(zone))
    pattern, locale = _DAY[language]
    half = "{time} am" if local.hour < 12 else "{time} pm"
    clock = translations(language).gettext(half).format(time=f"{local:%I:%M}".lstrip("0"))
    return f"{format_date(local, pattern, locale=locale)}, {clock} {local:%Z}"
