"""Notices about confidentiality, and requests to keep something from someone."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
    some_lines,
)
from handrail.areas.consents import errors
from handrail.areas.consents.models import NoticeGiven, NoticeText, Restriction, RestrictionAnswer
from handrail.areas.consents.selectors.consents import newest_notice
from handrail.areas.consents.services.consents import LONGEST_NAME, Strokes, read_strokes
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.consents import Content, RecipientKind
from handrail.core.errors import Missing, NotAChoice, raise_any, too_long
from handrail.data import consent_wording
from handrail.foundation.audit import trail

LONGEST_NOTICE = 20_000
LONGEST_VERSION = 40
LONGEST_WHY = 300
LONGEST_ASKED = 500


@transaction.atomic
def publish_notice(*, version: str, text: str, by: Actor, at: datetime) -> NoticeText:
    """Keep a new version of the notice; from now on clients are given this one."""
    check_access(by, Action.CHANGE_SETTINGS)
    label, words = one_line(version), some_lines(text)
    texts = {"version": label, "text": words}
    wrong = too_long(texts, {"version": LONGEST_VERSION, "text": LONGEST_NOTICE})
    wrong += [Missing().at(name) for name, typed in texts.items() if not typed]
    if NoticeText.objects.filter(organization_id=by.organization_id, version=label).exists():
        wrong.append(errors.VersionTaken())
    raise_any(wrong)
    made = _kept(label, words, by, at)
    trail.record(by=by, action="notice.publish", subjects=[trail.subject("notice", made.pk)])
    return made


@transaction.atomic
def give_notice(
    *,
    client_id: UUID,
    signed_name: str = "",
    strokes: Strokes = (),
    not_signed_why: str = "",
    by: Actor,
    at: datetime,
) -> NoticeGiven:
    """Keep that the client was given the notice: acknowledged by name, or why it was not signed."""
    client = locked_client(client_id, by, Action.RECORD_CONSENT)
    name, why = one_line(signed_name), one_line(not_signed_why)
    wrong = too_long(
        {"signed_name": name, "not_signed_why": why},
        {"signed_name": LONGEST_NAME, "not_signed_why": LONGEST_WHY},
    )
    if bool(name) == bool(why):
        wrong.append(errors.NoticeUnsigned())
    raise_any(wrong)
    made = NoticeGiven.objects.create(
        organization_id=by.organization_id,
        client=client,
        notice=_notice(by, at),
        signed_name=name,
        drawn=read_strokes(strokes),
        not_signed_why=why,
        given_at=at,
        given_by=by.name,
    )
    _record("notice.give", client_id, "notice", made.pk, by)
    return made


@transaction.atomic
def request_restriction(
    *,
    client_id: UUID,
    recipient_kind: str,
    recipient_name: str = "",
    contents: Collection[str] = (),
    asked: str,
    paid_in_full: bool = False,
    answer: str,
    answer_why: str = "",
    by: Actor,
    at: datetime,
) -> Restriction:
    """Keep what the client asked to be kept from someone, and the answer.

    Without contents it is everything. What they paid for in full themselves must be agreed to.
    """
    client = locked_client(client_id, by, Action.RECORD_CONSENT)
    words, why, name = one_line(asked), one_line(answer_why), one_line(recipient_name)
    wrong = too_long(
        {"asked": words, "answer_why": why, "recipient_name": name},
        {"asked": LONGEST_ASKED, "answer_why": LONGEST_WHY, "recipient_name": LONGEST_NAME},
    )
    if recipient_kind not in tuple(RecipientKind) or recipient_kind == RecipientKind.CLIENT:
        wrong.append(errors.RestrictedFromNobody())
    if set(contents) - set(Content):
        wrong.append(NotAChoice().at("contents"))
    if not words:
        wrong.append(errors.NothingAsked())
    if answer not in RestrictionAnswer.values:
        wrong.append(errors.AnswerNotChosen())
    if answer == RestrictionAnswer.DECLINED and paid_in_full:
        wrong.append(errors.MustAgree())
    elif answer == RestrictionAnswer.DECLINED and not why:
        wrong.append(errors.DeclinedWithoutReason())
    raise_any(wrong)
    made = Restriction.objects.create(
        organization_id=by.organization_id,
        client=client,
        recipient_kind=recipient_kind,
        recipient_name=name,
        contents=[one.value for one in Content if one in set(contents)],
        asked=words,
        paid_in_full=paid_in_full,
        answer=answer,
        answer_why=why,
        since_date=local_day(at, by),
        recorded_at=at,
        recorded_by=by.name,
    )
    _record("restriction.record", client_id, "restriction", made.pk, by)
    return made


@transaction.atomic
def lift_restriction(*, restriction_id: UUID, by: Actor, at: datetime) -> Restriction:
    """The client no longer wants it kept back, from this day on."""
    check_access(by, Action.RECORD_CONSENT)
    mine = Restriction.objects.filter(organization_id=by.organization_id, pk=restriction_id)
    found = mine.select_for_update().first()
    if found is None:
        raise NotHere
    if found.ended_at is None:
        found.ended_at, found.ended_date, found.ended_by = at, local_day(at, by), by.name
        found.save(update_fields=["ended_at", "ended_date", "ended_by"])
        _record("restriction.lift", found.client_id, "restriction", found.pk, by)
    return found


def _notice(by: Actor, at: datetime) -> NoticeText:
    """The version clients are given now; the one that ships is kept when it is first given."""
    found = newest_notice(by)
    if found:
        return found
    shipped = consent_wording().notice
    return _kept(shipped.version, shipped.text, by, at)


def _kept(version: str, text: str, by: Actor, at: datetime) -> NoticeText:
    return NoticeText.objects.create(
        organization_id=by.organization_id,
        version=version,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        made_at=at,
        made_by=by.name,
    )


def _record(action: str, client_id: UUID, kind: str, key: UUID, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[trail.subject("client", client_id), trail.subject(kind, key)],
    )
