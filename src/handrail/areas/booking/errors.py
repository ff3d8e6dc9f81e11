"""What can be wrong with booking a screening. No sentences: web/public/sentences.py says them."""

from dataclasses import dataclass
from datetime import date

from handrail.core.errors import Invalid


class TimeTaken(Invalid):
    """Somebody else has that time."""


class TimeWithdrawn(TimeTaken):
    """That time is not offered any more."""


class TimePassed(TimeTaken):
    """That time has begun already."""


class BookingCanceled(Invalid):
    """That booking was canceled before."""


class BookingOver(Invalid):
    """The time of that booking is over."""


class BookingNotBegun(Invalid):
    """Whether they came can be said only once the time has begun."""


class NameMissing(Invalid):
    """Nobody knows what to call the person."""

    field = "called"


class NoWayToReach(Invalid):
    """There is neither a phone number nor an e-mail address."""

    field = "phone"


class NotAPhone(Invalid):
    """That cannot be a phone number."""

    field = "phone"


class NotAState(Invalid):
    """A state is written with its two letters."""

    field = "state"


class NotAZipCode(Invalid):
    """A ZIP code has five digits, or nine."""

    field = "zip_code"


class OldestBelowYoungest(Invalid):
    """The oldest age that a program takes is below the youngest."""

    field = "ages_to"


class HalfAPlace(Invalid):
    """Of two coordinates one is missing."""


class NotAnEmail(Invalid):
    """That cannot be an e-mail address."""

    field = "email"


@dataclass(eq=False)
class TooManyHeld(Invalid):
    """One phone number or address holds as many times to come as it may."""

    most: int
    field = "phone"


# ---- offering times ----------------------------------------------------------------------------


class NoDayChosen(Invalid):
    """Times are offered on one day at least."""

    field = "dates"


@dataclass(eq=False)
class DayOver(Invalid):
    """A day on which times would be offered is over."""

    day: date
    field = "dates"


class TooFarAhead(Invalid):
    """Times are offered three months ahead at most."""

    field = "dates"


@dataclass(eq=False)
class MinutesOutOfRange(Invalid):
    """A screening is shorter or longer than can be."""

    least: int
    most: int
    field = "minutes"


@dataclass(eq=False)
class GapOutOfRange(Invalid):
    """The gap between two screenings is longer than can be."""

    most: int
    field = "gap"


class EndsBeforeItBegins(Invalid):
    """The last time would be before the first."""

    field = "last"


class RoomUnnamed(Invalid):
    """A screening in person needs a room."""

    field = "room"


class WindowPassed(Invalid):
    """All of the time in which screenings would be offered has passed."""

    field = "dates"


@dataclass(eq=False)
class TooManyAtOnce(Invalid):
    """More times would be offered at once than anybody means to."""

    number: int
    most: int


class TakenJustNow(Invalid):
    """Somebody else took one of those times in this moment."""


class NobodyHere(Invalid):
    """Whoever was chosen does not work here now."""

    field = "membership"


class TimeBooked(Invalid):
    """Somebody booked this time: it cannot be taken back."""


class ScreeningTookPlace(Invalid):
    """The screening took its time, and stays on the list."""


class HowUnsaid(Invalid):
    """How the screening is held was not chosen."""

    field = "how"


class CameUnsaid(Invalid):
    """Whether they came was not said."""

    field = "came"


class StretchTooShort(Invalid):
    """A stretch of time is shorter than one screening."""
