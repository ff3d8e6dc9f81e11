"""Keeps referrals of organizations apart, and what was heard as it was written."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

REFERRAL, STEP, TOUCH = (
    "placement_referral",
    "placement_referralstep",
    "placement_referraltouch",
)


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and steps that are written once."""

    dependencies = (("placement", "0007_referrals"), ("clients", "0005_consents_apart"))
    operations = (
        anchor(REFERRAL),
        anchor("clients_disclosure"),
        tie(REFERRAL, "client_id", "clients_client"),
        tie(REFERRAL, "owner_id", "organizations_membership"),
        tie(REFERRAL, "disclosure_id", "clients_disclosure"),
        tie(STEP, "referral_id", REFERRAL),
        tie(TOUCH, "referral_id", REFERRAL),
        guard(REFERRAL),
        guard(STEP),
        guard(TOUCH),
        migrations.RunSQL(
            sql=[
                f"revoke delete on {REFERRAL} from handrail_app",
                f"revoke update, delete on {STEP} from handrail_app",
            ],
            reverse_sql=[
                f"grant update, delete on {STEP} to handrail_app",
                f"grant delete on {REFERRAL} to handrail_app",
            ],
        ),
    )
