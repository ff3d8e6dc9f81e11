"""Organizations kept apart, and nothing signed rewritten."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, trigger, written_once

KEEP = """
create function assessment_stays_as_signed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'an assessment is voided, never removed'
                using errcode = 'insufficient_privilege';
        end if;
        return old;
    end if;
    if old.state <> 'draft' and (
        (new.id, new.organization_id, new.client_id, new.content, new.content_hash,
         new.needs_co_signature, new.signed_at, new.signed_by_id, new.signed_name)
        is distinct from
        (old.id, old.organization_id, old.client_id, old.content, old.content_hash,
         old.needs_co_signature, old.signed_at, old.signed_by_id, old.signed_name)
        or (old.co_signed_at is not null and
            (new.co_signed_at, new.co_signed_by_id, new.co_signed_name)
            is distinct from (old.co_signed_at, old.co_signed_by_id, old.co_signed_name))
        or (new.state <> old.state and (old.state, new.state) not in (
            ('signed', 'co-signed'), ('signed', 'voided'), ('co-signed', 'voided'))))
    then
        raise exception 'what was signed stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$
"""


class Migration(migrations.Migration):
    """Organizations kept apart, and nothing signed rewritten."""

    dependencies = (
        ("assessment", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP,
                *trigger("assessment_stays", "assessment_stays_as_signed", "assessment_assessment"),
                *written_once("assessment_assessmentaddendum", "assessment_assessedfinding"),
            ]
        ),
    )
