"""Finds a client by birth date without looking through all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = (("clients", "0002_apart"),)
    operations = (
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["organization", "birth_date"], name="client_by_birth_date"),
        ),
    )
