"""Places of work are written within their organization, and the list of migrations not at all."""

from django.db import migrations

from handrail.foundation.tenancy import guard_writes


class Migration(migrations.Migration):
    """Everyone's places are read before an organization is known; they are written within one."""

    dependencies = (("organizations", "0003_after_hours"),)
    operations = (
        guard_writes("organizations_membership"),
        guard_writes("organizations_organization", key="id"),
        migrations.RunSQL(
            sql="revoke insert, update, delete on django_migrations from handrail_app",
            reverse_sql="grant insert, update, delete on django_migrations to handrail_app",
        ),
    )
