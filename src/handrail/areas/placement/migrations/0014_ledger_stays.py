"""Keeps the ledgers of organizations apart, and every row of them as it was written."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

CLIENT, MADE, COLLEAGUE = "clients_client", "placement_recommendation", "organizations_membership"
CONFIRMATION, POSITION = "placement_confirmation", "placement_position"
AGREEMENT, UNMET = "placement_agreement", "placement_unmetneed"
REFUSAL = "placement_informedrefusal"

NEVER = """
create function ledger_row_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a row of the ledger is followed by another, never changed'
        using errcode = 'insufficient_privilege';
end $$
"""
CO_SIGNED_ONCE = """
create function confirmation_is_co_signed_once() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.co_signed_at is not null or not old.needs_co_signature
        or (to_jsonb(new) - 'co_signed_at' - 'co_signed_by' - 'co_signed_by_place_id')
        is distinct from
        (to_jsonb(old) - 'co_signed_at' - 'co_signed_by' - 'co_signed_by_place_id')
    then
        raise exception 'a confirmation stays as it was written'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$
"""
KEPT = (POSITION, AGREEMENT, UNMET, REFUSAL)


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and nothing rewritten."""

    dependencies = (("placement", "0013_ledger"), ("clients", "0002_apart"))
    operations = (
        anchor(AGREEMENT),
        *(
            tie(table, "client_id", CLIENT)
            for table in (CONFIRMATION, POSITION, AGREEMENT, REFUSAL)
        ),
        *(tie(table, "recommendation_id", MADE) for table in (CONFIRMATION, AGREEMENT, REFUSAL)),
        tie(CONFIRMATION, "confirmed_by_place_id", COLLEAGUE),
        tie(CONFIRMATION, "co_signed_by_place_id", COLLEAGUE),
        tie(UNMET, "agreement_id", AGREEMENT),
        *(guard(table) for table in (CONFIRMATION, *KEPT)),
        migrations.RunSQL(
            sql=[
                NEVER,
                CO_SIGNED_ONCE,
                *(
                    f"create trigger ledger_stays before update or delete on {table}"
                    " for each row execute function ledger_row_stays()"
                    for table in KEPT
                ),
                f"create trigger confirmation_stays before update or delete on {CONFIRMATION}"
                " for each row execute function confirmation_is_co_signed_once()",
                *(f"revoke update, delete on {table} from handrail_app" for table in KEPT),
                f"revoke delete on {CONFIRMATION} from handrail_app",
            ],
            reverse_sql=[
                f"grant delete on {CONFIRMATION} to handrail_app",
                *(f"grant update, delete on {table} to handrail_app" for table in KEPT),
                f"drop trigger confirmation_stays on {CONFIRMATION}",
                *(f"drop trigger ledger_stays on {table}" for table in KEPT),
                "drop function confirmation_is_co_signed_once()",
                "drop function ledger_row_stays()",
            ],
        ),
    )
