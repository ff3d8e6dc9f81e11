"""The gate: everything that is printed, sent or told goes through `disclose` or the queue.

What leaves is decided, then accounted for. What waits is decided when it is put there and again
when it goes. A refusal is written down, without names.
"""

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client, Contact
from handrail.areas.clients.services.entering import local_day, locked_client, one_line
from handrail.areas.consents import errors
from handrail.areas.consents.models import Consent, Disclosure, DisclosureState, How
from handrail.areas.consents.selectors.disclosures import asked_in, decision, exception_in
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.consents import Content, Purpose, Recipient, RecipientKind
from handrail.core.disclosure import (
    Asked,
    Covered,
    Exception_,
    ExceptionKind,
    NotCovered,
    missing_in,
)
from handrail.core.errors import raise_any, too_long
from handrail.foundation.audit import trail

LONGEST_WHAT = 300
LONGEST_NAME = 200

_BY_ORDER = (ExceptionKind.COURT_ORDER, ExceptionKind.RESEARCH, ExceptionKind.AUDIT)


def disclose(
    *,
    client_id: UUID,
    recipient: Recipient,
    purpose: Purpose,
    contents: Collection[Content],
    what: str,
    how: str,
    exception: Exception_ | None = None,
    by: Actor,
    at: datetime,
) -> Disclosure:
    """Let something leave now, and account for it. Call it before printing, sending or telling.

    The row carries `statement` and `scope`: put both on whatever leaves. `how` is a value of How.
    Errors: Uncovered (a Refused) with the reasons when nothing covers it; others by field.
    """
    _check_may(by, exception)
    if how not in How.values:
        raise errors.WayNotSaid
    return _accounted(client_id, recipient, purpose, contents, what, "", exception, by, at, how=how)


def queue_disclosure(
    *,
    client_id: UUID,
    recipient: Recipient,
    purpose: Purpose,
    contents: Collection[Content],
    what: str,
    subject: str,
    exception: Exception_ | None = None,
    by: Actor,
    at: datetime,
) -> Disclosure:
    """Put something where it waits to leave, once the gate would let it: see `send_queued`.

    `subject` names the row that waits, as the trail spells it: `referral:<id>`.
    """
    return _accounted(client_id, recipient, purpose, contents, what, subject, exception, by, at)


def send_queued(*, disclosure_id: UUID, how: str, by: Actor, at: datetime) -> Disclosure:
    """Let what waits leave, if the gate still lets it: a consent may have ended meanwhile.

    Errors: Uncovered with the reasons, and it goes on waiting; Refused when it no longer waits.
    """
    check_access(by, Action.DISCLOSE)
    if how not in How.values:
        raise errors.WayNotSaid
    with transaction.atomic():
        found = _locked(disclosure_id, by)
        exception = exception_in(found)
        _check_may(by, exception)
        covered = decision(
            found.client_id, asked_in(found, local_day(at, by)), by=by, exception=exception
        )
        if isinstance(covered, Covered):
            _mark_sent(found, covered, how, by, at)
            return found
    raise _refusal(covered, found.client_id, by)


@transaction.atomic
def stop_queued(*, disclosure_id: UUID, why: str, by: Actor, at: datetime) -> Disclosure:
    """Stop something that waits, with the reason. It stays on the list as stopped."""
    found = _locked(disclosure_id, by)
    words = one_line(why)
    if not words:
        raise errors.StopUnexplained
    raise_any(too_long({"why": words}, {"why": LONGEST_WHAT}))
    _stop(found, words, by, at)
    return found


def stop_under(consent: Consent, why: str, by: Actor, at: datetime) -> None:
    """Stop everything that waits under a consent which has just ended, with the reason."""
    waiting = Disclosure.objects.select_for_update().filter(
        organization_id=by.organization_id, consent=consent, state=DisclosureState.QUEUED
    )
    for one in waiting.order_by("asked_at", "id"):
        _stop(one, why, by, at)


# ---- deciding and accounting -------------------------------------------------------------------


def _accounted(
    client_id: UUID,
    recipient: Recipient,
    purpose: Purpose,
    contents: Collection[Content],
    what: str,
    subject: str,
    exception: Exception_ | None,
    by: Actor,
    at: datetime,
    *,
    how: str = "",
) -> Disclosure:
    """Decide behind the client's lock and keep the row; a refusal is kept in its place."""
    _check_may(by, exception)
    with transaction.atomic():
        client = locked_client(client_id, by, _action(exception))
        named, words = _recipient(recipient, client), one_line(what)
        if not words:
            raise errors.WhatNotSaid
        raise_any(too_long({"what": words}, {"what": LONGEST_WHAT}))
        asked = Asked(named, purpose, frozenset(contents), local_day(at, by))
        covered = decision(client_id, asked, by=by, exception=exception)
        if isinstance(covered, Covered):
            return _kept(client, asked, words, subject, exception, covered, how, by, at)
        if exception and (wrong := missing_in(asked, exception)):
            raise_any([errors.ExceptionLacks(said).at(name) for name, said in wrong.items()])
    raise _refusal(covered, client_id, by)


