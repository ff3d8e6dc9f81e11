"""How agreements to review and recommendations to co-sign are said on the worklist."""

from django.urls import reverse

from handrail.areas.ledger.selectors.ledger import steps_in
from handrail.areas.worklist.selectors import Seen
from handrail.core.ledger.positions import in_short
from handrail.data import care_catalogue
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _agreement(one: Seen, now: Now) -> Said:
    on, steps = day(one.facts, "day"), in_short(steps_in(one.facts["sequence"]), care_catalogue())
    word = "call" if one.facts["refused"] else "review"
    when = f"{word} was due" if now.days_to(on) < 0 else word
    what = f"Agreed: {steps}. Does it still hold?"
    if one.facts["refused"]:
        what = f"Declined required safety care; accepts: {steps}. Call again."
    place = reverse("staff:chart_level", args=[one.client_id])
    return Said(what, f"{when} {now.until(on)}", "Open ledger", place)


def _co_sign(one: Seen, now: Now) -> Said:
    act = "overrode" if one.facts["overrides"] else "confirmed"
    return Said(
        what=f"{one.facts['by']} {act} a recommendation; it waits for your co-signature.",
        when=now.left(one.due.due_at),
        do="Read and co-sign",
        place=reverse("staff:chart_level", args=[one.client_id]),
    )


LINES = {
    "agreement": Lines("Agreement", _agreement),
    "recommendation_co_sign": Lines("Co-sign", _co_sign),
}
