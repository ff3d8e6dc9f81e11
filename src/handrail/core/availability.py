"""Whether a person or a room is free, and why not: the one rule behind every calendar here.

Working hours are local: a day, a time and a zone; UTC is derived from them. Everything that keeps
someone busy is a span of time with what it is. Spans that only touch do not clash. Where nobody
typed hours in for a day, the whole day counts as working time, so that a house that keeps no hours
can plan all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from handrail.core.course.local_time import utc_of

_DAY = timedelta(days=1)


class What(Enum):
    """What keeps a person or a room from being free. The order is the one they are told in."""

    CLOSED = "closed"
    AWAY = "away"
    SESSION = "session"
    APPOINTMENT = "appointment"
    SCREENING = "screening"
    HOURS = "outside working hours"

    @property
    def is_firm(self) -> bool:
        """Whether it cannot be set aside by asking: being in two places at once."""
        return self in (What.SESSION, What.APPOINTMENT, What.SCREENING)


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, in UTC. The end is not in it."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        """A span ends after it begins; ValueError otherwise."""
        if self.until <= self.since:
            raise ValueError("a span of time ends after it begins")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a moment; touching is not sharing."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True, slots=True)
class Busy:
    """A span in which someone or a room is taken: by what, said how, and by which row (`key`)."""

    span: Span
    what: What
    words: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Working hours of each week on a day (0 is Monday), from a date on, until a date or for good.

    An end at or before the start is on the next day.
    """

    weekday: int
    start: time
    end: time
    zone: str
    from_date: date
    until_date: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether these hours are the ones of that time, on whatever day of the week."""
        return self.from_date <= day and (self.until_date is None or day <= self.until_date)


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Working hours of one date, in place of the week's; without a start nobody works that day."""

    local_date: date
    start: time | None
    end: time | None
    zone: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Everything known of when someone works. `zone` is the house's, for days without hours.

    Empty is a room, or someone whose hours nobody typed in: any time will do.
    """

    zone: str
    weekly: tuple[WeeklyHours, ...] = ()
    dated: tuple[DatedHours, ...] = ()

    def known_on(self, day: date) -> bool:
        """Whether hours were typed in that say something about this day."""
        return any(one.local_date == day for one in self.dated) or any(
            one.in_force(day) for one in self.weekly
        )


def working_on(day: date, hours: Hours) -> tuple[Span, ...]:
    """The working time that begins on a local day, in order. A date's own hours come before the
    week's; a day about which nothing is known is working time from midnight to midnight.
    """
    own = [one for one in hours.dated if one.local_date == day]
    if own:
        found = [_span(day, one.start, one.end, one.zone) for one in own if one.start and one.end]
        return _joined(found)
    if not hours.known_on(day):
        return (Span(utc_of(day, time(), hours.zone), utc_of(day + _DAY, time(), hours.zone)),)
    return _joined(
        _span(day, one.start, one.end, one.zone)
        for one in hours.weekly
        if one.in_force(day) and one.weekday == day.weekday()
    )


def working_time(span: Span, hours: Hours) -> tuple[Span, ...]:
    """The working time within a span, in order and joined where it touches."""
    # Two days to either side: zones lie up to a day apart, and hours may go past midnight.
    first, last = span.since.date() - 2 * _DAY, span.until.date() + 2 * _DAY
    days = (first + timedelta(days=one) for one in range((last - first).days + 1))
    found = _joined(piece for day in days for piece in working_on(day, hours))
    return tuple(cut for one in found if (cut := _within(one, span)))


def reasons_against(span: Span, hours: Hours, busy: Iterable[Busy]) -> tuple[Busy, ...]:
    """Why someone or a room is not free in a span: everything that overlaps it, and that it lies
    outside working hours. Nothing: free. In the same order whatever order `busy` comes in.
    """
    found = [one for one in busy if one.span.overlaps(span)]
    if working_time(span, hours) != (span,):
        found.append(Busy(span, What.HOURS))
    return tuple(sorted(found, key=_order))


def is_free(span: Span, hours: Hours, busy: Iterable[Busy]) -> bool:
    """Whether nothing stands against it."""
    return not reasons_against(span, hours, busy)


def free_time(span: Span, hours: Hours, busy: Iterable[Busy]) -> tuple[Span, ...]:
    """The free time within a span, in order."""
    left = list(working_time(span, hours))
    for one in busy:
        left = [piece for whole in left for piece in _without(whole, one.span)]
    return tuple(left)


def clashes(busy: Iterable[Busy]) -> tuple[tuple[Busy, Busy], ...]:
    """Each two things that take one person or room at the same time, the earlier first."""
    rows = sorted(busy, key=_order_in_time)
    return tuple(
        (one, other)
        for index, one in enumerate(rows)
        for other in rows[index + 1 :]
        if one.span.overlaps(other.span)
    )


def slots_within(
    free: Sequence[Span], *, minutes: int, gap: int = 0, at_most: int = 100
) -> tuple[Span, ...]:
    """Slots of so many minutes cut from free time one after the other, with a gap between them.

    `minutes` and `gap` are minutes; ValueError when a slot would take no time.
    """
    if minutes < 1 or gap < 0:
        raise ValueError("a slot takes at least a minute, and a gap is not negative")
    made: list[Span] = []
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + gap)
    for one in _joined(free):
        begins = one.since
        while begins + length <= one.until and len(made) < at_most:
            made.append(Span(begins, begins + length))
            begins += step
    return tuple(made)


def _span(day: date, start: time, end: time, zone: str) -> Span:
    ends_on = day if end > start else day + _DAY
    return Span(utc_of(day, start, zone), utc_of(ends_on, end, zone))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time as spans that neither overlap nor touch, in order."""
    made: list[Span] = []
    for one in sorted(spans, key=lambda span: (span.since, span.until)):
        if made and one.since <= made[-1].until:
            made[-1] = Span(made[-1].since, max(made[-1].until, one.until))
        else:
            made.append(one)
    return tuple(made)


def _within(one: Span, limits: Span) -> Span | None:
    if not one.overlaps(limits):
        return None
    return Span(max(one.since, limits.since), min(one.until, limits.until))


def _without(whole: Span, taken: Span) -> tuple[Span, ...]:
    if not whole.overlaps(taken):
        return (whole,)
    before = (Span(whole.since, taken.since),) if whole.since < taken.since else ()
    after = (Span(taken.until, whole.until),) if taken.until < whole.until else ()
    return (*before, *after)


def _order(one: Busy) -> tuple[int, datetime, datetime, str, str]:
    return (list(What).index(one.what), one.span.since, one.span.until, one.key, one.words)


def _order_in_time(one: Busy) -> tuple[datetime, datetime, int, str, str]:
    return (one.span.since, one.span.until, list(What).index(one.what), one.key, one.words)
