"""Made-up inquiries for tests. They run inside Alder Street unless said otherwise."""

from datetime import UTC, date, datetime

from handrail.areas.inquiries import services as inquiries
from handrail.areas.inquiries.models import Inquiry

AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
TODAY = date(2026, 11, 24)
TOMORROW = date(2026, 11, 25)


def some_inquiry(by, **more) -> Inquiry:
    """Somebody called about themself."""
    details = {"caller_name": "Dana Ellery", "caller_phone": "(804) 555-0142", "at": AT} | more
    return inquiries.take_inquiry(by=by, **details)


def carry(by, inquiry, stage, **more) -> Inquiry:
    """It stands there now, and somebody calls tomorrow."""
    details = {"next_step": "Call again", "next_step_date": TOMORROW, "at": AT} | more
    return inquiries.carry_on(inquiry_id=inquiry.pk, stage=stage, by=by, **details)
