"""Closing a session's attendance, and opening it again: all of it is written, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment import course_records as evenings
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.services.notes import close_when_all_are_signed
from handrail.areas.outreach.models import Outreach
from handrail.areas.outreach.services.outreach_tasks import (
    closing_rules,
    open_task,
    put_away_untouched,
)
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.areas.schedule.services.holding import hold_session, record, something_new
from handrail.areas.sessions.errors import SignedByItsMinutes
from handrail.areas.sessions.services.rostering import store_roster
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor
from handrail.core.course import closing as core
from handrail.core.course.attendance import Attendance as Attended
from handrail.core.course.attendance import Credit
from handrail.core.course.roster import Place, Roster
from handrail.core.course.session_states import Act, State, next_state
from handrail.data import course_rules


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing came to. `already` says that it had been closed before and nothing changed.

    `short` are people whose evening does not count; `to_reach` those with outreach;
    `unannounced` those someone has to find a place for; `met_anyway` names of pairs.
    """

    already: bool
    state: State
    short: tuple[UUID, ...] = ()
    to_reach: tuple[UUID, ...] = ()
    unannounced: tuple[UUID, ...] = ()
    met_anyway: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reopened:
    """The attendance can be corrected again; `already` says that it could before."""

    already: bool


@transaction.atomic
def close_attendance(
    *, session_id: UUID, by: Actor, at: datetime, ended_early: bool = False
) -> Closed:
    """Close a session's attendance: credits or shortfalls, and outreach to whoever was missing.

    Long before the planned end somebody has to say that it `ended_early` (else EndsLater); then
    nobody is credited with a minute after now. A second time it changes nothing and says so.
    Raises CourseError when it cannot be closed.
    """
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    state = State(session.state)
    if state in (State.TO_BE_SIGNED, State.CLOSED):
        return Closed(already=True, state=state)
    store_roster(session, by=by, at=at)
    rows = {str(one.client_id): one for one in session.attendances.all()}
    closing = core.close_session(
        _roster(session, rows.values()),
        {person: evenings.seen_of(row) for person, row in rows.items()},
        closing_rules(session),
        _circumstances(rows.values()),
        at=at,
        ended_early=ended_early,
    )
    _write_credits(rows, closing)
    _write_outreach(session, closing, by=by, at=at)
    session.state, session.closed_at = closing.state.value, at
    session.ended_minute = closing.ended
    session.save(update_fields=["state", "closed_at", "ended_minute"])
    close_when_all_are_signed(session)
    something_new(session)
    record(
        session,
        act="close attendance",
        by=by,
        clients=tuple(one.client_id for one in rows.values()),
        detail={"credited": sum(one.counts for one in closing.credits), "people": len(rows)},
    )
    refresh_due(session, by=by, at=at)
    return _said(session, closing)


@transaction.atomic
def reopen_attendance(*, session_id: UUID, by: Actor, at: datetime) -> Reopened:
    """Open a closed attendance for correction; credits are taken back until it is closed again.

    Outreach stays as it is: closing again decides who is still to be reached. People whose note
    is signed keep what it says, so a session that ended early with a signed note is not reopened.
    Raises SignedByItsMinutes then, CourseError when it cannot be reopened.
    """
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    if session.state == State.IN_PROGRESS.value:
        return Reopened(already=True)
    state = next_state(State(session.state), Act.REOPEN)
    if session.ended_minute is not None and session.notes.exclude(state="voided").exists():
        # Closing again later would credit minutes that the signed notes say nobody was here.
        raise SignedByItsMinutes
    session.state = state.value
    session.closed_at = session.ended_minute = None
    session.save(update_fields=["state", "closed_at", "ended_minute"])
    session.attendances.update(
        status="",
        scheduled=0,
        attended=0,
        therapeutic=0,
        counts=False,
        shortfall=0,
        billable=None,
        why="",
    )
    something_new(session)
    clients = tuple(session.attendances.values_list("client_id", flat=True))
    record(session, act="reopen attendance", by=by, clients=clients)
    refresh_due(session, by=by, at=at)
    return Reopened(already=False)


# ---- what closing goes by ----------------------------------------------------------------------


def _roster(session: Session, rows: Iterable[Attendance]) -> Roster:
    """Who was expected: as recorded when the session began, and whoever was added since."""
    places = {
        str(one.client_id): Place(one.place) for one in rows if one.place != Place.UNANNOUNCED.value
    }
    return Roster(facts.session_facts(session), places)


def _circumstances(rows: Iterable[Attendance]) -> core.Circumstances:
    clients = {one.episode_id: str(one.client_id) for one in rows}
    known = course_rules().payer_minimums
    episodes = Episode.objects.filter(pk__in=clients).exclude(payer_minimum="")
    return core.Circumstances(
        flags=safety_facts.open_flags(clients.values()),
        payer_minimums={
            clients[one.pk]: known[one.payer_minimum]
            for one in episodes
            if one.payer_minimum in known
        },
        pairs=safety_facts.no_contact_pairs(clients.values()),
    )


# ---- what closing writes -----------------------------------------------------------------------


def _write_credits(rows: dict[str, Attendance], closing: core.Closing) -> None:
    for attended, credit in zip(closing.attendances, closing.credits, strict=True):
        _write_credit(rows[attended.person], attended, credit)
    Attendance.objects.bulk_update(
        rows.values(),
        [
            "status",
            "scheduled",
            "attended",
            "therapeutic",
            "counts",
            "shortfall",
            "billable",
            "why",
        ],
    )


def _write_credit(row: Attendance, attended: Attended, credit: Credit) -> None:
    row.status = attended.status.value
    row.scheduled = attended.minutes.scheduled
    row.attended = attended.minutes.attended
    row.therapeutic = attended.minutes.therapeutic
    row.counts, row.shortfall = credit.counts, credit.shortfall
    row.billable, row.why = credit.billable, credit.why


def _write_outreach(session: Session, closing: core.Closing, *, by: Actor, at: datetime) -> None:
    known = {str(one.client_id): one for one in session.outreach.select_for_update()}
    for task in closing.outreach:
        row = known.pop(task.person, None) or Outreach(
            organization_id=session.organization_id,
            session=session,
            client_id=UUID(task.person),
            opened_at=at,
            due_at=task.due_at,
        )
        open_task(row, task, by=by, at=at)
    for row in known.values():
        put_away_untouched(row, by=by, at=at)


def _said(session: Session, closing: core.Closing) -> Closed:
    met = {one.person for one in closing.met_anyway} | {one.partner for one in closing.met_anyway}
    names = {str(one.pk): one.name for one in Client.objects.filter(pk__in=met)}
    return Closed(
        already=False,
        state=State(session.state),
        short=tuple(UUID(one.person) for one in closing.credits if not one.counts),
        to_reach=tuple(UUID(one.person) for one in closing.outreach),
        unannounced=tuple(UUID(one) for one in closing.unannounced),
        met_anyway=tuple(
            (names.get(one.person, one.person), names.get(one.partner, "a colleague"))
            for one in closing.met_anyway
        ),
    )
