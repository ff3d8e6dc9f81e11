"""Closing a session: everyone ends with a status, credit or shortfall; absences open outreach.

The result is a decision. Nothing is written here: the shell writes all of it or none.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handrail.core.course.attendance import (
    Absent,
    Attendance,
    Credit,
    Minimum,
    Seen,
    Status,
    attend,
    credit,
)
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Conflict, NoContact, Place, Roster, conflicts
from handrail.core.course.schedule import Session, SessionKey
from handrail.core.course.session_states import Act, State, next_state


@dataclass(frozen=True, slots=True)
class OutreachClock:
    """How soon someone is called who was not there.

    `flag` is the concern that it is for, empty for everyone; `statuses` how the evening ended:
    left early also means a make-up, or someone who came late, who left early. `steps` are taken
    in order until the person is reached.
    """

    id: str
    flag: str
    statuses: frozenset[Status]
    within_minutes: int
    steps: tuple[str, ...]
    plain: str
    source: str = ""
    tag: str = ""

    def applies(self, ended: Collection[Status], flags: Collection[str]) -> bool:
        """Tell whether the clock starts for someone with these flags whose evening ended so."""
        return not self.statuses.isdisjoint(ended) and (not self.flag or self.flag in flags)


class EndsLater(CourseError):
    """Attendance would be closed long before the session's planned end: somebody must say so."""

    def __init__(self, ends_at: datetime) -> None:
        super().__init__("the session has not reached its planned end; has it ended early?")
        self.ends_at = ends_at


@dataclass(frozen=True, slots=True)
class ClosingRules:
    """What a program decides by when it closes a session, all of it data.

    `close_within` is how many minutes before the planned end closing needs no question.
    """

    for_course: Minimum
    clocks: tuple[OutreachClock, ...]
    late_after: int = 0
    close_within: int = 0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the people at the moment of closing.

    `flags` by person, such as suicide_risk; `payer_minimums` by person, where one is known.
    """

    flags: Mapping[str, Collection[str]] = field(default_factory=dict)
    payer_minimums: Mapping[str, Minimum] = field(default_factory=dict)
    pairs: tuple[NoContact, ...] = ()


@dataclass(frozen=True, slots=True)
class Outreach:
    """That someone is to be called, by when (UTC), why, and which steps follow."""

    person: str
    session: SessionKey
    due_at: datetime
    clock: str
    steps: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a session decides, in the order of the people's ids.

    `ended` is the minute at which it ended when that was early; nobody has minutes after it.
    `unannounced` came without being on the roster: they keep attendance and minutes, and
    someone decides where they belong. `met_anyway` are pairs who should not have met.
    """

    session: SessionKey
    closed_at: datetime
    state: State
    attendances: tuple[Attendance, ...]
    credits: tuple[Credit, ...]
    outreach: tuple[Outreach, ...]
    unannounced: tuple[str, ...]
    met_anyway: tuple[Conflict, ...]
    ended: int | None = None


def close_session(
    expected: Roster,
    seen: Mapping[str, Seen],
    rules: ClosingRules,
    circumstances: Circumstances,
    *,
    at: datetime,
    ended_early: bool = False,
) -> Closing:
    """Decide what closing a session's attendance means for each person.

    `expected` is the roster; `seen` what the facilitator recorded for each person there or
    missing; `at` the moment of closing, with its zone. With `ended_early` minutes count up to
    that moment. Afterwards the session is to be signed.
    Raises EndsLater when it is long before the planned end and nobody said that it ended early;
    CourseError when the session is not in progress, when someone on the roster has no record, or
    when someone absent was never expected. Then nothing is decided.
    """
    session = expected.session
    state = next_state(session.state, Act.CLOSE)
    _check_everyone_has_a_record(expected, seen)
    ended = _ended_at(session, at, rules.close_within)
    if ended is not None and not ended_early:
        raise EndsLater(session.ends_at)
    attendances = tuple(
        attend(
            person,
            session,
            expected.places.get(person, Place.UNANNOUNCED),
            seen[person] if ended is None else until(seen[person], ended),
            late_after=rules.late_after,
            ended=ended,
        )
        for person in sorted(seen)
    )
    return Closing(
        session=session.key,
        closed_at=at,
        state=state,
        attendances=attendances,
        credits=tuple(
            credit(one, rules.for_course, circumstances.payer_minimums.get(one.person))
            for one in attendances
        ),
        outreach=tuple(
            task
            for one in attendances
            if (
                task := to_reach(
                    one, rules, circumstances.flags.get(one.person, ()), at, ended=ended
                )
            )
        ),
        unannounced=tuple(one.person for one in attendances if one.place is Place.UNANNOUNCED),
        met_anyway=_met_anyway(expected, attendances, circumstances.pairs),
        ended=ended,
    )


def until(seen: Seen, minute: int) -> Seen:
    """What was recorded for someone, in a session that ended at that minute.

    Whoever was marked as coming later was there for the last minute at most.
    """
    if isinstance(seen, Absent):
        return seen
    arrived = min(seen.arrived, minute - 1)
    return replace(seen, arrived=arrived, left=min(minute, seen.left or minute))


def to_reach(
    one: Attendance,
    rules: ClosingRules,
    flags: Collection[str],
    at: datetime,
    *,
    ended: int | None = None,
) -> Outreach | None:
    """Whether someone is to be called, by when and why; None when not.

    The shortest clock that applies: one more concern never means a later call. `ended` as in
    `attend`.
    """
    how = _how_it_ended(one, rules.late_after, ended)
    started = [clock for clock in rules.clocks if clock.applies(how, flags)]
    if started:
        clock = min(started, key=lambda c: (c.within_minutes, c.id))
        due = at + timedelta(minutes=clock.within_minutes)
        return Outreach(one.person, one.session, due, clock.id, clock.steps, clock.plain)
    if one.status.is_absence:
        # A table of clocks with a gap must not lose anyone: then the call is due at once.
        why = "Was not there, and no rule says how soon to call: call now."
        return Outreach(one.person, one.session, at, "", (), why)
    return None


def _ended_at(session: Session, at: datetime, close_within: int) -> int | None:
    """The minute at which the session ends when it is closed now; None for as planned."""
    left = session.ends_at - at
    if left <= timedelta(minutes=close_within):
        return None
    return max(1, session.minutes - int(left.total_seconds() // 60))


def _check_everyone_has_a_record(expected: Roster, seen: Mapping[str, Seen]) -> None:
    without = [person for person in expected.people if person not in seen]
    if without:
        raise CourseError(f"was there or not? Still open: {', '.join(without)}")
    for person, record in seen.items():
        if person not in expected.places and isinstance(record, Absent):
            raise CourseError(f"{person} was not expected, so cannot be absent")


def _how_it_ended(attendance: Attendance, late_after: int, ended: int | None) -> frozenset[Status]:
    """How someone's evening ended, early leaving included where another status hides it."""
    end = attendance.minutes.scheduled if ended is None else ended
    early = end - attendance.left > late_after
    if early and not attendance.status.is_absence:
        return frozenset((attendance.status, Status.LEFT_EARLY))
    return frozenset((attendance.status,))


def _met_anyway(
    expected: Roster, attendances: Iterable[Attendance], pairs: Collection[NoContact]
) -> tuple[Conflict, ...]:
    there = {one.person: one.place for one in attendances if not one.status.is_absence}
    met = Roster(expected.session, there)
    found = (conflict for person in there for conflict in conflicts(person, [met], pairs))
    # Both of a pair are there: say it once.
    once = {frozenset((one.person, one.partner)): one for one in found}
    return tuple(once.values())
