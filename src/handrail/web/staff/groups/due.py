"""How a course that is about to end is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff import saying
from handrail.web.staff.worklist.lines import Lines, Now, Said, optional_day


def _say(one: Seen, now: Now) -> Said:
    facts = one.facts
    place = reverse("staff:chart_course", args=[one.client_id])
    if not facts["to_go"]:
        left = "ready to complete" if facts["goals_met"] else "talk about what comes next"
        goals = "met" if facts["goals_met"] else "open"
        what = f"{facts['done']} of {facts['planned']}, goals {goals}: {left}."
        return Said(what, "now", "Open course", place)
    go, last = saying.counted(facts["to_go"], "session"), optional_day(facts, "last_day")
    when = f"last day {saying.short_day(last)}" if last else "not on the calendar"
    what = f"{go} to go. Talk about what comes after, before the last."
    return Said(what, when, "Open course", place)


LINES = {"ending": Lines("Ending", _say)}
