"""Keeps organizations apart, and makes the table that counts attempts to sign in."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie


class Migration(migrations.Migration):
    """Row-level security, a key that carries the organization, and the cache's table."""

    dependencies = (("organizations", "0001_initial"),)
    operations = (
        anchor("organizations_membership"),
        tie("organizations_credential", "membership_id", "organizations_membership"),
        guard("organizations_credential"),
        guard("organizations_invitation"),
        guard("organizations_organizationsettings"),
        migrations.RunSQL(
            sql=[
                "create table handrail_cache (cache_key varchar(255) primary key,"
                " value text not null, expires timestamptz not null)",
                "create index handrail_cache_expires on handrail_cache (expires)",
            ],
            reverse_sql="drop table handrail_cache",
        ),
    )
