"""Finds what was done to one thing, and who looked at it, without reading the whole trail."""

import django.db.models.deletion
from django.db import migrations, models

from handrail.foundation.tenancy import anchor, guard, tie


class Migration(migrations.Migration):
    """A row for each entry and thing it is about; it can only be added to, as the trail itself.

    Earlier entries are carried over. For that the table's owner sees all organizations' entries,
    until the end of this transaction.
    """

    dependencies = (("audit", "0002_append_only"),)
    operations = (
        migrations.CreateModel(
            name="AuditSubject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "subject",
                        "entry_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organization_id", models.UUIDField()),
                ("subject", models.CharField(db_collation="C", max_length=120)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="audit.auditentry",
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            sql=[
                "alter table audit_auditentry no force row level security",
                "insert into audit_auditsubject (organization_id, subject, entry_id, recorded_at)"
                " select distinct organization_id, unnest(subjects), id, recorded_at"
                " from audit_auditentry",
            ],
            reverse_sql="alter table audit_auditentry force row level security",
        ),
        # The anchor's unique key serves the pages as well as the index did.
        migrations.RemoveIndex(model_name="auditentry", name="audit_by_page"),
        anchor("audit_auditentry"),
        tie("audit_auditsubject", "entry_id", "audit_auditentry"),
        migrations.RunSQL(
            sql="alter table audit_auditentry force row level security",
            reverse_sql="alter table audit_auditentry no force row level security",
        ),
        guard("audit_auditsubject"),
        migrations.RunSQL(
            sql=[
                "create trigger audit_keeps_rows before update or delete on audit_auditsubject"
                " for each row execute function audit_refuses()",
                "create trigger audit_keeps_all before truncate on audit_auditsubject"
                " for each statement execute function audit_refuses()",
                "revoke update, delete, truncate on audit_auditsubject from handrail_app",
            ],
            reverse_sql=[
                "grant update, delete on audit_auditsubject to handrail_app",
                "drop trigger audit_keeps_all on audit_auditsubject",
                "drop trigger audit_keeps_rows on audit_auditsubject",
            ],
        ),
    )
