"""Keeps waiting lists of organizations apart."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

PLACE = "programs_waitingplace"
ATTEMPT = "programs_waitingattempt"


class Migration(migrations.Migration):
    """Row-level security, and keys that carry the organization."""

    dependencies = (("programs", "0012_waiting_list"),)
    operations = (
        tie(PLACE, "client_id", "clients_client"),
        tie(PLACE, "program_id", "programs_program"),
        tie(PLACE, "track_id", "programs_track"),
        guard(PLACE),
        anchor(PLACE),
        tie(ATTEMPT, "place_id", PLACE),
        guard(ATTEMPT),
    )
