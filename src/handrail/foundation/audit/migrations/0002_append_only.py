"""Makes the audit trail grow and nothing else."""

from django.db import migrations

from handrail.foundation.tenancy import guard

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
        guard("audit_auditentry"),
        migrations.RunSQL(
            sql=[
                REFUSE,
                "create trigger audit_keeps_rows before update or delete on audit_auditentry"
                " for each row execute function audit_refuses()",
                "create trigger audit_keeps_all before truncate on audit_auditentry"
                " for each statement execute function audit_refuses()",
                "revoke update, delete, truncate on audit_auditentry from handrail_app",
            ],
            reverse_sql=[
                "grant update, delete on audit_auditentry to handrail_app",
                "drop trigger audit_keeps_all on audit_auditentry",
                "drop trigger audit_keeps_rows on audit_auditentry",
                "drop function audit_refuses()",
            ],
        ),
    )
