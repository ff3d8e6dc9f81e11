"""Organizations kept apart, and nothing signed, given or disclosed rewritten."""

from django.db import migrations

from handrail.foundation.tenancy import KeepApart, never_removed, trigger, written_once

NEVER_REMOVED = ("consents_consent", "consents_disclosure", "consents_restriction")
WRITTEN_ONCE = ("consents_consentrecipient", "consents_noticetext", "consents_noticegiven")
KEEP = """
create function consent_stays_as_signed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a consent is taken back, never removed'
            using errcode = 'insufficient_privilege';
    end if;
    if (new.id, new.organization_id, new.client_id, new.kind, new.client_name, new.discloser,
        new.contents, new.purposes, new.expires_date, new.expires_when, new.not_before,
        new.asked_alone, new.wording, new.text, new.text_sha256, new.renews_id,
        new.prepared_at, new.prepared_by)
        is distinct from
       (old.id, old.organization_id, old.client_id, old.kind, old.client_name, old.discloser,
        old.contents, old.purposes, old.expires_date, old.expires_when, old.not_before,
        old.asked_alone, old.wording, old.text, old.text_sha256, old.renews_id,
        old.prepared_at, old.prepared_by)
        or (old.signed_at is not null and
            (new.signed_at, new.signed_date, new.signed_name, new.signed_how, new.signed_where,
             new.drawn, new.authority, new.witnessed_by)
             is distinct from
            (old.signed_at, old.signed_date, old.signed_name, old.signed_how, old.signed_where,
             old.drawn, old.authority, old.witnessed_by))
        or (old.ended_at is not null and
            (new.ended_at, new.ended_date, new.ended, new.ended_by, new.ended_how, new.ended_why,
             new.signed_at)
             is distinct from
            (old.ended_at, old.ended_date, old.ended, old.ended_by, old.ended_how, old.ended_why,
             old.signed_at))
    then
        raise exception 'a consent stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function consent_names_them_before_signing() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'a consent stays as it was signed'
            using errcode = 'insufficient_privilege';
    end if;
    if exists (select 1 from consents_consent where id = new.consent_id and signed_at is not null)
    then
        raise exception 'nobody is added to a signed consent'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function disclosure_stays_as_it_left() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a disclosure is accounted for, never removed'
            using errcode = 'insufficient_privilege';
    end if;
    if old.state <> 'queued' or
       (new.id, new.organization_id, new.client_id, new.recipient_kind, new.recipient_name,
        new.contact_id, new.purpose, new.contents, new.what, new.subject, new.exception,
        new.details, new.asked_at, new.asked_by)
        is distinct from
       (old.id, old.organization_id, old.client_id, old.recipient_kind, old.recipient_name,
        old.contact_id, old.purpose, old.contents, old.what, old.subject, old.exception,
        old.details, old.asked_at, old.asked_by)
    then
        raise exception 'a disclosure stays as it was accounted for'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function restriction_stays_as_asked() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.ended_at is not null or
       (new.id, new.organization_id, new.client_id, new.recipient_kind, new.recipient_name,
        new.contents, new.asked, new.paid_in_full, new.answer, new.answer_why, new.since_date,
        new.recorded_at, new.recorded_by)
        is distinct from
       (old.id, old.organization_id, old.client_id, old.recipient_kind, old.recipient_name,
        old.contents, old.asked, old.paid_in_full, old.answer, old.answer_why, old.since_date,
        old.recorded_at, old.recorded_by)
    then
        raise exception 'a request to restrict stays as it was asked and answered'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function notice_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a notice stays as it was given' using errcode = 'insufficient_privilege';
end $$;
"""


class Migration(migrations.Migration):
    """Organizations kept apart, and nothing signed, given or disclosed rewritten."""

    dependencies = (
        ("consents", "0001_initial"),
        ("clients", "0002_protections"),
    )
    operations = (
        KeepApart(),
        migrations.RunSQL(
            [
                KEEP,
                *trigger("consent_stays", "consent_stays_as_signed", "consents_consent"),
                *trigger(
                    "consent_recipient_stays",
                    "consent_names_them_before_signing",
                    "consents_consentrecipient",
                    when="insert or update or delete",
                ),
                *trigger("disclosure_stays", "disclosure_stays_as_it_left", "consents_disclosure"),
                *trigger("restriction_stays", "restriction_stays_as_asked", "consents_restriction"),
                *trigger(
                    "notice_stays", "notice_stays", "consents_noticetext", "consents_noticegiven"
                ),
                *never_removed(*NEVER_REMOVED),
                *written_once(*WRITTEN_ONCE),
            ]
        ),
    )
