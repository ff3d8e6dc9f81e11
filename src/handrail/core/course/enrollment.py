"""Who belongs to a track and from when to when: dated memberships, pauses, transfers, tapering."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handrail.core.course.schedule import Session, Weekday
from handrail.core.errors import Invalid


@dataclass(eq=False)
class EndedBefore(Invalid):
    """The membership ended before that day."""

    until: date


@dataclass(eq=False)
class EndsBeforeItBegins(Invalid):
    """The membership would end before it begins."""

    until: date
    begins: date


@dataclass(eq=False)
class PauseEndsBeforeItBegins(Invalid):
    """The last day of a pause is before its first."""

    until: date
    field = "until_date"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which someone does not come and is not missed; both ends included."""

    from_date: date
    until_date: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether a day falls into the pause; without an end it lasts until it gets one."""
        return self.from_date <= day and (self.until_date is None or day <= self.until_date)


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person's membership in a track; both ends included.

    One that ends on the day before it begins has no day at all: it was replaced before it began.

    `days` are the weekdays on which the person comes; empty is every day of the track. Coming
    less often from some day on is a second enrollment with fewer days (see `taper`).
    """

    person: str
    track: str
    from_date: date
    until_date: date | None = None
    days: frozenset[Weekday] = frozenset()
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if self.until_date is not None and self.until_date < self.from_date - timedelta(days=1):
            raise EndsBeforeItBegins(self.until_date, self.from_date)

    def expects(self, session: Session) -> bool:
        """Tell whether the person is expected at a session.

        Dates and pauses go by the day it is held, weekdays by the pattern: who comes on Mondays
        comes to a Monday group that is held on a Friday.
        """
        return (
            self.track == session.track
            and self.from_date <= session.local_date
            and (self.until_date is None or session.local_date <= self.until_date)
            and (not self.days or Weekday(session.pattern_date.weekday()) in self.days)
            and not any(pause.covers(session.local_date) for pause in self.pauses)
        )


def end(enrollment: Enrollment, last_day: date) -> Enrollment:
    """End a membership after a day. Raises EndedBefore when it has."""
    if enrollment.until_date is not None and enrollment.until_date < last_day:
        raise EndedBefore(enrollment.until_date)
    return replace(enrollment, until_date=last_day)


def add_pause(enrollment: Enrollment, pause: Pause) -> Enrollment:
    """Add a pause to a membership. Raises PauseEndsBeforeItBegins when it does."""
    if pause.until_date is not None and pause.until_date < pause.from_date:
        raise PauseEndsBeforeItBegins(pause.until_date)
    return replace(enrollment, pauses=(*enrollment.pauses, pause))


def transfer(enrollment: Enrollment, track: str, from_date: date) -> tuple[Enrollment, Enrollment]:
    """Move someone to another track from a day on: the membership that ends and the new one.

    Pauses go along, since they are the person's and not the track's. The new membership takes
    every day of the new track. Raises Invalid for a day outside the membership.
    """
    ended, going_on = _split(enrollment, from_date)
    return ended, replace(going_on, track=track, days=frozenset())


def taper(
    enrollment: Enrollment, days: frozenset[Weekday], from_date: date
) -> tuple[Enrollment, Enrollment]:
    """Let someone come on fewer weekdays from a day on, inside the same course.

    Raises Invalid for a day outside the membership.
    """
    ended, going_on = _split(enrollment, from_date)
    return ended, replace(going_on, days=days)


def _split(enrollment: Enrollment, from_date: date) -> tuple[Enrollment, Enrollment]:
    if enrollment.until_date is not None and enrollment.until_date < from_date:
        raise EndedBefore(enrollment.until_date)
    ended = end(enrollment, from_date - timedelta(days=1))
    return ended, replace(enrollment, from_date=from_date)
