"""Organizations kept apart, and the cache's table."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, written_within


class Migration(migrations.Migration):
    """Organizations kept apart, and the cache's table."""

    dependencies = (("organizations", "0001_initial"),)
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                "create table handrail_cache (cache_key varchar(255) primary key,"
                " value text not null, expires timestamptz not null)",
                "create index handrail_cache_expires on handrail_cache (expires)",
                # Everyone's places are read before an organization is known; they are written
                # within one. The list of migrations is not the site's to write.
                *written_within("organizations_membership"),
                *written_within("organizations_organization", key="id"),
                "revoke insert, update, delete on django_migrations from handrail_app",
            ]
        ),
    )
