"""Keeps inquiries of organizations apart, and their log and confidences as they were written."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

INQUIRY, CLIENT = "placement_inquiry", "clients_client"
WRITTEN_ONCE = ("placement_inquiryevent", "placement_confided")


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and what is written once."""

    dependencies = (("placement", "0004_inquiries"), ("clients", "0002_apart"))
    operations = (
        anchor(INQUIRY),
        tie(INQUIRY, "owner_id", "organizations_membership"),
        tie(INQUIRY, "client_id", CLIENT),
        tie(INQUIRY, "merged_into_id", INQUIRY),
        tie("placement_inquirytrace", "inquiry_id", INQUIRY),
        tie("placement_inquiryevent", "inquiry_id", INQUIRY),
        tie("placement_inquiryevent", "other_inquiry_id", INQUIRY),
        tie("placement_confided", "inquiry_id", INQUIRY),
        guard(INQUIRY),
        guard("placement_inquirytrace"),
        guard("placement_inquiryevent"),
        guard("placement_confided"),
        migrations.RunSQL(
            sql=[
                "revoke delete on placement_inquiry from handrail_app",
                *(f"revoke update, delete on {one} from handrail_app" for one in WRITTEN_ONCE),
            ],
            reverse_sql=[
                *(f"grant update, delete on {one} to handrail_app" for one in WRITTEN_ONCE),
                "grant delete on placement_inquiry to handrail_app",
            ],
        ),
    )
