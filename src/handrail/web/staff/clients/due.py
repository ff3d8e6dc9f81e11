"""How an open flag is said on the worklist."""

from django.urls import reverse

from handrail.areas.safety.models import FlagKind
from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said, finished, optional_day


def _say(one: Seen, now: Now) -> Said:
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


LINES = {"flag": Lines("Flag", _say)}
