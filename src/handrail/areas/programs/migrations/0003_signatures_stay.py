"""What was co-signed or locked stays so, too: a note goes forward only, and ends void."""

from django.db import migrations

FORWARD_ONLY = """
create function note_goes_forward_only() returns trigger language plpgsql as $$
begin
    if (old.co_signed_at is not null and
        (new.co_signed_at, new.co_signed_by_id, new.co_signed_name)
        is distinct from (old.co_signed_at, old.co_signed_by_id, old.co_signed_name))
        or (old.locked_at is not null and
            (new.locked_at, new.locked_by) is distinct from (old.locked_at, old.locked_by))
        or (new.state <> old.state and (old.state, new.state) not in (
            ('signed', 'co-signed'), ('signed', 'locked'), ('signed', 'voided'),
            ('co-signed', 'locked'), ('co-signed', 'voided'), ('locked', 'voided')))
        or (new.state = 'locked' and new.needs_co_signature and new.co_signed_at is null)
    then
        raise exception 'what was signed stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$
"""


class Migration(migrations.Migration):
    """A second trigger beside the one that keeps the content."""

    dependencies = (("programs", "0002_apart"),)
    operations = (
        migrations.RunSQL(
            sql=[
                FORWARD_ONLY,
                "create trigger note_goes_forward before update on programs_note"
                " for each row execute function note_goes_forward_only()",
            ],
            reverse_sql=[
                "drop trigger note_goes_forward on programs_note",
                "drop function note_goes_forward_only()",
            ],
        ),
    )
