"""Made-up referrals for tests. They run inside the organization."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handrail.areas.referrals import services as referrals
from handrail.areas.referrals.models import Referral
from tests.areas.clients.people import AT


def a_referral(by, client, owner, at: datetime = AT) -> Referral:
    """Someone on their way to residential care, expected back in a month; nothing left."""
    made = referrals.refer(
        client_id=client.pk,
        level="rtc",
        to_name="Maple Ferry House",
        why="No night at home has been safe since October.",
        owner_id=owner.pk,
        expected_return_date=at.astimezone(ZoneInfo("America/New_York")).date()
        + timedelta(days=31),
        back_to="iop",
        by=by,
        at=at,
    )
    return referrals.send_referral(referral_id=made.pk, how="phone", by=by, at=at)
