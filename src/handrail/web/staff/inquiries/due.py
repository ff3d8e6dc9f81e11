"""How the next step of an inquiry is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, day, optional_day


def _say(one: Seen, now: Now) -> Said:
    step, mandate = day(one.facts, "step"), optional_day(one.facts, "mandate")
    late = -now.days_to(step)
    what = f"{one.read['inquiry__next_step'].rstrip('.')}."
    if mandate:
        verb = "expired" if now.days_to(mandate) < 0 else "expires"
        what += f" Mandated by {one.read['inquiry__mandated_by']}: {verb} {now.until(mandate)}."
    return Said(
        what=what,
        when=f"{filters.counted(late, 'day')} overdue" if late > 0 else now.until(step),
        do="Open inquiry",
        place=reverse("staff:inquiry", args=[one.inquiry_id]),
    )


LINES = {"inquiry": Lines("Inquiry", _say)}
