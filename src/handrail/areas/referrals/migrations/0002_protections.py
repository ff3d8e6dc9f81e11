"""Organizations kept apart, and steps that are written once."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, written_once


class Migration(migrations.Migration):
    """Organizations kept apart, and steps that are written once."""

    dependencies = (
        ("referrals", "0001_initial"),
        ("consents", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                *never_removed("referrals_referral"),
                *written_once("referrals_referralstep"),
            ]
        ),
    )
