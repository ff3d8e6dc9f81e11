"""How the follow-up of a referral is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.clients.words import level_short
from handrail.web.staff.worklist.lines import Lines, Now, Said, day, optional_day


def _say(one: Seen, now: Now) -> Said:
    facts = one.facts
    back_to, expected = facts["back_to"], optional_day(facts, "expected")
    to = f", to step down to {level_short(back_to)}" if back_to else ""
    late = expected is not None and now.days_to(expected) < 0
    if facts.get("stopped"):
        what = f"The referral to {facts['to']} was not sent: {facts['stopped']}"
        what += " Say how they get there."
    elif facts["what"] == "back":
        what = f"Back from {facts['to']}{to}, and not admitted here yet."
    elif facts["what"] == "day":
        said = "Expected back and not here" if late else "Expected back today"
        what = f"{said}: from {facts['to']}{to}."
    else:
        said = "Expected back and not here. " if late else ""
        what = f"At {facts['to']}. {said}{facts['why']}"
    when = now.until(day(facts, "day"))
    if facts.get("admits"):
        place = reverse("staff:admit", args=[one.client_id])
        return Said(what, when, "Open admission", place)
    return Said(what, when, "Open referral", reverse("staff:referral", args=[facts["referral"]]))


LINES = {"referral": Lines("Expected back", _say)}
