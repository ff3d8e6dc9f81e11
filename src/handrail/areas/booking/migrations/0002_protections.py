"""Organizations kept apart; a person and a room have one screening slot at a time."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart

ONE_AT_A_TIME = """
alter table booking_screeningslot add constraint {name} exclude using gist
    (organization_id with =, {column} with =, tstzrange(starts_at, ends_at) with &&)
    where ({where})
"""


class Migration(migrations.Migration):
    """Organizations kept apart; a person and a room have one screening slot at a time."""

    dependencies = (
        ("booking", "0001_initial"),
        ("schedule", "0002_protections"),
        ("inquiries", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                ONE_AT_A_TIME.format(
                    name="person_one_slot_at_a_time",
                    column="membership_id",
                    where="withdrawn_at is null",
                ),
                ONE_AT_A_TIME.format(
                    name="room_one_slot_at_a_time",
                    column="room",
                    where="withdrawn_at is null and room <> ''",
                ),
            ]
        ),
    )
