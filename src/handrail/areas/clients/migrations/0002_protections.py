"""Organizations kept apart, and a baseline that only grows."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, written_once


class Migration(migrations.Migration):
    """Organizations kept apart, and a baseline that only grows."""

    dependencies = (
        ("clients", "0001_initial"),
        ("organizations", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                *written_once("clients_baselineentry"),
            ]
        ),
    )
