"""Sessions that were held: attendance, credits and outreach, decided by the core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from handrail.areas.enrollment import models as enrollment_models
from handrail.areas.outreach import models as outreach_models
from handrail.areas.outreach.models import AttemptKind, AttemptResult, ReachedOutcome
from handrail.areas.schedule import models as schedule_models
from handrail.core.course.attendance import Absent, Attendance, Credit, Present, Seen, Status
from handrail.core.course.closing import (
    Circumstances,
    Closing,
    ClosingRules,
    Outreach,
    close_session,
)
from handrail.core.course.enrollment import Enrollment, Pause
from handrail.core.course.roster import Place, Roster, roster
from handrail.core.course.schedule import Session
from handrail.core.course.session_states import State
from handrail.data import course_rules
from handrail.demo.book import phrases
from handrail.demo.calendar import LaidOut
from handrail.demo.charts import PAUSED_FOR, PAUSED_SINCE, Chart
from handrail.demo.house import ZONE, House

_OFTEN_EXCUSED, _OFTEN_GONE = 0.45, 0.85
_SELDOM_LATE, _SELDOM_EARLY = 0.08, 0.12


@dataclass(slots=True)
class Held:
    """One session of the past. `calls` say what was done for each person who was not there."""

    session: Session
    row: schedule_models.Session
    closing: Closing
    charts: Mapping[str, Chart]
    calls: dict[str, str] = field(default_factory=dict)


def hold_sessions(house: House, track: LaidOut, charts: Sequence[Chart]) -> list[Held]:
    """Hold every past session of a track, in order."""
    mine = [one for one in charts if any(s.track is track for s in one.stretches)]
    seen = {one.id: _seen_of(house, one, track) for one in mine}
    enrollments = [e for one in mine for e in enrollments_of(house, one)]
    found = []
    for session in track.held:
        expected = roster(replace(session, state=State.IN_PROGRESS), enrollments)
        people = {one.id: one for one in mine if one.id in expected.places}
        closing = _close(track, expected, people, seen)
        held = Held(session, track.rows[session.number], closing, people)
        _write_closing(house, track, held)
        found.append(held)
    return found


def enrollments_of(house: House, chart: Chart) -> tuple[Enrollment, ...]:
    """Someone's memberships as the core knows them."""
    since = house.days_ago(PAUSED_SINCE)
    pause = Pause(since, since + timedelta(days=PAUSED_FOR), chart.person.pause)
    return tuple(
        Enrollment(
            person=chart.id,
            track=one.track.track.id,
            from_date=one.from_date,
            until_date=one.until_date,
            pauses=(pause,) if chart.person.pause else (),
        )
        for one in chart.stretches
    )


def leader_of(house: House, track: LaidOut) -> str:
    """Who marks, closes and signs."""
    return house.staff[track.pattern.leaders[0]].name


# ---- who was there -----------------------------------------------------------------------------


def _seen_of(house: House, chart: Chart, track: LaidOut) -> Mapping[int, Seen]:
    """For each session of someone's, by number, what was seen: so many count, so many do not."""
    chance = house.chance("seen", chart.person.name, track.pattern.short)
    stretch = next(one for one in chart.stretches if one.track is track)
    missed = _missed(chance, chart, stretch.numbers, stretch.part.missed)
    least, minutes = track.template.minimum.minutes, track.template.minutes
    return {
        number: _not_enough(chance, least)
        if number in missed and not _was_last_absence(chart, stretch.numbers, number)
        else (Absent() if number in missed else _there(chance, minutes, minutes - least))
        for number in stretch.numbers
    }


def _missed(chance: Random, chart: Chart, numbers: Sequence[int], how_many: int) -> frozenset[int]:
    """Which sessions did not count. Nobody misses the first; who stopped coming misses the last."""
    if chart.person.outcome == "dropped_out":
        return frozenset(numbers[len(numbers) - how_many :])
    last = numbers[-1:] if chart.person.open_outreach else ()
    # The others were all there the last time: tonight's story is told by those who are meant to.
    return frozenset([*chance.sample(numbers[1:-1], how_many - len(last)), *last])


def _was_last_absence(chart: Chart, numbers: Sequence[int], number: int) -> bool:
    return chart.person.open_outreach and number == numbers[-1]


def _not_enough(chance: Random, least: int) -> Seen:
    kind = chance.random()
    if kind < _OFTEN_EXCUSED:
        return Absent(chance.choice(phrases()["absence"]["excuses"]))
    return Absent() if kind < _OFTEN_GONE else Present(left=least - chance.randrange(20, 50))


def _there(chance: Random, minutes: int, spare: int) -> Present:
    """Mostly from start to end; sometimes late or gone early, so that it still counts."""
    kind, some = chance.random(), chance.randrange(6, spare + 1)
    if kind < _SELDOM_LATE:
        return Present(arrived=some)
    return Present(left=minutes - some) if kind < _SELDOM_EARLY else Present()


# ---- closing -----------------------------------------------------------------------------------


