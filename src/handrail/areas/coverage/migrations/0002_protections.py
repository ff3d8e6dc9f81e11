"""Organizations kept apart, and what a plan said never rewritten."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, trigger

KEEP = """
create function what_a_plan_said_stays() returns trigger language plpgsql as $$
begin
    raise exception 'what was said stays as it was said: a new one follows it'
        using errcode = 'insufficient_privilege';
end $$
"""


class Migration(migrations.Migration):
    """Organizations kept apart, and what a plan said never rewritten."""

    dependencies = (
        ("coverage", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP,
                *trigger(
                    "said_stays",
                    "what_a_plan_said_stays",
                    "coverage_benefitcheck",
                    "coverage_benefitlevel",
                    "coverage_declaredincome",
                ),
            ]
        ),
    )