def _action(exception: Exception_ | None) -> Action:
    if exception is None:
        return Action.DISCLOSE
    if exception.kind in _BY_ORDER:
        return Action.DISCLOSE_BY_ORDER
    return Action.DISCLOSE_WITHOUT_CONSENT


def _check_may(by: Actor, exception: Exception_ | None) -> None:
    check_access(by, _action(exception))


def _recipient(recipient: Recipient, client: Client) -> Recipient:
    """By the name on file for a contact. Raises NotHere for a contact who is not this client's."""
    if recipient.kind is RecipientKind.CLIENT:
        return Recipient(recipient.kind, client.full_name)
    if not recipient.contact_id:
        name = one_line(recipient.name)
        raise_any(too_long({"recipient": name}, {"recipient": LONGEST_NAME}))
        return Recipient(recipient.kind, name)
    contact = Contact.objects.filter(
        organization_id=client.organization_id, client=client, pk=recipient.contact_id
    ).first()
    if contact is None:
        raise NotHere
    return Recipient(recipient.kind, contact.name, str(contact.pk))


def _kept(
    client: Client,
    asked: Asked,
    what: str,
    subject: str,
    exception: Exception_ | None,
    covered: Covered,
    how: str,
    by: Actor,
    at: datetime,
) -> Disclosure:
    made = Disclosure.objects.create(
        organization_id=by.organization_id,
        client=client,
        recipient_kind=asked.recipient.kind,
        recipient_name=asked.recipient.name,
        contact_id=_key(asked.recipient.contact_id),
        purpose=asked.purpose,
        contents=[one.value for one in Content if one in asked.contents],
        what=what,
        subject=subject,
        consent_id=_key(covered.consent_id),
        exception=exception.kind if exception else "",
        details=_details(exception) if exception else {},
        statement=covered.statement,
        scope=covered.scope,
        state=DisclosureState.SENT if how else DisclosureState.QUEUED,
        how=how,
        asked_at=at,
        asked_by=by.name,
        left_at=at if how else None,
        left_by=by.name if how else "",
    )
    _record(_action(exception) if how else "disclosure.queue", made, by)
    return made


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _details(exception: Exception_) -> dict[str, str]:
    """What was written down of an exception, as words; days as 2026-11-24."""
    values = {one.name: getattr(exception, one.name) for one in fields(exception)}
    del values["kind"]
    return {
        field: value.isoformat() if isinstance(value, date) else one_line(value)
        for field, value in values.items()
        if value
    }


def _mark_sent(found: Disclosure, covered: Covered, how: str, by: Actor, at: datetime) -> None:
    found.state, found.how = DisclosureState.SENT, how
    found.left_at, found.left_by = at, by.name
    found.consent_id = _key(covered.consent_id)
    found.statement, found.scope = covered.statement, covered.scope
    found.save(
        update_fields=["state", "how", "left_at", "left_by", "consent", "statement", "scope"]
    )
    _record(Action.DISCLOSE, found, by)
    refresh_due(found, by=by, at=at)


def _stop(found: Disclosure, why: str, by: Actor, at: datetime) -> None:
    found.state = DisclosureState.STOPPED
    found.stopped_at, found.stopped_by, found.stopped_why = at, by.name, why
    found.save(update_fields=["state", "stopped_at", "stopped_by", "stopped_why"])
    _record("disclosure.stop", found, by)
    refresh_due(found, by=by, at=at)


def _locked(disclosure_id: UUID, by: Actor) -> Disclosure:
    check_access(by, Action.DISCLOSE)
    mine = Disclosure.objects.filter(organization_id=by.organization_id, pk=disclosure_id)
    client_id = mine.values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    locked_client(client_id, by, Action.DISCLOSE)
    found = mine.select_for_update().get()
    if found.state == DisclosureState.STOPPED:
        raise errors.Stopped(found.stopped_why)
    if found.state == DisclosureState.SENT:
        raise errors.LeftAlready
    return found


def _refusal(found: NotCovered, client_id: UUID, by: Actor) -> errors.Uncovered:
    """Write down that it was refused, outside of what was undone, and make the refusal."""
    trail.record(
        by=by,
        action="disclosure.refused",
        subjects=[trail.subject("client", client_id)],
        detail={"reasons": list(found.reasons)},
    )
    return errors.Uncovered(tuple(found.reasons), client_id)


def _record(action: str, row: Disclosure, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", row.client_id),
            trail.subject("disclosure", row.pk),
        ],
    )
