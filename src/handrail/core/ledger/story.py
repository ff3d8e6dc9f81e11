"""The story of a ledger: lines over time on the stairs, and the days in which less was agreed.

The picture and its table are drawn from this. Rows may come in any order: the day that something
was said counts, and of one party's words of one day those recorded last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from handrail.core.ledger.positions import Party, Steps, asked_of
from handrail.core.levels import Care


@dataclass(frozen=True, slots=True)
class Said:
    """A position as the story needs it. `order` tells those of one day apart: by recording."""

    on: date
    order: int
    party: Party
    holder: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found to be indicated from a day on: both ends of it, the same when it is one."""

    on: date
    order: int
    low: str
    high: str
    acute: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """What was placed from a day on: agreed, or accepted by someone who refused the floor."""

    on: date
    order: int
    steps: Steps
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One turn of a line: the day, how high on the stairs (0 is the lowest), acute places."""

    on: date
    height: int
    acute: tuple[str, ...]
    steps: Steps


@dataclass(frozen=True, slots=True)
class Line:
    """What one party asked for over time; each point holds until the next."""

    party: Party
    holder: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Some days on one height, or on a range of heights. `until` is the first day after them."""

    on: date
    until: date
    low: int
    high: int
    acute: tuple[str, ...] = ()
    refused: bool = False
    steps: Steps = ()

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.on).days


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that the picture shows, from the first day said to today."""

    first: date
    last: date
    lines: tuple[Line, ...]
    indicated: tuple[Span, ...]
    agreed: tuple[Span, ...]
    short: tuple[Span, ...]

    @property
    def days_short(self) -> int:
        """On how many days less was in place than was indicated."""
        return sum(one.days for one in self.short)


def tell(
    *,
    said: Iterable[Said],
    settled: Iterable[Settled],
    placed: Iterable[Placed],
    today: date,
    care: Care,
) -> Story:
    """Put positions, recommendations and agreements into one story, in the order of their days."""
    positions = sorted(said, key=lambda one: (one.on, one.order))
    indicated = _indicated(sorted(settled, key=lambda one: (one.on, one.order)), today, care)
    agreed = _agreed(sorted(placed, key=lambda one: (one.on, one.order)), today, care)
    spans = (*indicated, *agreed)
    days = [*(one.on for one in positions), *(one.on for one in spans)]
    first = min(days, default=today)
    return Story(
        first=first,
        last=max([*days, today]),
        lines=_lines(positions, care),
        indicated=indicated,
        agreed=agreed,
        short=tuple(_short(indicated, agreed)),
    )


_SPEAK_APART = {Party.FAMILY, Party.PAYER, Party.MANDATING_BODY}
"""Parties in which several may disagree: mother and uncle, two payers, court and licensing board.
Clinicians follow one another, and so do programs.
"""


def _lines(positions: Sequence[Said], care: Care) -> tuple[Line, ...]:
    """A line for each party; for each voice where several may disagree."""
    turns: dict[tuple[Party, str], dict[date, Said]] = {}
    for one in positions:
        voice = one.holder.casefold() if one.party in _SPEAK_APART else ""
        turns.setdefault((one.party, voice), {})[one.on] = one
    lines = [
        Line(
            party, list(days.values())[-1].holder, tuple(_point(one, care) for one in days.values())
        )
        for (party, _), days in turns.items()
    ]
    order = list(Party)
    return tuple(sorted(lines, key=lambda one: (order.index(one.party), one.holder.casefold())))


def _point(one: Said, care: Care) -> Point:
    asked = asked_of(one.steps, care)
    return Point(one.on, care.spine.index(asked.package.level), asked.acute, one.steps)


def _indicated(rows: Sequence[Settled], today: date, care: Care) -> tuple[Span, ...]:
    height = care.spine.index
    return tuple(
        Span(one.on, until, height(one.low), height(one.high), one.acute)
        for one, until in _until(rows, today)
    )


def _agreed(rows: Sequence[Placed], today: date, care: Care) -> tuple[Span, ...]:
    spans = []
    for one, until in _until(rows, today):
        asked = asked_of(one.steps, care)
        height = care.spine.index(asked.package.level)
        spans.append(Span(one.on, until, height, height, asked.acute, one.refused, one.steps))
    return tuple(spans)


def _until(rows: Sequence, today: date) -> list[tuple]:  # type: ignore[type-arg]
    """Each row with the day on which the next takes its place; the last one's is today."""
    latest = list({one.on: one for one in rows}.values())
    ends = [one.on for one in latest[1:]]
    return [
        (one, max(end, one.on))
        for one, end in zip(latest, [*ends, max([today, *ends])], strict=False)
    ]


def _short(indicated: Sequence[Span], agreed: Sequence[Span]) -> list[Span]:
    """The days in which what was in place stood lower than what was indicated for sure."""
    days = sorted({day for one in (*indicated, *agreed) for day in (one.on, one.until)})
    found: list[Span] = []
    for begin, end in pairwise(days):
        needed = next((one for one in indicated if one.on <= begin < one.until), None)
        given = next((one for one in agreed if one.on <= begin < one.until), None)
        if needed is None or given is None or given.high >= needed.low:
            continue
        last = found[-1] if found else None
        if last and (last.until, last.low, last.high) == (begin, given.high, needed.low):
            found[-1] = Span(last.on, end, last.low, last.high)
        else:
            found.append(Span(begin, end, given.high, needed.low))
    return found
