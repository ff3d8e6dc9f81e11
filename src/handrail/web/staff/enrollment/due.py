"""How a course about to end, and an agreement to review, are said on the worklist."""

from django.urls import reverse

from handrail.areas.ledger.selectors.ledger import steps_in
from handrail.areas.worklist.selectors import Seen
from handrail.core.ledger.positions import in_short
from handrail.data import care_catalogue
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, day, optional_day


def _ending(one: Seen, now: Now) -> Said:
    facts = one.facts
    place = reverse("staff:chart_course", args=[one.client_id])
    if not facts["to_go"]:
        left = "ready to complete" if facts["goals_met"] else "talk about what comes next"
        goals = "met" if facts["goals_met"] else "open"
        what = f"{facts['done']} of {facts['planned']}, goals {goals}: {left}."
        return Said(what, "now", "Open course", place)
    go, last = filters.counted(facts["to_go"], "session"), optional_day(facts, "last_day")
    when = f"last day {filters.short_day(last)}" if last else "not on the calendar"
    what = f"{go} to go. Talk about what comes after, before the last."
    return Said(what, when, "Open course", place)


def _agreement(one: Seen, now: Now) -> Said:
    on, steps = day(one.facts, "day"), in_short(steps_in(one.facts["sequence"]), care_catalogue())
    word = "call" if one.facts["refused"] else "review"
    when = f"{word} was due" if now.days_to(on) < 0 else word
    what = f"Agreed: {steps}. Does it still hold?"
    if one.facts["refused"]:
        what = f"Declined required safety care; accepts: {steps}. Call again."
    place = reverse("staff:chart_level", args=[one.client_id])
    return Said(what, f"{when} {now.until(on)}", "Open ledger", place)


LINES = {"ending": Lines("Ending", _ending), "agreement": Lines("Agreement", _agreement)}
