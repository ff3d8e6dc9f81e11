"""Why something about groups, rooms and hours cannot be planned, and what is asked first."""

from dataclasses import dataclass
from datetime import date, time

from handrail.core.availability import Busy, Hours
from handrail.core.errors import Invalid, Unconfirmed, confirm

# ---- who and what is taken ---------------------------------------------------------------------


@dataclass(eq=False)
class PersonTaken(Invalid):
    """A colleague is not free: away, outside their hours, or planned for something else."""

    name: str
    reason: Busy
    hours: Hours


@dataclass(eq=False)
class RoomTaken(Invalid):
    """A room is not free."""

    room: str
    reason: Busy
    zone: str
    field = "room"


@dataclass(eq=False)
class RoomOfAnotherGroup(Invalid):
    """Another group is in the room at that time."""

    room: str
    local_date: date
    start: time
    track: str
    number: int
    field = "room"


@dataclass(eq=False)
class TwoAtOnce(Invalid):
    """A track would have two sessions at the same time."""

    track: str


@dataclass(eq=False)
class MustNotMeet(Invalid):
    """People who must not meet would be there both: names, and the reason. For staff eyes only."""

    pairs: tuple[tuple[str, str, str], ...]


@dataclass(eq=False)
class InTrack(Invalid):
    """What stands against the calendar of one track."""

    track: str
    why: Invalid


# ---- hours, time away, rooms -------------------------------------------------------------------


class TimeOver(Invalid):
    """Time away that has passed is not planned."""


class LastBeforeFirst(Invalid):
    """The last day comes before the first."""

    field = "until_date"


class OverAYear(Invalid):
    """More than a year away at a time."""

    field = "until_date"


class HalfAStretch(Invalid):
    """Hours with a beginning and no end, or the other way round."""

    field = "end"


class HoursOfSeveralDays(Invalid):
    """Hours were given for more than one day."""

    field = "start"


class EndBeforeStart(Invalid):
    """The hours end before they begin."""

    field = "end"


class NoTimeBetween(Invalid):
    """The hours begin and end at the same time."""


class StretchesOverlap(Invalid):
    """Two stretches of one day overlap."""


class RoomUnnamed(Invalid):
    """A room has no name."""

    field = "name"


class RoomForNobody(Invalid):
    """A room is said to hold nobody."""

    field = "capacity"


# ---- programs, tracks, sessions, closed days ---------------------------------------------------


class TemplateUnknown(Invalid):
    """The shape of the course is none of the list."""


class ProgramUnnamed(Invalid):
    """A program has no name."""


class TrackUnnamed(Invalid):
    """A track has no name."""

    field = "name"


@dataclass(eq=False)
class ProgramNameTaken(Invalid):
    """There is a program of this name."""

    name: str


@dataclass(eq=False)
class TrackNameTaken(Invalid):
    """There is a track of this name."""

    name: str
    field = "name"


class NoDayOfTheWeek(Invalid):
    """A track meets on no day of the week."""

    field = "days"


class NoRoomNamed(Invalid):
    """A group that meets in a room does not say in which."""

    field = "room"


class NotColleagues(Invalid):
    """Somebody chosen to lead does not work here now."""

    field = "facilitators"


@dataclass(eq=False)
class TrackEnded(Invalid):
    """The track has ended; nothing more is planned for it."""

    name: str
    ended_date: date


@dataclass(eq=False)
class LastBeforeCalendar(Invalid):
    """The last day to plan comes before the first that could be planned."""

    first: date
    field = "until"


class OverTwoYears(Invalid):
    """More than two years are planned at a time."""

    field = "until"


class TimePassed(Invalid):
    """A session would be put on a time that has passed."""


@dataclass(eq=False)
class TrackStays(Invalid):
    """A track's sessions do not go back on a day that is open again."""

    track: str
    why: Invalid


@dataclass(eq=False)
class SessionStays(Invalid):
    """A session does not go back on a day that is open again."""

    track: str
    number: int
    local_date: date


class ChangeUnexplained(Invalid):
    """It is not said why a session changes."""

    field = "reason"


class CancelUnexplained(Invalid):
    """It is not said why a session is canceled."""

    field = "reason"


class NotesSigned(Invalid):
    """Notes of the session are signed, so it took place."""


class ClosingUnexplained(Invalid):
    """It is not said why the program is closed."""

    field = "reason"


class InsteadOfItself(Invalid):
    """A closed day is to be replaced by itself."""

    field = "instead_date"


@dataclass(eq=False)
class DayClosed(Invalid):
    """The program is closed on that day."""

    local_date: date
    field = "local_date"


@dataclass(eq=False)
class ClosedAlready(Invalid):
    """Somebody has closed that day."""

    local_date: date
    field = "local_date"


@dataclass(eq=False)
class ClosedDayOver(Invalid):
    """The day to close has passed."""

    local_date: date
    field = "local_date"


@dataclass(eq=False)
class InsteadOver(Invalid):
    """The day that is to replace a closed one has passed."""

    local_date: date
    field = "instead_date"


@dataclass(eq=False)
class OpeningOver(Invalid):
    """A closed day that has passed stays closed."""

    local_date: date


@dataclass(eq=False)
class TooFewSeats(Invalid):
    """More people would come on a day than there are seats."""

    there: int
    seats: int


# ---- what is asked first -----------------------------------------------------------------------


@dataclass(eq=False)
class NotFreeThen(Unconfirmed):
    """Colleagues are away or outside their hours; people do trade evenings."""

    taken: tuple[Invalid, ...]


@dataclass(eq=False)
class PlannedThen(Unconfirmed):
    """Somebody is planned for this while they would be away."""

    taken: tuple[PersonTaken, ...]


@dataclass(eq=False)
class EndsNextDay(Unconfirmed):
    """A group ends on the day after it begins."""

    start: time
    end: time


@dataclass(eq=False)
class FollowToo(Unconfirmed):
    """Sessions moved by hand follow the new pattern too: number and day of each."""

    moved: tuple[tuple[int, date], ...]


@dataclass(eq=False)
class TakesAway(Unconfirmed):
    """Closing a day takes sessions of the next hours away: track, beginning, people expected."""

    local_date: date
    sessions: tuple[tuple[str, time, int], ...]


@dataclass(eq=False)
class AskFirst(Unconfirmed):
    """Everything that is asked before one thing is done, together."""

    about: tuple[Unconfirmed, ...]


def ask(*about: Unconfirmed | None, confirmed: str) -> None:
    """Ask what is to be asked before something is done, unless just this was answered with yes.

    Raises AskFirst.
    """
    asked = tuple(one for one in about if one)
    if asked:
        confirm(AskFirst(asked), confirmed)
