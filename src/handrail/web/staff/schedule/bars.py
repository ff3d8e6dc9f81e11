"""A day as a bar: working time, what takes it, and when somebody is away."""

from dataclasses import dataclass
from datetime import timedelta

from handrail.areas.schedule.selectors.availability import DayOf
from handrail.core.availability import Span, What

FIRST_HOUR, LAST_HOUR = 6, 24
"""What a bar shows; what lies before or after is in the words below it."""
WIDTH = LAST_HOUR - FIRST_HOUR


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in hours from its left end."""

    kind: str
    x: float
    width: float


def pieces(day: DayOf) -> tuple[Piece, ...]:
    """The bar of a day, drawn from back to front."""
    found = [_piece("work", one, day) for one in day.working] if day.known else []
    for one in day.busy:
        kind = "busy" if one.what.is_firm else "away"
        if one.what in (What.CLOSED, What.AWAY):
            kind = "away"
        found.append(_piece(kind, one.span, day))
    for _, other in day.clashes:
        found.append(_piece("clash", other.span, day))
    return tuple(one for one in found if one)


def _piece(kind: str, span: Span, day: DayOf) -> Piece | None:
    begins = max(FIRST_HOUR, (span.since - day.whole.since) / timedelta(hours=1))
    ends = min(LAST_HOUR, (span.until - day.whole.since) / timedelta(hours=1))
    if ends <= begins:
        return None
    return Piece(kind, round(begins - FIRST_HOUR, 2), round(ends - begins, 2))
