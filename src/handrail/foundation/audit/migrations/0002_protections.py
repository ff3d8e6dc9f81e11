"""Organizations kept apart, and a trail that grows and nothing else."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, trigger

TABLES = ("audit_auditentry", "audit_auditsubject")
REFUSE = """
create function audit_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail can only be added to' using errcode = 'insufficient_privilege';
end $$
"""


class Migration(migrations.Migration):
    """The app may not change, remove or empty it; a trigger refuses everyone, its owner too."""

    dependencies = (("audit", "0001_initial"),)
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                REFUSE,
                *trigger("audit_keeps_rows", "audit_refuses", *TABLES),
                *(
                    f"create trigger audit_keeps_all before truncate on {one}"
                    " for each statement execute function audit_refuses()"
                    for one in TABLES
                ),
                *(f"revoke update, delete, truncate on {one} from handrail_app" for one in TABLES),
            ]
        ),
    )
