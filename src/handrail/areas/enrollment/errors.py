"""What can stand against a membership, a make-up, or an individual or family hour."""

from dataclasses import dataclass
from datetime import date

from handrail.core.course.make_ups import Objection
from handrail.core.errors import Invalid, Unconfirmed

# ---- beginning a membership --------------------------------------------------------------------


@dataclass(eq=False)
class BeforeAdmission(Invalid):
    """It would begin before the person was admitted."""

    name: str
    admitted: date
    field = "from_date"


@dataclass(eq=False)
class TrackEnded(Invalid):
    """The track ended before it would begin."""

    track: str
    ended: date


@dataclass(eq=False)
class OtherLevel(Invalid):
    """The track is for another level of care than the person is at; `level` is empty for none."""

    name: str
    level: str
    track: str
    needed: str


@dataclass(eq=False)
class BelongsAlready(Invalid):
    """The person belongs to a track on some of these days."""

    name: str
    track: str
    since: date
    until: date | None


@dataclass(eq=False)
class NothingPlanned(Invalid):
    """The track has no session on the calendar from that day on."""

    track: str
    since: date


@dataclass(eq=False)
class TrackFull(Invalid):
    """No seat is free on a day; `free_from` is the first day with one, where there is any."""

    track: str
    day: date
    taken: int
    seats: int | None
    free_from: date | None


@dataclass(eq=False)
class DaysNotMet(Invalid):
    """The track does not meet on all of the days."""

    track: str
    field = "days"


# ---- changing and ending one -------------------------------------------------------------------


class EndsWithoutReason(Invalid):
    """It is not said why a membership ends."""

    field = "reason"


@dataclass(eq=False)
class MembershipOver(Invalid):
    """A membership that is over does not last longer: it is begun anew."""

    ended: date | None


@dataclass(eq=False)
class AttendedLater(Invalid):
    """Attendance is on record for a day after the last one."""

    day: date


@dataclass(eq=False)
class InThisTrackAlready(Invalid):
    """They belong to that track now."""

    track: str
    field = "track_id"


class ChangesWithoutReason(Invalid):
    """It is not said why they change to another track."""

    field = "reason"


class AwayWithoutReason(Invalid):
    """It is not said why they are away."""

    field = "reason"


class NotInTheMembership(Invalid):
    """The days away are not in the membership."""


@dataclass(eq=False)
class AwayBeyondTheEnd(Invalid):
    """The membership ends before the pause does."""

    until: date


@dataclass(eq=False)
class AwayAlready(Invalid):
    """There is a pause on some of these days."""

    since: date


@dataclass(eq=False)
class BackBeforeAway(Invalid):
    """The last day away is before the first."""

    since: date
    field = "last_day"


# ---- making up ---------------------------------------------------------------------------------


@dataclass(eq=False)
class DoesNotFit(Invalid):
    """A session in which they cannot make up, and why."""

    track: str
    day: date
    objections: tuple[Objection, ...]


@dataclass(eq=False)
class BeyondTheCourse(Unconfirmed):
    """A make-up that the course does not need any more."""

    done: int
    planned: int
    ends: date | None
    day: date


class MakeUpCanceled(Invalid):
    """The make-up was given back before."""


class SessionOver(Invalid):
    """The session of a make-up was closed or canceled."""


class SessionBegun(Invalid):
    """The session of a make-up has begun."""


# ---- hours beside the group --------------------------------------------------------------------


class GroupHour(Invalid):
    """A group is no hour of one's own."""

    field = "service"


@dataclass(eq=False)
class BeforeTheEpisode(Invalid):
    """The hour would be before the episode of care began."""

    opened: date
    field = "local_date"


class ColleagueGone(Invalid):
    """The colleague does not work here now."""

    field = "membership_id"


class OtherHourThen(Invalid):
    """The client has another hour at that time."""

    field = "start"


@dataclass(eq=False)
class InAGroupThen(Invalid):
    """The client is in a group at that time."""

    track: str
    field = "start"


class NotHeldYet(Invalid):
    """The hour has not begun."""
