"""How assessments that wait are said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said


def _draft(one: Seen, now: Now) -> Said:
    return Said(
        what="An assessment you began is not signed.",
        when=now.left(one.due.due_at),
        do="Continue",
        place=reverse("staff:chart_assessment", args=[one.client_id]),
    )


def _co_sign(one: Seen, now: Now) -> Said:
    return Said(
        what=f"An assessment by {one.facts['by']} waits for your co-signature.",
        when=now.left(one.due.due_at),
        do="Read and co-sign",
        place=reverse("staff:chart_assessment", args=[one.client_id]),
    )


def _together(number: int, first: Seen) -> str:
    return f"{number} assessments to co-sign by {first.facts['by']}"


LINES = {
    "assessment_draft": Lines("Assessment", _draft),
    "assessment_co_sign": Lines("Co-sign", _co_sign, _together),
}
