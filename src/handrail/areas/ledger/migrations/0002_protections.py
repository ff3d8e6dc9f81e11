"""Organizations kept apart; a row of the ledger is followed, never changed."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, trigger, written_once

ROWS = (
    "ledger_position",
    "ledger_positionvoid",
    "ledger_agreement",
    "ledger_unmetneed",
    "ledger_informedrefusal",
)
NEVER = """
create function ledger_row_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a row of the ledger is followed by another, never changed'
        using errcode = 'insufficient_privilege';
end $$
"""


class Migration(migrations.Migration):
    """Organizations kept apart; a row of the ledger is followed, never changed."""

    dependencies = (
        ("ledger", "0001_initial"),
        ("recommendations", "0002_protections"),
        ("coverage", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                NEVER,
                *trigger("ledger_stays", "ledger_row_stays", *ROWS),
                *written_once(*ROWS),
            ]
        ),
    )
