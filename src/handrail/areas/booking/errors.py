"""What can be wrong with booking a screening. No sentences: web/public/sentences.py says them."""

from dataclasses import dataclass

from handrail.areas.organizations.services import Mistaken


class TimeTaken(Mistaken):
    """Somebody else has that time."""


class TimeWithdrawn(TimeTaken):
    """That time is not offered any more."""


class TimePassed(TimeTaken):
    """That time has begun already."""


class BookingCanceled(Mistaken):
    """That booking was canceled before."""


class BookingOver(Mistaken):
    """The time of that booking is over."""


class BookingNotBegun(Mistaken):
    """Whether they came can be said only once the time has begun."""


class NameMissing(Mistaken):
    """Nobody knows what to call the person."""

    field = "called"


class NoWayToReach(Mistaken):
    """There is neither a phone number nor an e-mail address."""

    field = "phone"


class NotAPhone(Mistaken):
    """That cannot be a phone number."""

    field = "phone"


class NotAnEmail(Mistaken):
    """That cannot be an e-mail address."""

    field = "email"


@dataclass(eq=False)
class TooManyHeld(Mistaken):
    """One phone number or address holds as many times to come as it may."""

    most: int
    field = "phone"
