"""Organizations kept apart; recommendations and a clinician's word on them stay."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, trigger, written_once

KEEP = """
create function recommendation_keeps_what_was_said() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a recommendation is voided, never removed'
            using errcode = 'insufficient_privilege';
    end if;
    if (new.id, new.organization_id, new.client_id, new.criteria, new.criteria_version,
        new.texts, new.facts, new.answer, new.answer_hash, new.level, new.why_now,
        new.made_at, new.made_by)
        is distinct from
       (old.id, old.organization_id, old.client_id, old.criteria, old.criteria_version,
        old.texts, old.facts, old.answer, old.answer_hash, old.level, old.why_now,
        old.made_at, old.made_by)
        or old.voided_at is not null
    then
        raise exception 'a recommendation stays as it was made'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
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


class Migration(migrations.Migration):
    """Organizations kept apart; recommendations and a clinician's word on them stay."""

    dependencies = (
        ("recommendations", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP,
                CO_SIGNED_ONCE,
                *trigger(
                    "recommendation_stays",
                    "recommendation_keeps_what_was_said",
                    "recommendations_recommendation",
                ),
                *trigger(
                    "confirmation_stays",
                    "confirmation_is_co_signed_once",
                    "recommendations_confirmation",
                ),
                *never_removed("recommendations_recommendation", "recommendations_confirmation"),
                *written_once("recommendations_ruletext"),
            ]
        ),
    )
