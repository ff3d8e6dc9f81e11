"""Keeps what is due of organizations apart."""

from django.db import migrations

from handrail.foundation.tenancy import guard, tie

ITEM = "worklist_workitem"


class Migration(migrations.Migration):
    """Row-level security, and keys that carry the organization."""

    dependencies = (("worklist", "0001_initial"),)
    operations = (
        tie(ITEM, "client_id", "clients_client"),
        tie(ITEM, "inquiry_id", "placement_inquiry"),
        tie(ITEM, "booking_id", "programs_booking"),
        tie(ITEM, "member_id", "organizations_membership"),
        tie(ITEM, "owner_id", "organizations_membership"),
        tie(ITEM, "assigned_to_id", "organizations_membership"),
        guard(ITEM),
    )
