"""Dates and times as people say them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def day(value: date) -> str:
    """Tue, Nov 24, 2026."""
    return f"{value:%a, %b} {value.day}, {value.year}"


def plain_day(value: date) -> str:
    """May 3, 1990: where the day of the week does not matter."""
    return f"{value:%B} {value.day}, {value.year}"


def clock_time(value: datetime, zone: str) -> str:
    """5:50 pm, at that place."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%I:%M}".lstrip("0") + f" {local:%p}".lower()


def moment(value: datetime, zone: str) -> str:
    """Tue, Nov 24, 2026, 5:50 pm, at that place."""
    return f"{day(value.astimezone(ZoneInfo(zone)).date())}, {clock_time(value, zone)}"


def long_moment(value: datetime, zone: str) -> str:
    """Tuesday, November 24, 5:50 pm, at that place."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%A, %B} {local.day}, {clock_time(value, zone)}"


def until(days: int) -> str:
    """How long until a day: today, tomorrow, in 12 days, 3 days ago."""
    if days < 0:
        return "yesterday" if days == -1 else f"{-days} days ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def short_day(value: date) -> str:
    """Tue, Nov 24: where the year is plain."""
    return f"{value:%a, %b} {value.day}"


def plain_date(value: date) -> str:
    """Jan 4, 2027: in the middle of a line."""
    return f"{value:%b} {value.day}, {value.year}"


def local_day(value: datetime, zone: str) -> date:
    """The calendar day of a moment, at that place."""
    return value.astimezone(ZoneInfo(zone)).date()


def short_time(value: datetime, zone: str) -> str:
    """6 pm, 6:20 pm, at that place."""
    return clock_time(value, zone).replace(":00 ", " ")


def lasting(time: timedelta) -> str:
    """How long: 40 min, 3 h 10 min, 2 days."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def time_left(due: datetime, now: datetime) -> str:
    """3 h 10 min left; 2 days overdue; due now."""
    if abs(due - now) < timedelta(minutes=1):
        return "due now"
    return f"{lasting(due - now)} left" if due > now else f"{lasting(now - due)} overdue"


def counted(number: int, one: str, many: str = "") -> str:
    """1 person, 12 people; the plural is the singular with an s unless it is given."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def number_word(number: int) -> str:
    """Three, for the beginning of a sentence; figures from thirteen on."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


_NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
