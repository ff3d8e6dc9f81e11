"""Keeps programs of organizations apart, and signed notes as they were signed."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

CLIENT, EPISODE, COLLEAGUE = "clients_client", "clients_episode", "organizations_membership"
TRACK, SESSION, NOTE = "programs_track", "programs_session", "programs_note"

ONE_AT_A_TIME = """
alter table programs_session add constraint {name} exclude using gist
    (organization_id with =, {column} with =, tstzrange(starts_at, ends_at) with &&)
    where ({where}) deferrable initially deferred
"""

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

KEEP_ADDENDA = """
create function addendum_stays() returns trigger language plpgsql as $$
begin
    raise exception 'an addendum stays as it was signed' using errcode = 'insufficient_privilege';
end $$
"""


class Migration(migrations.Migration):
    """Row-level security, keys that carry the organization, one session at a time, signed notes."""

    dependencies = (
        ("programs", "0001_initial"),
        ("clients", "0002_apart"),
        ("organizations", "0002_apart"),
    )
    operations = (
        anchor("programs_program"),
        anchor(TRACK),
        anchor(SESSION),
        anchor("programs_enrollment"),
        anchor("programs_outreach"),
        anchor(NOTE),
        tie(TRACK, "program_id", "programs_program"),
        tie("programs_trackfacilitator", "track_id", TRACK),
        tie("programs_trackfacilitator", "membership_id", COLLEAGUE),
        tie(SESSION, "track_id", TRACK),
        tie("programs_sessionfacilitator", "session_id", SESSION),
        tie("programs_sessionfacilitator", "membership_id", COLLEAGUE),
        tie("programs_enrollment", "client_id", CLIENT),
        tie("programs_enrollment", "episode_id", EPISODE),
        tie("programs_enrollment", "track_id", TRACK),
        tie("programs_pause", "enrollment_id", "programs_enrollment"),
        tie("programs_makeup", "client_id", CLIENT),
        tie("programs_makeup", "episode_id", EPISODE),
        tie("programs_makeup", "session_id", SESSION),
        tie("programs_attendance", "session_id", SESSION),
        tie("programs_attendance", "client_id", CLIENT),
        tie("programs_attendance", "episode_id", EPISODE),
        tie("programs_appointment", "client_id", CLIENT),
        tie("programs_appointment", "episode_id", EPISODE),
        tie("programs_appointment", "membership_id", COLLEAGUE),
        tie("programs_goal", "client_id", CLIENT),
        tie("programs_goal", "episode_id", EPISODE),
        tie("programs_draftfield", "session_id", SESSION),
        tie("programs_draftfield", "client_id", CLIENT),
        tie(NOTE, "client_id", CLIENT),
        tie(NOTE, "episode_id", EPISODE),
        tie(NOTE, "session_id", SESSION),
        tie(NOTE, "signed_by_id", COLLEAGUE),
        tie(NOTE, "co_signed_by_id", COLLEAGUE),
        tie("programs_addendum", "note_id", NOTE),
        tie("programs_addendum", "signed_by_id", COLLEAGUE),
        tie("programs_outreach", "client_id", CLIENT),
        tie("programs_outreach", "session_id", SESSION),
        tie("programs_outreachattempt", "outreach_id", "programs_outreach"),
        tie("programs_outreachattempt", "contact_id", "clients_contact"),
        guard("programs_program"),
        guard(TRACK),
        guard("programs_trackfacilitator"),
        guard(SESSION),
        guard("programs_sessionfacilitator"),
        guard("programs_closure"),
        guard("programs_enrollment"),
        guard("programs_pause"),
        guard("programs_makeup"),
        guard("programs_attendance"),
        guard("programs_appointment"),
        guard("programs_goal"),
        guard("programs_draftfield"),
        guard(NOTE),
        guard("programs_addendum"),
        guard("programs_outreach"),
        guard("programs_outreachattempt"),
        migrations.RunSQL(
            sql=[
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
            ],
            reverse_sql=[
                "alter table programs_session drop constraint room_one_session_at_a_time",
                "alter table programs_session drop constraint track_one_session_at_a_time",
            ],
        ),
        migrations.RunSQL(
            sql=[
                KEEP_SIGNED,
                "create trigger note_stays before update or delete on programs_note"
                " for each row execute function note_keeps_what_was_signed()",
                KEEP_ADDENDA,
                "create trigger addendum_stays before update or delete on programs_addendum"
                " for each row execute function addendum_stays()",
                "revoke delete on programs_note, programs_addendum from handrail_app",
                "revoke update on programs_addendum from handrail_app",
            ],
            reverse_sql=[
                "grant update on programs_addendum to handrail_app",
                "grant delete on programs_note, programs_addendum to handrail_app",
                "drop trigger addendum_stays on programs_addendum",
                "drop function addendum_stays()",
                "drop trigger note_stays on programs_note",
                "drop function note_keeps_what_was_signed()",
            ],
        ),
    )
