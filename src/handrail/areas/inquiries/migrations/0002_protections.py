"""Organizations kept apart, and what is written once."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, written_once


class Migration(migrations.Migration):
    """Organizations kept apart, and what is written once."""

    dependencies = (
        ("inquiries", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                *never_removed("inquiries_inquiry"),
                *written_once("inquiries_inquiryevent", "inquiries_confided"),
            ]
        ),
    )
