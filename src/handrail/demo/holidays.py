"""The days on which the demo's houses are closed: the federal holidays on which clinics close."""

from collections.abc import Iterator
from datetime import date, timedelta

MONDAY, THURSDAY = 0, 3


def holidays(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Every closed day in a range, both ends included, with its reason."""
    found = (one for year in range(first.year, last.year + 1) for one in _of_year(year))
    return tuple(sorted(one for one in found if first <= one[0] <= last))


def _of_year(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "New Year's Day"
    yield _last(year, 5, MONDAY), "Memorial Day"
    yield date(year, 7, 4), "Independence Day"
    yield _nth(year, 9, MONDAY, 1), "Labor Day"
    yield _nth(year, 11, THURSDAY, 4), "Thanksgiving"
    yield date(year, 12, 25), "Christmas Day"


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _last(year: int, month: int, weekday: int) -> date:
    return _nth(year, month + 1, weekday, 1) - timedelta(days=7)
