"""Taking, renewing and taking back consents.

A consent is prepared with its exact text, then signed once, by the client or by whoever may sign
for them. From then on it is only ended: taken back, replaced, or found to be false.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client, Contact
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.consents import errors
from handrail.areas.consents.models import (
    Consent,
    ConsentRecipient,
    SaidHow,
    SignedHow,
    SignedWhere,
)
from handrail.areas.consents.selectors.consents import as_rules, with_recipients
from handrail.areas.consents.services.contact_permissions import tell_contacts
from handrail.areas.consents.services.disclosures import stop_under
from handrail.areas.organizations.models import Organization
from handrail.areas.worklist.services import refresh_due
from handrail.core import consents as rules
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.consent_text import written
from handrail.core.consents import ConsentKind, Content, Ended, Named, Purpose, RecipientKind
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.data import consent_wording
from handrail.foundation.audit import trail

LONGEST_NAME = 200
LONGEST_WHY = 300
MOST_POINTS = 4_000
"""Points that a drawn signature has at most."""
FEWEST_POINTS = 5
"""Fewer than this is a slip of the finger and no signature."""

Strokes = Sequence[Sequence[Sequence[int]]]
"""A drawn signature: each stroke is a list of points, each point [across, down]."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How someone signed. `authority` says why they may sign for the client, if they do."""

    name: str
    how: str = SignedHow.TYPED
    where: str = SignedWhere.HERE
    strokes: Strokes = ()
    authority: str = ""


