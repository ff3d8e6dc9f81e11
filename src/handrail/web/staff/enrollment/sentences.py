"""What is said when a goal, an hour or a membership cannot be taken as it was entered."""

from handrail.areas.plans import errors as plans
from handrail.web.kit.filters import short_day
from handrail.web.kit.sentences import Sentences


def _ended(error: plans.GoalEnded) -> str:
    return f"This goal was {'met' if error.met else 'dropped'} on {short_day(error.on)}."


SENTENCES: Sentences = {
    plans.GoalMissing: "Write the goal in the client’s words.",
    plans.GoalTooLong: "Say it in {most} characters; a goal fits on one line of the board.",
    plans.GoalEnded: _ended,
    plans.GoalNotYetSet: "The goal was set on {opened:short_day}.",
}
