"""Organizations kept apart."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart


class Migration(migrations.Migration):
    """Organizations kept apart."""

    dependencies = (
        ("enrollment", "0001_initial"),
        ("schedule", "0002_protections"),
    )
    operations = (KeepApart(),)
