"""How an expiring license is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _say(one: Seen, now: Now) -> Said:
    last = day(one.facts, "expires")
    verb = "expired" if now.days_to(last) < 0 else "expires"
    return Said(
        what=f"{one.facts['title']}, {one.facts['issuer']}",
        when=f"{verb} {filters.short_day(last)} ({now.until(last)})",
        do="Open licenses",
        place=reverse("staff:person", args=[one.member_id]),
    )


LINES = {"license": Lines("License", _say)}
