"""Closed days: their sessions move, none is dropped; and days opened again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.areas.organizations.selectors import rules_of
from handrail.areas.schedule import errors
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule import to_core as gathering
from handrail.areas.schedule.models import Closure, Track
from handrail.areas.schedule.services.timetable import (
    change_calendar,
    known_closures,
    lock_tracks,
    record,
    session_id_of,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course import schedule, schedule_changes
from handrail.core.course.roster import size_limit
from handrail.core.course.session_states import State
from handrail.core.errors import Invalid
from handrail.data import course_rules
from handrail.foundation.audit import trail

SOON = timedelta(hours=24)
"""People who come within this time may be on their way: a day this near is asked about."""


@transaction.atomic
def close_day(
    *,
    local_date: date,
    reason: str,
    by: Actor,
    at: datetime,
    instead_date: date | None = None,
    confirmed: str = "",
) -> Closure:
    """Close the house for a day: its sessions move to the day given, or to the end of their
    track. None is dropped; one that has begun stays where it is.

    Today, and a day with a session within 24 hours, is asked about first: AskFirst.
    """
    check_access(by, Action.PLAN_GROUPS)
    if not reason.strip():
        raise errors.ClosingUnexplained
    if instead_date == local_date:
        raise errors.InsteadOfItself
    today = _today(by, at)
    if local_date < today:
        raise errors.ClosedDayOver(local_date)
    if instead_date and instead_date < today:
        raise errors.InsteadOver(instead_date)
    rows = lock_tracks()
    if Closure.objects.filter(local_date=local_date).exists():
        raise errors.ClosedAlready(local_date)
    errors.ask(_taken_away(local_date, at), confirmed=confirmed)
    made = Closure.objects.create(
        organization_id=by.organization_id,
        local_date=local_date,
        reason=reason.strip(),
        instead_date=instead_date,
        recorded_at=at,
        recorded_by=by.name,
    )
    closures = known_closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule.apply_closures(track, sessions, closures)

    record(by, "closure", made.id)
    for row in rows:
        change_calendar(row, decide, by=by, at=at)
    return made


@dataclass(frozen=True, slots=True)
class Reopened:
    """A day that is open again: the sessions that are back on it, and why others are not."""

    local_date: date
    back: tuple[UUID, ...]
    stay: tuple[Invalid, ...]


@transaction.atomic
def reopen_day(*, closure_id: UUID, by: Actor, at: datetime) -> Reopened:
    """Open a closed day again. Its sessions go back where that is still possible; the others stay
    where they are, and the answer says why.
    """
    check_access(by, Action.PLAN_GROUPS)
    rows = lock_tracks()
    closure = Closure.objects.select_for_update().filter(pk=closure_id).first()
    if closure is None:
        raise NotHere
    day = closure.local_date
    if day < _today(by, at):
        raise errors.OpeningOver(day)
    trail.record(
        by=by,
        action=Action.PLAN_GROUPS,
        subjects=[trail.subject("closure", closure.pk)],
        detail={"what": "open again", "day": day.isoformat(), "closed for": closure.reason},
    )
    closure.delete()
    back: list[UUID] = []
    stay: list[Invalid] = []
    for row in rows:
        try:
            with transaction.atomic():
                came, stayed = _bring_back(row, day, by=by, at=at)
        except Invalid as why:
            stay.append(errors.TrackStays(row.name, why))
        else:
            back += came
            stay += stayed
    return Reopened(day, tuple(back), tuple(stay))


def _bring_back(
    row: Track, day: date, *, by: Actor, at: datetime
) -> tuple[list[UUID], list[Invalid]]:
    """Bring a track's sessions back to a day: which came, and which stay."""
    found: list[schedule_changes.Reopened] = []

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        found.append(schedule_changes.reopen_day(sessions, day))
        if any(one.starts_at <= at for one in found[0].back):
            raise errors.TimePassed
        return found[0].sessions

    change_calendar(row, decide, by=by, at=at)
    for one in found[0].back:
        _check_seats_of(row, one)
    stay: list[Invalid] = [
        errors.SessionStays(row.name, one.number, one.local_date) for one in found[0].stay
    ]
    return [session_id_of(row, one.number) for one in found[0].back], stay


def _check_seats_of(row: Track, one: schedule.Session) -> None:
    """People may have been enrolled for days on which there was no session then."""
    session = facts.sessions_with_facts().get(track=row, number=one.number)
    there, limit = len(facts.roster_of(session).places), size_limit(one, course_rules().limits)
    if limit is not None and there > limit:
        raise errors.TooFewSeats(there, limit)


def _taken_away(day: date, at: datetime) -> errors.TakesAway | None:
    """The question about a closed day that takes sessions of the next hours away."""
    rows = list(
        facts.sessions_with_facts()
        .select_related("track")
        .filter(local_date=day, state=State.PLANNED.value)
        .order_by("starts_at", "id")
    )
    if not any(one.starts_at < at + SOON for one in rows):
        return None
    return errors.TakesAway(
        day,
        tuple((one.track.name, one.start, len(facts.roster_of(one).places)) for one in rows),
    )


def _today(by: Actor, at: datetime) -> date:
    return gathering.local_day(at, rules_of(by.organization_id).zone)
