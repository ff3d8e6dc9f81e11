"""Inquiries whose next step is due, or whose mandate expires."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import Action
from handrail.data import deadlines


class InquiryStep(Kind):
    """The next step of an open inquiry, for its owner; with a mandate, by when it has to be met."""

    code = "inquiry"
    words = "Take the next step of an inquiry"
    permissions = (Action.SEE_INQUIRIES,)
    reads = ("inquiry__next_step", "inquiry__mandated_by")
    follows = {Inquiry: itself}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """A call that is under way or booked today stands for it, unless a mandate presses."""
        rows = Inquiry.objects.filter(
            organization_id=at.organization_id,
            closed_at__isnull=True,
            next_step_date__isnull=False,
        )
        if scopes is not None:
            rows = rows.filter(pk__in=scopes)
        return [_item(one, one.next_step_date, at) for one in rows if one.next_step_date]


def _item(row: Inquiry, step: date, at: Place) -> Item:
    mandate = row.mandated_by_date
    shows = min(step, mandate - deadlines().mandate_ends) if mandate else step
    return Item(
        key=str(row.pk),
        scope=row.pk,
        inquiry_id=row.pk,
        owner_id=row.owner_id,
        due_at=at.ends(min(step, mandate) if mandate else step),
        visible_from=at.begins(shows),
        facts={"step": step, "mandate": mandate, "keep": bool(row.mandated_by)},
    )


KINDS = (InquiryStep(),)
