"""The reader's inquiries whose next step is due, or whose mandate runs out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.selectors.inquiries import due_by
from handrail.core.access import Action, Actor, can_access
from handrail.core.today import Due, What

MANDATES_AHEAD = timedelta(days=7)
"""A mandate is shown this long before it runs out."""


@dataclass(frozen=True, slots=True)
class InquiryDue:
    """An inquiry of the reader's: the next step and its day, and by when a mandate has to be met.

    `name` is the person's, or the caller's where nobody said whom it is about.
    """

    due: Due
    inquiry_id: UUID
    name: str
    step: str
    step_date: date
    mandated_by: str
    mandated_by_date: date | None


def inquiries_due(*, by: Actor, here: date, zone: str) -> list[InquiryDue]:
    """What is due by the end of this day, the longest overdue first."""
    if not can_access(by, Action.SEE_INQUIRIES):
        return []
    rows = due_by(here, by=by, mandates_ahead=MANDATES_AHEAD)
    return [_row(one, here, zone) for one in rows]


def _row(one: Inquiry, here: date, zone: str) -> InquiryDue:
    step_date = one.next_step_date or here  # never None: the row is open
    mandate = one.mandated_by_date
    first = min(step_date, mandate) if mandate else step_date
    return InquiryDue(
        due=Due(What.INQUIRY, str(one.pk), datetime.combine(first, time(23, 59), ZoneInfo(zone))),
        inquiry_id=one.pk,
        name=one.person_name or one.caller_name,
        step=one.next_step,
        step_date=step_date,
        mandated_by=one.mandated_by,
        mandated_by_date=mandate,
    )
