"""How a recommendation to co-sign is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said


def _co_sign(one: Seen, now: Now) -> Said:
    act = "overrode" if one.facts["overrides"] else "confirmed"
    return Said(
        what=f"{one.facts['by']} {act} a recommendation; it waits for your co-signature.",
        when=now.left(one.due.due_at),
        do="Read and co-sign",
        place=reverse("staff:chart_level", args=[one.client_id]),
    )


LINES = {"recommendation_co_sign": Lines("Co-sign", _co_sign)}