def _close(
    track: LaidOut,
    expected: Roster,
    people: Mapping[str, Chart],
    seen: Mapping[str, Mapping[int, Seen]],
) -> Closing:
    rules = course_rules()
    at = expected.session.ends_at + timedelta(minutes=4)
    minimums = rules.payer_minimums
    return close_session(
        expected,
        {person: seen[person][expected.session.number] for person in people},
        ClosingRules(track.template.minimum, rules.outreach_clocks, rules.late_after),
        Circumstances(
            flags={key: one.flags_at(at) for key, one in people.items()},
            payer_minimums={
                key: minimums[one.person.payer] for key, one in people.items() if one.person.payer
            },
        ),
        at=at,
    )


def _write_closing(house: House, track: LaidOut, held: Held) -> None:
    held.row.state = State.CLOSED.value
    held.row.started_at = held.session.starts_at
    held.row.closed_at = held.closing.closed_at
    held.row.board_version = 2 + len(held.charts)
    who = leader_of(house, track)
    for attendance, credit in zip(held.closing.attendances, held.closing.credits, strict=True):
        chart = held.charts[attendance.person]
        row = attendance_row(house, held.row, chart, attendance.place, who)
        _fill(row, attendance, credit, held.session.minutes)
        house.rows.add(row)
    for outreach in held.closing.outreach:
        _write_outreach(house, held, held.charts[outreach.person], outreach, who)


def attendance_row(
    house: House, session: schedule_models.Session, chart: Chart, place: Place, by: str
) -> enrollment_models.Attendance:
    """Someone's attendance as the start of a session leaves it: present."""
    return enrollment_models.Attendance(
        id=house.key("attendance", session.pk, chart.person.name),
        organization_id=house.organization_id,
        session_id=session.pk,
        client_id=chart.client_id,
        episode_id=chart.episode_id,
        place=place.value,
        marked_at=session.starts_at,
        marked_by=by,
    )


def _fill(
    row: enrollment_models.Attendance, attendance: Attendance, credit: Credit, minutes: int
) -> None:
    there = not attendance.status.is_absence
    row.absent, row.excuse = not there, attendance.excuse
    row.arrived = attendance.arrived
    row.left = attendance.left if there and attendance.left < minutes else None
    row.status = attendance.status.value
    row.scheduled = attendance.minutes.scheduled
    row.attended = attendance.minutes.attended
    row.therapeutic = attendance.minutes.therapeutic
    row.counts, row.shortfall = credit.counts, credit.shortfall
    row.billable, row.why = credit.billable, credit.why


# ---- who was called ----------------------------------------------------------------------------


def _write_outreach(house: House, held: Held, chart: Chart, outreach: Outreach, by: str) -> None:
    chance = house.chance("outreach", held.row.pk, chart.person.name)
    row = outreach_models.Outreach(
        id=house.key("outreach", held.row.pk, chart.person.name),
        organization_id=house.organization_id,
        client_id=chart.client_id,
        session_id=held.row.pk,
        clock=outreach.clock,
        due_at=outreach.due_at,
        steps=list(outreach.steps),
        why=outreach.why,
        opened_at=held.closing.closed_at,
    )
    numbers = chart.stretches[-1].numbers
    first = held.closing.closed_at + timedelta(minutes=chance.randrange(3, 9))
    calls = [(first, AttemptResult.NO_ANSWER)]
    if not _was_last_absence(chart, numbers, held.session.number):
        # Nobody answers the first call; the second reaches them, or sometimes the first does.
        calls.append((first + timedelta(minutes=6), AttemptResult.REACHED))
        calls = calls[chance.random() < _OFTEN_EXCUSED :]
        row.outcome = ReachedOutcome.REACHED
        row.closing_words = chance.choice(phrases()["absence"][_kind(held, chart)])
        row.closed_at, row.closed_by = calls[-1][0] + timedelta(minutes=2), by
    tries = [_attempt(house, row, i, call, by) for i, call in enumerate(calls)]
    house.rows.add(row, *tries)
    held.calls[chart.id] = "\n".join((outreach.why, *map(_in_words, tries)))


def _attempt(
    house: House,
    row: outreach_models.Outreach,
    i: int,
    call: tuple[datetime, AttemptResult],
    by: str,
) -> outreach_models.OutreachAttempt:
    return outreach_models.OutreachAttempt(
        id=house.key("attempt", row.pk, i),
        organization_id=house.organization_id,
        outreach_id=row.pk,
        kind=AttemptKind.CALL,
        result=call[1],
        attempted_at=call[0],
        attempted_by=by,
    )


def _in_words(one: outreach_models.OutreachAttempt) -> str:
    """As the note of an absence says it."""
    at = one.attempted_at.astimezone(ZoneInfo(ZONE))
    return f"{at:%b %-d, %-I:%M %p}: {one.get_kind_display()}. {one.get_result_display()}."


def _kind(held: Held, chart: Chart) -> str:
    status = next(o.status for o in held.closing.attendances if o.person == chart.id)
    if status is Status.ABSENT_UNEXCUSED:
        return "reached"
    return "excused" if status is Status.ABSENT_EXCUSED else "early"
