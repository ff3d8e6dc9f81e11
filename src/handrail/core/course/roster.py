"""Who is expected at a session, how many seats are free, and who must not meet whom.

A roster is computed from memberships each time, so adding a person touches nobody else's record.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from handrail.core.course.enrollment import Enrollment
from handrail.core.course.schedule import Session, SessionKey
from handrail.core.course.segments import SegmentKind


class Place(Enum):
    """Why someone is in a session."""

    ENROLLED = "enrolled"
    MAKE_UP = "make-up"
    UNANNOUNCED = "unannounced"


@dataclass(frozen=True, slots=True)
class MakeUp:
    """A session that someone comes to in place of one that was missed."""

    person: str
    session: SessionKey


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is expected at a session and why, by person."""

    session: Session
    places: Mapping[str, Place]

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone expected."""
        return tuple(self.places)


@dataclass(frozen=True, slots=True)
class NoContact:
    """Two people who must not meet: former partners, co-defendants, a client and staff kin."""

    one: str
    other: str
    reason: str = ""

    def partner_of(self, person: str) -> str | None:
        """The one whom a person must not meet under this rule, if it concerns the person."""
        return {self.one: self.other, self.other: self.one}.get(person)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people who would meet at a session although they must not. For staff eyes only."""

    session: SessionKey
    person: str
    partner: str
    reason: str


def roster(
    session: Session, enrollments: Iterable[Enrollment], make_ups: Iterable[MakeUp] = ()
) -> Roster:
    """Compute who is expected at a session, in whatever order the memberships come.

    Someone enrolled is no make-up, and nobody is listed twice.
    """
    places = {one.person: Place.MAKE_UP for one in make_ups if one.session == session.key}
    places.update({one.person: Place.ENROLLED for one in enrollments if one.expects(session)})
    return Roster(session, dict(sorted(places.items())))


# ---- seats -----------------------------------------------------------------------------------


def size_limit(session: Session, limits: Mapping[SegmentKind, int]) -> int | None:
    """How many people a session takes: the smallest limit of its parts and its own seats.

    None is no limit.
    """
    found = [limits[part.kind] for part in session.segments if part.kind in limits]
    if session.seats is not None:
        found.append(session.seats)
    return min(found, default=None)


def free_seats(roster: Roster, limits: Mapping[SegmentKind, int]) -> int | None:
    """How many more people a session takes, at least 0. None is no limit."""
    limit = size_limit(roster.session, limits)
    return None if limit is None else max(0, limit - len(roster.places))


# ---- no contact ------------------------------------------------------------------------------


def conflicts(
    person: str, rosters: Iterable[Roster], pairs: Collection[NoContact]
) -> tuple[Conflict, ...]:
    """Where a person would meet someone whom they must not meet, were they on these rosters.

    Facilitators count too: a relative of staff is not put into that person's group.
    """
    found = []
    for one in rosters:
        there = {*one.people, *one.session.facilitators} - {person}
        for pair in pairs:
            partner = pair.partner_of(person)
            if partner in there and partner is not None:
                found.append(Conflict(one.session.key, person, partner, pair.reason))
    return tuple(found)


def enrollment_conflicts(
    wanted: Enrollment,
    sessions: Iterable[Session],
    enrollments: Sequence[Enrollment],
    pairs: Collection[NoContact],
    make_ups: Sequence[MakeUp] = (),
) -> tuple[Conflict, ...]:
    """Check a wanted enrollment, the new half of a transfer or taper, against all its sessions."""
    expected = [
        roster(one, enrollments, make_ups)
        for one in sessions
        if one.is_ahead and wanted.expects(one)
    ]
    return conflicts(wanted.person, expected, pairs)


def make_up_conflicts(
    wanted: MakeUp,
    sessions: Iterable[Session],
    enrollments: Sequence[Enrollment],
    pairs: Collection[NoContact],
    make_ups: Sequence[MakeUp] = (),
) -> tuple[Conflict, ...]:
    """Check a wanted make-up against the session that it is for."""
    expected = [roster(one, enrollments, make_ups) for one in sessions if one.key == wanted.session]
    return conflicts(wanted.person, expected, pairs)
