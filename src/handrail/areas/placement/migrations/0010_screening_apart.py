"""Keeps screening calls of organizations apart, and what was done in danger as it was written."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

SCREENING = "placement_screening"
ANSWER, STEP = "placement_screeninganswer", "placement_emergencystep"
RECOMMENDATION = "placement_recommendation"

# A text stays as it was typed once the call has ended; what comes later is kept beside it.
KEEP = """
create function screening_stays_ended() returns trigger language plpgsql as $$
begin
    if old.ended_at is not null and
       (new.ended_at, new.ended_by, new.outcome, new.outcome_words, new.follow_up_date,
        new.client_id, new.recommendation_id, new.inquiry_id)
       is distinct from
       (old.ended_at, old.ended_by, old.outcome, old.outcome_words, old.follow_up_date,
        old.client_id, old.recommendation_id, old.inquiry_id)
    then
        raise exception 'a screening call that has ended stays as it ended'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger screening_stays_ended before update on placement_screening
    for each row execute function screening_stays_ended();
"""


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, and what is written once."""

    dependencies = (("placement", "0009_screening"), ("clients", "0002_apart"))
    operations = (
        anchor(SCREENING),
        anchor(RECOMMENDATION),
        tie(SCREENING, "inquiry_id", "placement_inquiry"),
        tie(SCREENING, "holder_id", "organizations_membership"),
        tie(SCREENING, "client_id", "clients_client"),
        tie(SCREENING, "recommendation_id", RECOMMENDATION),
        tie(ANSWER, "screening_id", SCREENING),
        tie(STEP, "screening_id", SCREENING),
        guard(SCREENING),
        guard(ANSWER),
        guard(STEP),
        migrations.RunSQL(
            sql=[
                f"revoke delete on {SCREENING} from handrail_app",
                f"revoke update, delete on {STEP} from handrail_app",
                KEEP,
            ],
            reverse_sql=[
                "drop trigger screening_stays_ended on placement_screening",
                "drop function screening_stays_ended()",
                f"grant update, delete on {STEP} to handrail_app",
                f"grant delete on {SCREENING} to handrail_app",
            ],
        ),
    )
