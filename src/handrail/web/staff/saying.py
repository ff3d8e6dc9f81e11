"""Dates and times as people say them."""

from datetime import date, datetime
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
