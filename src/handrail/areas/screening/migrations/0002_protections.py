"""Organizations kept apart; a call that has ended stays as it ended."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, trigger, written_once

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
"""


class Migration(migrations.Migration):
    """Organizations kept apart; a call that has ended stays as it ended."""

    dependencies = (
        ("screening", "0001_initial"),
        ("inquiries", "0002_protections"),
        ("recommendations", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP,
                *trigger(
                    "screening_stays_ended",
                    "screening_stays_ended",
                    "screening_screening",
                    when="update",
                ),
                *never_removed("screening_screening"),
                *written_once("screening_emergencystep"),
            ]
        ),
    )
