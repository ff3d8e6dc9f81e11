"""Keeps recommendations of organizations apart, and each as it was made."""

from django.db import migrations

from handrail.foundation.tenancy import guard, tie

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


class Migration(migrations.Migration):
    """Row-level security, a key that carries the organization, and nothing rewritten."""

    dependencies = (("placement", "0002_recommendations"), ("clients", "0002_apart"))
    operations = (
        tie("placement_recommendation", "client_id", "clients_client"),
        guard("placement_recommendation"),
        guard("placement_ruletext"),
        migrations.RunSQL(
            sql=[
                KEEP,
                "create trigger recommendation_stays before update or delete"
                " on placement_recommendation for each row"
                " execute function recommendation_keeps_what_was_said()",
                "revoke delete on placement_recommendation from handrail_app",
                "revoke update, delete on placement_ruletext from handrail_app",
            ],
            reverse_sql=[
                "grant update, delete on placement_ruletext to handrail_app",
                "grant delete on placement_recommendation to handrail_app",
                "drop trigger recommendation_stays on placement_recommendation",
                "drop function recommendation_keeps_what_was_said()",
            ],
        ),
    )
