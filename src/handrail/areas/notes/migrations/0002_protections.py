"""Organizations kept apart, and signed notes that stay."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, trigger, written_once

KEEP_SIGNED = """
create function note_keeps_what_was_signed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a signed note is voided, never removed'
            using errcode = 'insufficient_privilege';
    end if;
    if (new.id, new.organization_id, new.client_id, new.episode_id, new.session_id,
        new.local_date, new.content, new.content_hash, new.has_risk_statement,
        new.needs_co_signature, new.signed_at, new.signed_by_id, new.signed_name)
        is distinct from
       (old.id, old.organization_id, old.client_id, old.episode_id, old.session_id,
        old.local_date, old.content, old.content_hash, old.has_risk_statement,
        old.needs_co_signature, old.signed_at, old.signed_by_id, old.signed_name)
        or old.state = 'voided'
    then
        raise exception 'what was signed stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$
"""
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
KEEP_ADDENDA = """
create function addendum_stays() returns trigger language plpgsql as $$
begin
    raise exception 'an addendum stays as it was signed' using errcode = 'insufficient_privilege';
end $$
"""


class Migration(migrations.Migration):
    """Organizations kept apart, and signed notes that stay."""

    dependencies = (
        ("notes", "0001_initial"),
        ("schedule", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP_SIGNED,
                FORWARD_ONLY,
                KEEP_ADDENDA,
                *trigger("note_stays", "note_keeps_what_was_signed", "notes_note"),
                # A second trigger beside the one that keeps the content.
                *trigger(
                    "note_goes_forward", "note_goes_forward_only", "notes_note", when="update"
                ),
                *trigger("addendum_stays", "addendum_stays", "notes_addendum"),
                *never_removed("notes_note"),
                *written_once("notes_addendum"),
            ]
        ),
    )
