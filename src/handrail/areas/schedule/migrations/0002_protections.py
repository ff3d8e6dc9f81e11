"""Organizations kept apart; a track and a room hold one session at a time."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart

ONE_AT_A_TIME = """
alter table schedule_session add constraint {name} exclude using gist
    (organization_id with =, {column} with =, tstzrange(starts_at, ends_at) with &&)
    where ({where}) deferrable initially deferred
"""


class Migration(migrations.Migration):
    """Organizations kept apart; a track and a room hold one session at a time."""

    dependencies = (
        ("schedule", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                "create extension if not exists btree_gist",
                ONE_AT_A_TIME.format(
                    name="track_one_session_at_a_time",
                    column="track_id",
                    where="state <> 'canceled'",
                ),
                ONE_AT_A_TIME.format(
                    name="room_one_session_at_a_time",
                    column="room",
                    where="state <> 'canceled' and room <> ''",
                ),
            ]
        ),
    )
