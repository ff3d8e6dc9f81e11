"""Organizations kept apart."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart


class Migration(migrations.Migration):
    """Organizations kept apart."""

    dependencies = (
        ("worklist", "0001_initial"),
        ("booking", "0002_protections"),
        ("inquiries", "0002_protections"),
    )
    operations = (KeepApart(),)
