"""Keeps hours, slots and bookings of organizations apart; slots of a person never overlap.

The published programs and their open times stay outside row-level security: public pages have no
organization. Their keys carry it all the same.
"""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

COLLEAGUE, SLOT, BOOKING = (
    "organizations_membership",
    "programs_screeningslot",
    "programs_booking",
)
PUBLISHED = "programs_publishedprogram"

ONE_AT_A_TIME = f"""
alter table {SLOT} add constraint {{name}} exclude using gist
    (organization_id with =, {{column}} with =, tstzrange(starts_at, ends_at) with &&)
    where ({{where}})
"""


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, one slot at a time."""

    dependencies = (
        ("programs", "0007_screening_slots"),
        ("organizations", "0002_apart"),
    )
    operations = (
        anchor(SLOT),
        anchor(BOOKING),
        anchor(PUBLISHED),
        tie("programs_workinghours", "membership_id", COLLEAGUE),
        tie("programs_timeaway", "membership_id", COLLEAGUE),
        tie(SLOT, "membership_id", COLLEAGUE),
        tie(BOOKING, "slot_id", SLOT),
        tie("programs_letter", "booking_id", BOOKING),
        tie(PUBLISHED, "program_id", "programs_program"),
        tie("programs_openslot", "program_id", PUBLISHED),
        guard("programs_room"),
        guard("programs_workinghours"),
        guard("programs_timeaway"),
        guard(SLOT),
        guard(BOOKING),
        guard("programs_letter"),
        migrations.RunSQL(
            sql=[
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
            ],
            reverse_sql=[
                f"alter table {SLOT} drop constraint room_one_slot_at_a_time",
                f"alter table {SLOT} drop constraint person_one_slot_at_a_time",
            ],
        ),
    )
