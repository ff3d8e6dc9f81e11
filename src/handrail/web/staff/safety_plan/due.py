"""How a safety plan to review is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _say(one: Seen, now: Now) -> Said:
    on = day(one.facts, "on")
    past = now.days_to(on) < 0
    return Said(
        what="Ask again about a safety plan." if one.facts["declined"] else "Review safety plan.",
        when=f"review was due {now.until(on)}" if past else f"review {now.until(on)}",
        do="Open safety plan",
        place=reverse("staff:chart_safety_plan", args=[one.client_id]),
    )


LINES = {"safety_plan": Lines("Safety plan", _say)}
