"""A clinician's word on a recommendation: confirmed, overridden with a reason, co-signed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import local_day, locked_client, one_line
from handrail.areas.organizations.models import Credential, Membership
from handrail.areas.recommendations import errors
from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.areas.recommendations.services.standing import (
    answer_of,
    beside,
    kept_as,
    standing,
    steps_of,
    subjects,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access, is_clinician
from handrail.core.errors import raise_any, too_long
from handrail.core.ledger.agreements import check_override
from handrail.core.ledger.positions import Steps, point
from handrail.core.notes import signatures
from handrail.data import care_catalogue, ledger_rules, note_rules
from handrail.foundation.audit import trail

LONGEST_REASON = 500


@transaction.atomic
def confirm_recommendation(
    *, client_id: UUID, recommendation_id: UUID, by: Actor, at: datetime
) -> Confirmation:
    """Put a clinician's name to what was found. A range is settled first, not confirmed."""
    client = locked_client(client_id, by, Action.CONFIRM_RECOMMENDATION)
    kept = standing(recommendation_id, client)
    if answer_of(kept).at_least:
        raise errors.OnlyTheLeast
    if answer_of(kept).level is None:
        raise errors.NoSingleLevel
    last = max(kept.confirmations.all(), key=lambda one: one.confirmed_at, default=None)
    if last and not last.overrides and (last.co_signed_at or not last.needs_co_signature):
        raise errors.ConfirmedAlready(last.confirmed_by)
    return _keep(client, kept, by=by, at=at)


@transaction.atomic
def override_recommendation(
    *,
    client_id: UUID,
    recommendation_id: UUID,
    sequence: Sequence[str],
    reason_code: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Confirmation:
    """Put another level in the place of what was found, with a reason from the list and in words.

    Raises FloorUnmet below the floor: that is an informed refusal, whoever wants it.
    """
    client = locked_client(client_id, by, Action.CONFIRM_RECOMMENDATION)
    kept = standing(recommendation_id, client)
    steps = steps_of(sequence)
    words = one_line(reason)
    wrong = too_long({"reason": words}, {"reason": LONGEST_REASON})
    if reason_code not in {one.code for one in ledger_rules().reasons_on(local_day(at, by))}:
        wrong.append(errors.ReasonNotChosen())
    if len(words.split()) < 3:
        wrong.append(errors.OverrideUnexplained())
    raise_any(wrong)
    for answer in (answer_of(kept), *beside(kept)):
        check_override(answer, steps)
    return _keep(client, kept, by=by, at=at, steps=steps, why=(reason_code, words))


@transaction.atomic
def co_sign(*, confirmation_id: UUID, by: Actor, at: datetime) -> Confirmation:
    """Put a supervisor's or the medical director's name under someone else's word."""
    check_access(by, Action.CO_SIGN_RECOMMENDATION)
    row = (
        Confirmation.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=confirmation_id)
        .first()
    )
    if row is None:
        raise NotHere
    if not row.needs_co_signature:
        raise errors.NeedsNoCoSignature
    if row.co_signed_at:
        raise errors.CoSignedAlready(row.co_signed_by)
    place, on = _place(by), local_day(at, by)
    held = _credentials(place)
    signatures.check_co_signer(
        author=str(row.confirmed_by_place_id),
        co_signer=str(place.pk) if place else by.id,
        credentials=held,
        on=on,
        sign_alone=note_rules().sign_alone,
    )
    row.co_signed_at, row.co_signed_by_place = at, place
    row.co_signed_by = signatures.signature_line(by.name, held, on=on)
    row.save(update_fields=["co_signed_at", "co_signed_by", "co_signed_by_place"])
    trail.record(
        by=by,
        action=Action.CO_SIGN_RECOMMENDATION,
        subjects=subjects(row.client_id, "confirmation", row.pk),
    )
    refresh_due(row, by=by, at=at)
    return row


def _keep(
    client: Client,
    kept: Recommendation,
    *,
    by: Actor,
    at: datetime,
    steps: Steps = (),
    why: tuple[str, str] = ("", ""),
) -> Confirmation:
    place, on = _place(by), local_day(at, by)
    held = _credentials(place)
    row = Confirmation.objects.create(
        organization_id=by.organization_id,
        client=client,
        recommendation=kept,
        overrides=bool(steps),
        sequence=kept_as(steps),
        level=point(steps, care_catalogue()) if steps else "",
        reason_code=why[0],
        reason=why[1],
        confirmed_at=at,
        confirmed_by=signatures.signature_line(by.name, held, on=on),
        confirmed_by_place=place,
        needs_co_signature=_needs_co_signature(by, held, on),
    )
    trail.record(
        by=by,
        action=Action.CONFIRM_RECOMMENDATION,
        subjects=subjects(client.pk, "confirmation", row.pk),
    )
    refresh_due(row, by=by, at=at)
    return row


def _needs_co_signature(by: Actor, held: Sequence[signatures.Credential], on: date) -> bool:
    """An intake coordinator's word, and that of a clinician who does not sign alone."""
    if not is_clinician(by):
        return True
    return not by.is_system and signatures.needs_co_signature(
        held, on=on, sign_alone=note_rules().sign_alone
    )


def _place(by: Actor) -> Membership | None:
    if by.is_system:
        return None
    return Membership.objects.get(user_id=by.id, organization_id=by.organization_id)


def _credentials(place: Membership | None) -> tuple[signatures.Credential, ...]:
    rows = Credential.objects.filter(membership=place, voided_at__isnull=True) if place else ()
    return tuple(
        signatures.Credential(one.short, one.expires_date)
        for one in sorted(rows, key=lambda one: (one.recorded_at, one.pk))
    )
