"""How flags and safety plans are said on the worklist."""

from django.urls import reverse

from handrail.areas.safety.models import FlagKind
from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said, day, finished, optional_day


def _flag(one: Seen, now: Now) -> Said:
    review, when = optional_day(one.facts, "review"), "no review date"
    if review:
        past = now.days_to(review) < 0
        when = f"review was due {now.until(review)}" if past else f"review {now.until(review)}"
    return Said(
        what=f"{FlagKind(one.facts['kind']).label}: {finished(one.facts['why'])}",
        when=when,
        do="Open chart",
        place=reverse("staff:chart", args=[one.client_id]),
    )


def _plan(one: Seen, now: Now) -> Said:
    on = day(one.facts, "on")
    past = now.days_to(on) < 0
    return Said(
        what="Ask again about a safety plan." if one.facts["declined"] else "Review safety plan.",
        when=f"review was due {now.until(on)}" if past else f"review {now.until(on)}",
        do="Open safety plan",
        place=reverse("staff:chart_safety_plan", args=[one.client_id]),
    )


LINES = {"flag": Lines("Flag", _flag), "safety_plan": Lines("Safety plan", _plan)}
