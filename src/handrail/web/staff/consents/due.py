"""How an expiring consent is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.core.consents import ConsentKind
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _say(one: Seen, now: Now) -> Said:
    last = day(one.facts, "last_day")
    kind = ConsentKind(one.facts["kind"]).words
    return Said(
        what=f"{kind}: renew it, or nothing is released after its last day.",
        when=f"expires {filters.short_day(last)} ({now.until(last)})",
        do="Open consent",
        place=reverse("staff:consent", args=[one.due.key]),
    )


LINES = {"consent": Lines("Consent", _say)}
