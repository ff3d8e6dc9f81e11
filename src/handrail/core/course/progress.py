"""Where someone stands in a course: "14 of 24", what was missed, the last day as it looks now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handrail.core.course.attendance import Credit
from handrail.core.course.enrollment import Enrollment
from handrail.core.course.roster import MakeUp, Place
from handrail.core.course.schedule import Session, SessionKey, Sessions, in_order


@dataclass(frozen=True, slots=True)
class Progress:
    """Someone's course in numbers.

    `attended` counted on the own track, `made_up` elsewhere or unannounced; `missed` did not
    count although the person was expected. attended + made_up + to_go = planned + beyond.
    `projected_last_day` is None when nothing is to go, or when the calendar ends before the
    course does: then `not_on_calendar` sessions have no date yet.
    """

    planned: int
    attended: int
    made_up: int
    missed: int
    to_go: int
    beyond: int
    projected_last_day: date | None
    not_on_calendar: int

    @property
    def done(self) -> int:
        """How many sessions counted, wherever they were."""
        return self.attended + self.made_up


class Standing(Enum):
    """Sessions and goals together. A course is completed by its goals, not by a number."""

    UNDER_WAY = "under way"
    GOALS_MET_EARLY = "goals met before all sessions: talk about completing"
    SESSIONS_DONE_GOALS_OPEN = "sessions done, goals open: talk about what comes next"
    READY_TO_COMPLETE = "sessions done and goals met: ready to complete"


def coming_sessions(
    person: str,
    sessions: Iterable[Session],
    enrollments: Sequence[Enrollment],
    make_ups: Sequence[MakeUp] = (),
    decided: Collection[SessionKey] = (),
) -> Sessions:
    """The sessions still ahead at which a person is expected, pauses and tapering included.

    `decided` are sessions whose attendance is known already. One of the past that nobody has
    closed or canceled still counts as ahead, since it can still be credited.
    """
    own = [one for one in enrollments if one.person == person]
    booked = {one.session for one in make_ups if one.person == person}
    return in_order(
        one
        for one in sessions
        if one.is_ahead
        and one.key not in decided
        and (one.key in booked or any(each.expects(one) for each in own))
    )


def progress(planned: int, credits: Iterable[Credit], coming: Sequence[Session]) -> Progress:
    """Count someone's course from what is decided and what is coming.

    The last day is projected as if the person came to every coming session, so it is recomputed
    after each one: a missed session moves it back, a booked make-up brings it forward. A session
    credited twice counts once.
    """
    by_session = {one.session: one for one in credits}.values()
    attended = sum(one.counts and one.place is Place.ENROLLED for one in by_session)
    made_up = sum(one.counts and one.place is not Place.ENROLLED for one in by_session)
    missed = sum(not one.counts and one.place is Place.ENROLLED for one in by_session)
    done = attended + made_up
    to_go = max(0, planned - done)
    dates = sorted(one.local_date for one in coming)
    return Progress(
        planned=planned,
        attended=attended,
        made_up=made_up,
        missed=missed,
        to_go=to_go,
        beyond=max(0, done - planned),
        projected_last_day=dates[to_go - 1] if 0 < to_go <= len(dates) else None,
        not_on_calendar=max(0, to_go - len(dates)),
    )


def standing(progress: Progress, goals_met: Sequence[bool]) -> Standing:
    """Say where sessions and goals stand together.

    All sessions done is not completed: the goals of the plan are. A course without any goal on
    record has none met.
    """
    met = bool(goals_met) and all(goals_met)
    if progress.to_go:
        return Standing.GOALS_MET_EARLY if met else Standing.UNDER_WAY
    return Standing.READY_TO_COMPLETE if met else Standing.SESSIONS_DONE_GOALS_OPEN
