"""Keeps what is new of organizations apart; what was signed or recorded is never rewritten."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

CLIENT, COLLEAGUE = "clients_client", "organizations_membership"
PLAN, LOOK, DECLINED = (
    "clients_safetyplan",
    "clients_safetyplanlook",
    "clients_safetyplandeclined",
)
DRAFT, BASELINE, PROFESSIONAL = (
    "clients_chartdraft",
    "clients_baselineentry",
    "clients_outsideprofessional",
)
ONLY_ADDED_TO = (PLAN, LOOK, DECLINED, BASELINE)


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and tables that only grow."""

    dependencies = (("clients", "0008_safety_and_baseline"), ("organizations", "0002_apart"))
    operations = (
        anchor(PLAN),
        anchor(PROFESSIONAL),
        tie(DRAFT, "client_id", CLIENT),
        tie(PLAN, "client_id", CLIENT),
        tie(PLAN, "owner_id", COLLEAGUE),
        tie(PLAN, "signed_by_id", COLLEAGUE),
        tie(LOOK, "plan_id", PLAN),
        tie(LOOK, "owner_id", COLLEAGUE),
        tie(DECLINED, "client_id", CLIENT),
        tie(DECLINED, "owner_id", COLLEAGUE),
        tie(BASELINE, "client_id", CLIENT),
        tie(PROFESSIONAL, "client_id", CLIENT),
        guard(DRAFT),
        guard(PLAN),
        guard(LOOK),
        guard(DECLINED),
        guard(BASELINE),
        guard(PROFESSIONAL),
        migrations.RunSQL(
            sql=[f"revoke update, delete on {one} from handrail_app" for one in ONLY_ADDED_TO],
            reverse_sql=[f"grant update, delete on {one} to handrail_app" for one in ONLY_ADDED_TO],
        ),
    )