@transaction.atomic
def prepare_consent(
    *,
    client_id: UUID,
    kind: str,
    recipients: Sequence[Named],
    contents: Collection[Content] = rules.EVERYTHING,
    purposes: Collection[Purpose] = (),
    expires_date: date | None = None,
    expires_when: str = "",
    not_before: date | None = None,
    asked_alone: bool = False,
    renews_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Consent:
    """Write a consent out, ready to be read and signed. It covers nothing until it is signed.

    Without purposes it states those of its form. Errors: consents.errors, by field.
    """
    client = locked_client(client_id, by, Action.RECORD_CONSENT)
    if kind not in tuple(ConsentKind):
        raise errors.KindNotChosen
    form = ConsentKind(kind)
    named = tuple(_checked(one, client) for one in recipients)
    asked = rules.Consent(
        id="",
        kind=form,
        client=client.full_name,
        discloser=Organization.objects.get(pk=by.organization_id).name,
        named=named,
        contents=frozenset(contents),
        purposes=frozenset(purposes) or _usual_purposes(form),
        text="",
        expires_on=expires_date,
        expires_when=one_line(expires_when),
        asked_alone=asked_alone,
        not_before=not_before,
    )
    asked = replace(asked, text=written(asked, consent_wording()))
    _check_form(asked, local_day(at, by))
    made = _kept(asked, client, renews_id, by, at)
    _record("consent.prepare", made, by)
    return made


@transaction.atomic
def sign_consent(*, consent_id: UUID, signature: Signature, by: Actor, at: datetime) -> Consent:
    """Keep the signature under a prepared consent. From here on it covers what it says.

    `by` is the witness. One that it renews ends now. Errors: consents.errors, by field.
    """
    found = _locked(consent_id, by, Action.RECORD_CONSENT)
    if found.signed_at:
        raise errors.SignedAlready(found.signed_at)
    if found.ended_at:
        raise errors.PutAwayUnsigned
    strokes, day = read_strokes(signature.strokes), local_day(at, by)
    _check_signature(signature, strokes, found, day)
    found.signed_at, found.signed_date = at, day
    found.signed_name, found.signed_how = one_line(signature.name), signature.how
    found.signed_where, found.drawn = signature.where, strokes
    found.authority, found.witnessed_by = one_line(signature.authority), by.name
    found.save(
        update_fields=[
            "signed_at", "signed_date", "signed_name", "signed_how", "signed_where", "drawn",
            "authority", "witnessed_by",
        ]
    )  # fmt: skip
    _end_the_one_before(found, by, at)
    tell_contacts(found.client_id, by, day)
    _record(Action.RECORD_CONSENT, found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def record_consent(
    *,
    client_id: UUID,
    kind: str,
    recipients: Sequence[Named],
    contents: Collection[Content] = rules.EVERYTHING,
    purposes: Collection[Purpose] = (),
    expires_date: date | None = None,
    expires_when: str = "",
    not_before: date | None = None,
    asked_alone: bool = False,
    signature: Signature,
    by: Actor,
    at: datetime,
) -> Consent:
    """Prepare a consent and keep its signature at once, as when it was signed on paper."""
    made = prepare_consent(
        client_id=client_id,
        kind=kind,
        recipients=recipients,
        contents=contents,
        purposes=purposes,
        expires_date=expires_date,
        expires_when=expires_when,
        not_before=not_before,
        asked_alone=asked_alone,
        by=by,
        at=at,
    )
    return sign_consent(consent_id=made.pk, signature=signature, by=by, at=at)


@transaction.atomic
def renew_consent(
    *,
    consent_id: UUID,
    expires_date: date | None = None,
    expires_when: str = "",
    by: Actor,
    at: datetime,
) -> Consent:
    """Prepare the same consent anew with another end. The old one holds until the new is signed."""
    old = _locked(consent_id, by, Action.RECORD_CONSENT)
    if not old.signed_at:
        raise errors.NeverSigned
    if old.ended in (Ended.FALSE, Ended.RENEWED):
        raise errors.NotRenewable(Ended(old.ended))
    was = as_rules(old)
    return prepare_consent(
        client_id=old.client_id,
        kind=old.kind,
        recipients=was.named,
        contents=was.contents,
        purposes=was.purposes,
        expires_date=expires_date,
        expires_when=expires_when,
        not_before=was.not_before,
        asked_alone=was.asked_alone,
        renews_id=old.pk,
        by=by,
        at=at,
    )


@transaction.atomic
def revoke_consent(
    *, consent_id: UUID, said_how: str, why: str = "", by: Actor, at: datetime
) -> Consent:
    """Write down that the client took a consent back. It stops at once, with all that waits.

    Anyone who takes the call may. Refused where the consent itself bars it for now (42 CFR 2.35).
    """
    found = _locked(consent_id, by, Action.REVOKE_CONSENT)
    if said_how not in SaidHow.values:
        raise errors.HowNotSaid
    words = one_line(why)
    raise_any(too_long({"why": words}, {"why": LONGEST_WHY}))
    if not found.signed_at:
        raise errors.UnsignedCannotEnd
    if found.ended:
        raise errors.TakenBackAlready(Ended(found.ended))
    if found.not_before and rules.cannot_take_back(as_rules(found), local_day(at, by)):
        raise errors.NotYetTakenBack(found.not_before)
    _end(found, Ended.REVOKED, by, at, how=said_how, why=words)
    _stop_all(found, "The client took the consent back.", by, at)
    _record(Action.REVOKE_CONSENT, found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def end_consent(*, consent_id: UUID, ended: str, why: str, by: Actor, at: datetime) -> Consent:
    """End a consent whose event has come, or which is known to be false. Stops all that waits."""
    found = _locked(consent_id, by, Action.RECORD_CONSENT)
    words = one_line(why)
    wrong = too_long({"why": words}, {"why": LONGEST_WHY})
    if ended not in (Ended.EVENT, Ended.FALSE):
        wrong.append(errors.EndNotChosen())
    if not words:
        wrong.append(errors.EndUnexplained())
    if found.ended_at:
        wrong.append(errors.EndedAlready(Ended(found.ended)))
    elif not found.signed_at:
        wrong.append(errors.UnsignedCannotEnd())
    raise_any(wrong)
    _end(found, Ended(ended), by, at, why=words)
    _stop_all(found, f"The consent {Ended(ended).words}.", by, at)
    _record("consent.end", found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def put_away_consent(*, consent_id: UUID, by: Actor, at: datetime) -> Consent:
    """Put a prepared consent away: the client does not want it, or it was prepared by mistake."""
    found = _locked(consent_id, by, Action.RECORD_CONSENT)
    if found.signed_at:
        raise errors.SignedCannotBePutAway
    if not found.ended_at:
        _end(found, Ended.NOT_SIGNED, by, at)
        _record("consent.put_away", found, by)
    return found


# ---- what is checked ---------------------------------------------------------------------------


def _usual_purposes(form: ConsentKind) -> frozenset[Purpose]:
    if form in (ConsentKind.NAMED, ConsentKind.COUNSELING_NOTES):
        return frozenset({Purpose.AT_MY_REQUEST})
    return form.purposes


def _checked(one: Named, client: Client) -> Named:
    """Whom it names, tidied; a contact by the name on file. Raises NotHere for others' contacts."""
    if one.kind is not RecipientKind.CONTACT or not one.contact_id:
        return replace(one, name=one_line(one.name))
    contact = Contact.objects.filter(
        organization_id=client.organization_id,
        client=client,
        pk=one.contact_id,
        ended_at__isnull=True,
    ).first()
    if contact is None:
        raise NotHere
    return replace(one, name=contact.name)


def _check_form(asked: rules.Consent, today: date) -> None:
    wrong: list[Invalid] = [
        _NOT_READY.get(field, errors.NotReady)(words).at(field)
        for field, words in rules.problems_of_form(asked).items()
    ]
    if asked.expires_on and asked.expires_on < today:
        wrong.append(errors.ExpiresInThePast())
    texts = {"recipients": max((one.name for one in asked.named), key=len, default="")}
    texts["expires"] = asked.expires_when
    raise_any([*too_long(texts, dict.fromkeys(texts, LONGEST_NAME)), *wrong])


_NOT_READY: Mapping[str, type[errors.NotReady]] = {
    "recipients": errors.RecipientsNotReady,
    "contents": errors.ContentsNotReady,
    "expires": errors.EndNotReady,
    "asked_alone": errors.NotAskedAlone,
}


def _check_signature(
    signature: Signature, strokes: list[list[list[int]]], found: Consent, day: date
) -> None:
    name, authority = one_line(signature.name), one_line(signature.authority)
    texts = {"name": name, "authority": authority}
    wrong = too_long(texts, dict.fromkeys(texts, LONGEST_NAME))
    if signature.how not in SignedHow.values or signature.where not in SignedWhere.values:
        wrong.append(errors.SignedNowhere())
    drawn = sum(len(one) for one in strokes)
    if signature.how == SignedHow.DRAWN and drawn < FEWEST_POINTS:
        wrong.append(errors.NotDrawn())
    same = rules.plain_name(name) == rules.plain_name(found.client_name)
    if not name:
        wrong.append(errors.SignerMissing())
    elif not same and not authority:
        wrong.append(errors.SignerNotTheClient(found.client_name))
    if found.expires_date and found.expires_date < day:
        wrong.append(errors.ExpiredUnsigned())
    raise_any(wrong)


def read_strokes(strokes: Strokes) -> list[list[list[int]]]:
    """Whole numbers only, and not too many. Raises DrawingUnreadable for anything else."""
    read = []
    try:
        for stroke in strokes:
            read.append([[int(across), int(down)] for across, down in stroke])
    except (TypeError, ValueError) as unreadable:
        raise errors.DrawingUnreadable from unreadable
    if sum(len(one) for one in read) > MOST_POINTS:
        raise errors.DrawingUnreadable
    if any(not 0 <= number <= 10_000 for one in read for point in one for number in point):
        raise errors.DrawingUnreadable
    return read


# ---- what is kept ------------------------------------------------------------------------------


def _kept(
    asked: rules.Consent, client: Client, renews_id: UUID | None, by: Actor, at: datetime
) -> Consent:
    made = Consent.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=asked.kind,
        client_name=asked.client,
        discloser=asked.discloser,
        contents=[one.value for one in Content if one in asked.contents],
        purposes=[one.value for one in Purpose if one in asked.purposes],
        expires_date=asked.expires_on,
        expires_when=asked.expires_when,
        not_before=asked.not_before,
        asked_alone=asked.asked_alone,
        wording=consent_wording().version,
        text=asked.text,
        text_sha256=sha256(asked.text.encode()).hexdigest(),
        renews_id=renews_id,
        prepared_at=at,
        prepared_by=by.name,
    )
    ConsentRecipient.objects.bulk_create(
        ConsentRecipient(
            organization_id=by.organization_id,
            consent=made,
            kind=one.kind,
            name=one.name,
            contact_id=one.contact_id,
            through=one.through,
        )
        for one in asked.named
    )
    return made


def _locked(consent_id: UUID, by: Actor, action: Action) -> Consent:
    check_access(by, action)
    mine = Consent.objects.filter(organization_id=by.organization_id, pk=consent_id)
    client_id = mine.values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    # The client first, as everywhere: what leaves is decided behind the same lock.
    locked_client(client_id, by, action)
    return with_recipients(mine.select_for_update(of=("self",))).get()


def _end_the_one_before(signed: Consent, by: Actor, at: datetime) -> None:
    if signed.renews_id is None:
        return
    old = Consent.objects.select_for_update().get(pk=signed.renews_id)
    if not old.ended_at:
        _end(old, Ended.RENEWED, by, at)
        _record("consent.end", old, by)


def _end(
    found: Consent, ended: Ended, by: Actor, at: datetime, *, how: str = "", why: str = ""
) -> None:
    found.ended_at, found.ended_date, found.ended = at, local_day(at, by), ended
    found.ended_by, found.ended_how, found.ended_why = by.name, how, why
    found.save(
        update_fields=["ended_at", "ended_date", "ended", "ended_by", "ended_how", "ended_why"]
    )


def _stop_all(found: Consent, why: str, by: Actor, at: datetime) -> None:
    """Everything that waits under it stops; contacts are told no more than what is left."""
    stop_under(found, why, by, at)
    tell_contacts(found.client_id, by, local_day(at, by))


def _record(action: str, consent: Consent, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", consent.client_id),
            trail.subject("consent", consent.pk),
        ],
    )
