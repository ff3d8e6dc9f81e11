"""Keeps assessments of organizations apart; what was signed stays as it was signed."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

CLIENT, COLLEAGUE = "clients_client", "organizations_membership"
ASSESSMENT, ADDENDUM = "placement_assessment", "placement_assessmentaddendum"
FINDING, RESULT = "placement_assessedfinding", "placement_outsideresult"
ONLY_ADDED_TO = (ADDENDUM, FINDING)

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
    """Row-level security, keys that carry the organization, and nothing rewritten."""

    dependencies = (("placement", "0011_assessments"), ("clients", "0009_safety_apart"))
    operations = (
        anchor(ASSESSMENT),
        tie(ASSESSMENT, "client_id", CLIENT),
        tie(ASSESSMENT, "signed_by_id", COLLEAGUE),
        tie(ASSESSMENT, "co_signed_by_id", COLLEAGUE),
        tie(ADDENDUM, "assessment_id", ASSESSMENT),
        tie(ADDENDUM, "signed_by_id", COLLEAGUE),
        tie(FINDING, "assessment_id", ASSESSMENT),
        tie(RESULT, "client_id", CLIENT),
        guard(ASSESSMENT),
        guard(ADDENDUM),
        guard(FINDING),
        guard(RESULT),
        migrations.RunSQL(
            sql=[
                KEEP,
                "create trigger assessment_stays before update or delete on placement_assessment"
                " for each row execute function assessment_stays_as_signed()",
                *(f"revoke update, delete on {one} from handrail_app" for one in ONLY_ADDED_TO),
            ],
            reverse_sql=[
                *(f"grant update, delete on {one} to handrail_app" for one in ONLY_ADDED_TO),
                "drop trigger assessment_stays on placement_assessment",
                "drop function assessment_stays_as_signed()",
            ],
        ),
    )
