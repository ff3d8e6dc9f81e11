"""How a screening call under way is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, moment


def _say(one: Seen, now: Now) -> Said:
    since = filters.clock_time(moment(one.facts, "started"), now.zone)
    safety = " A safety task is open." if one.due.life else ""
    return Said(
        what=f"Screening call with {one.read['inquiry__caller_name']}, not ended yet.{safety}",
        when=f"since {since}",
        do="Continue the call",
        place=reverse("staff:screening", args=[one.due.key]),
    )


LINES = {"screening_call": Lines("Call", _say)}
