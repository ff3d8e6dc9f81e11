"""What is said when a goal, an hour or a membership cannot be taken as it was entered."""

from handrail.areas.enrollment import errors
from handrail.areas.plans import errors as plans
from handrail.core.course import enrollment as core
from handrail.web.kit.filters import level, short_day
from handrail.web.kit.sentences import Sentences


def _goal_ended(error: plans.GoalEnded) -> str:
    return f"This goal was {'met' if error.met else 'dropped'} on {short_day(error.on)}."


def _other_level(error: errors.OtherLevel) -> str:
    now = level(error.level) if error.level else "no level of care yet"
    return (
        f"{error.name} is at {now}; {error.track} is for {level(error.needed)}. Change the level"
        " of care first."
    )


def _belongs(error: errors.BelongsAlready) -> str:
    until = f" until {short_day(error.until)}" if error.until else ""
    return (
        f"{error.name} belongs to {error.track} from {short_day(error.since)}{until}. End that, or"
        " transfer instead."
    )


def _full(error: errors.TrackFull) -> str:
    then = f" There is a seat from {short_day(error.free_from)} on." if error.free_from else ""
    return (
        f"{error.track} is full on {short_day(error.day)}: {error.taken} of {error.seats} seats"
        f" are taken.{then}"
    )


def _over(error: errors.MembershipOver) -> str:
    when = f" on {short_day(error.ended)}" if error.ended else ""
    return f"The membership ended{when}. Enroll them again instead."


def _does_not_fit(error: errors.DoesNotFit) -> str:
    why = "; ".join(one.value for one in error.objections)
    return f"{error.track} on {short_day(error.day)} does not fit: {why}."


def _beyond(error: errors.BeyondTheCourse) -> str:
    until = f"with {short_day(error.ends)}" if error.ends else "already"
    return (
        f"{error.done} of {error.planned} sessions are done, and the course ends {until}."
        f" {short_day(error.day)} would be one more than planned. Book it all the same?"
    )


SENTENCES: Sentences = {
    plans.GoalMissing: "Write the goal in the client’s words.",
    plans.GoalTooLong: "Say it in {most} characters; a goal fits on one line of the board.",
    plans.GoalEnded: _goal_ended,
    plans.GoalNotYetSet: "The goal was set on {opened:short_day}.",
    errors.BeforeAdmission: (
        "{name} was admitted on {admitted:short_day}; choose that day or a later one."
    ),
    errors.TrackEnded: "{track} ended on {ended:short_day}.",
    errors.OtherLevel: _other_level,
    errors.BelongsAlready: _belongs,
    errors.NothingPlanned: (
        "{track} has no session on the calendar from {since:short_day} on. Plan its sessions first."
    ),
    errors.TrackFull: _full,
    errors.DaysNotMet: "{track} does not meet on all of these days.",
    errors.EndsWithoutReason: "Say why the membership ends.",
    errors.MembershipOver: _over,
    errors.AttendedLater: (
        "Attendance is on record for {day:short_day}; the membership cannot end before that."
    ),
    errors.InThisTrackAlready: "They are in {track} already; choose another track.",
    errors.ChangesWithoutReason: "Say why they change; people will read it.",
    errors.AwayWithoutReason: "Say why they are away.",
    errors.NotInTheMembership: "These days are not in the membership.",
    errors.AwayBeyondTheEnd: "The membership ends on {until:short_day}; a pause is inside it.",
    errors.AwayAlready: "There is a pause from {since:short_day} on already.",
    errors.BackBeforeAway: "The pause began on {since:short_day}; its last day is later.",
    core.EndedBefore: "It has ended on {until:short_day}.",
    core.EndsBeforeItBegins: (
        "It would end on {until:short_day}, before it begins on {begins:short_day}."
    ),
    core.PauseEndsBeforeItBegins: "The pause would end on {until:short_day}, before it begins.",
    errors.DoesNotFit: _does_not_fit,
    errors.BeyondTheCourse: _beyond,
    errors.MakeUpCanceled: "It is canceled already.",
    errors.SessionOver: "The session has been closed or canceled.",
    errors.SessionBegun: "The session has begun; mark them absent on its board instead.",
    errors.GroupHour: "Choose an individual or a family hour; groups have their own page.",
    errors.BeforeTheEpisode: "The episode of care began on {opened:short_day}.",
    errors.ColleagueGone: "Choose someone who works here now.",
    errors.OtherHourThen: "They have another hour at that time.",
    errors.InAGroupThen: "They are in {track} at that time.",
    errors.NotHeldYet: "It has not begun; say afterwards whether it was held.",
}
