"""Reading days and times as people type them."""

import re
from datetime import date, time

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AMERICAN = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TIME = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::00)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)

YEARS = range(1880, 2200)
"""Years of people's lives and of what is planned: a day outside them is a slip of the finger, and
the end of the calendar is nothing to count on from.
"""


def read_day(text: str) -> date | None:
    """A day as people type it: 1990-05-03, 5/3/1990, 5.3.1990, May 3, 1990. None for none."""
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif american := _AMERICAN.fullmatch(text):
        month, day, year = american.groups()
    elif named := _NAMED.fullmatch(text):
        month, day, year = named.groups()
    elif day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = day_first.groups()
    else:
        return None
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    """The number of a month as written: 5, May, Sept. 0, which is no month, for anything else."""
    if text.isdecimal():
        return int(text)
    found = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(text.lower())]
    return found[0] if found else 0


def read_time(text: str) -> time | None:
    """A time as people type it: 18:00, 6 pm, 6:30 p.m. None for none, and for a mere number."""
    found = _TIME.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].lower().startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
