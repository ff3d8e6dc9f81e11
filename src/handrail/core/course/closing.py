"""Closing a session: everyone ends with a status, credit or shortfall; absences open outreach.

The result is a decision. Nothing is written here: the shell writes all of it or none.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
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
from handrail.core.course.schedule import SessionKey
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


@dataclass(frozen=True, slots=True)
class ClosingRules:
    """What a program decides by when it closes a session, all of it data."""

    for_course: Minimum
    clocks: tuple[OutreachClock, ...]
    late_after: int = 0


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


def close_session(
    expected: Roster,
    seen: Mapping[str, Seen],
    rules: ClosingRules,
    circumstances: Circumstances,
    *,
    at: datetime,
) -> Closing:
    """Decide what closing a session's attendance means for each person.

    `expected` is the roster; `seen` what the facilitator recorded for each person there or
    missing; `at` the moment of closing, with its zone. Afterwards the session is to be signed.
    Raises CourseError, and decides nothing, when the session is not in progress, when someone on
    the roster has no record, or when someone absent was never expected.
    """
    session = expected.session
    state = next_state(session.state, Act.CLOSE)
    _check_everyone_has_a_record(expected, seen)
    attendances = tuple(
        attend(
            person,
            session,
            expected.places.get(person, Place.UNANNOUNCED),
            seen[person],
            late_after=rules.late_after,
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
        outreach=tuple(_outreach(attendances, rules, circumstances.flags, at)),
        unannounced=tuple(one.person for one in attendances if one.place is Place.UNANNOUNCED),
        met_anyway=_met_anyway(expected, attendances, circumstances.pairs),
    )


def _check_everyone_has_a_record(expected: Roster, seen: Mapping[str, Seen]) -> None:
    without = [person for person in expected.people if person not in seen]
    if without:
        raise CourseError(f"was there or not? Still open: {', '.join(without)}")
    for person, record in seen.items():
        if person not in expected.places and isinstance(record, Absent):
            raise CourseError(f"{person} was not expected, so cannot be absent")


def _outreach(
    attendances: Iterable[Attendance],
    rules: ClosingRules,
    flags: Mapping[str, Collection[str]],
    at: datetime,
) -> Iterable[Outreach]:
    """The shortest clock that applies to each person: one more concern never means a later call."""
    for one in attendances:
        ended = _ended(one, rules.late_after)
        started = [c for c in rules.clocks if c.applies(ended, flags.get(one.person, ()))]
        if started:
            clock = min(started, key=lambda c: (c.within_minutes, c.id))
            due = at + timedelta(minutes=clock.within_minutes)
            yield Outreach(one.person, one.session, due, clock.id, clock.steps, clock.plain)
        elif one.status.is_absence:
            # A table of clocks with a gap must not lose anyone: then the call is due at once.
            why = "Was not there, and no rule says how soon to call: call now."
            yield Outreach(one.person, one.session, at, "", (), why)


def _ended(attendance: Attendance, late_after: int) -> frozenset[Status]:
    """How someone's evening ended, early leaving included where another status hides it."""
    early = attendance.minutes.scheduled - attendance.left > late_after
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
