"""Organizations kept apart, and the cache's table."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart


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
            ]
        ),
    )
