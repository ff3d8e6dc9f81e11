"""Keeps counseling notes of organizations apart; a signed one is never changed or removed."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

NOTE = "clients_counselingnote"
STAYS = """
create function counseling_note_stays() returns trigger language plpgsql as $$
begin
    if old.signed_at is not null then
        raise exception 'a counseling note stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if (new.id, new.organization_id, new.client_id, new.author_id) is distinct from
       (old.id, old.organization_id, old.client_id, old.author_id)
    then
        raise exception 'a counseling note stays as it was begun: about whom and by whom'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$
"""


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, signed notes that stay."""

    dependencies = (
        ("clients", "0010_counseling_notes"),
        ("organizations", "0002_apart"),
    )
    operations = (
        anchor(NOTE),
        tie(NOTE, "client_id", "clients_client"),
        tie(NOTE, "author_id", "organizations_membership"),
        tie(NOTE, "adds_to_id", NOTE),
        guard(NOTE),
        migrations.RunSQL(
            sql=[
                STAYS,
                f"create trigger counseling_note_stays before update or delete on {NOTE}"
                " for each row execute function counseling_note_stays()",
            ],
            reverse_sql=[
                f"drop trigger counseling_note_stays on {NOTE}",
                "drop function counseling_note_stays()",
            ],
        ),
    )
