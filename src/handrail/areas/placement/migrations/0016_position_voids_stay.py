"""Ties a position to its payer, and keeps what voids a position as it was written."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

POSITION, VOID = "placement_position", "placement_positionvoid"


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and nothing rewritten."""

    dependencies = (
        ("placement", "0015_position_payer_and_void"),
        ("clients", "0007_coverage_apart"),
    )
    operations = (
        anchor(POSITION),
        tie(POSITION, "payer_id", "clients_payer"),
        tie(VOID, "position_id", POSITION),
        guard(VOID),
        migrations.RunSQL(
            sql=[
                f"create trigger ledger_stays before update or delete on {VOID}"
                " for each row execute function ledger_row_stays()",
                f"revoke update, delete on {VOID} from handrail_app",
            ],
            reverse_sql=[
                f"grant update, delete on {VOID} to handrail_app",
                f"drop trigger ledger_stays on {VOID}",
            ],
        ),
    )
