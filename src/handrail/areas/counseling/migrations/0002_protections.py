"""Organizations kept apart, and signed counseling notes that stay."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, trigger

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
    """Organizations kept apart, and signed counseling notes that stay."""

    dependencies = (
        ("counseling", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                STAYS,
                *trigger(
                    "counseling_note_stays", "counseling_note_stays", "counseling_counselingnote"
                ),
            ]
        ),
    )
