"""Organizations kept apart, and safety plans that only grow."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, written_once


class Migration(migrations.Migration):
    """Organizations kept apart, and safety plans that only grow."""

    dependencies = (
        ("safety", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                *written_once(
                    "safety_safetyplan", "safety_safetyplanlook", "safety_safetyplandeclined"
                ),
            ]
        ),
    )
