"""Keeps coverage and fees of organizations apart, and what a plan said as it was said."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

KEEP = """
create function what_a_plan_said_stays() returns trigger language plpgsql as $$
begin
    raise exception 'what was said stays as it was said: a new one follows it'
        using errcode = 'insufficient_privilege';
end $$
"""
SAID = ("clients_benefitcheck", "clients_benefitlevel", "clients_declaredincome")


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and nothing said rewritten."""

    dependencies = (("clients", "0006_coverage"), ("organizations", "0002_apart"))
    operations = (
        anchor("clients_payer"),
        anchor("clients_coverage"),
        anchor("clients_benefitcheck"),
        tie("clients_coverage", "client_id", "clients_client"),
        tie("clients_coverage", "payer_id", "clients_payer"),
        tie("clients_benefitcheck", "coverage_id", "clients_coverage"),
        tie("clients_benefitcheck", "goes_on_from_id", "clients_benefitcheck"),
        tie("clients_benefitlevel", "benefit_check_id", "clients_benefitcheck"),
        tie("clients_declaredincome", "client_id", "clients_client"),
        guard("clients_payer"),
        guard("clients_coverage"),
        guard("clients_benefitcheck"),
        guard("clients_benefitlevel"),
        guard("clients_declaredincome"),
        guard("clients_houserate"),
        guard("clients_slidingscale"),
        guard("clients_houseonpaper"),
        migrations.RunSQL(
            sql=[
                KEEP,
                *(
                    f"create trigger said_stays before update or delete on {table}"
                    " for each row execute function what_a_plan_said_stays()"
                    for table in SAID
                ),
            ],
            reverse_sql=[
                *(f"drop trigger said_stays on {table}" for table in SAID),
                "drop function what_a_plan_said_stays()",
            ],
        ),
    )
