"""As whom someone signs: the name with its letters, until when, and whether that is enough."""

from dataclasses import dataclass
from datetime import date

from handrail.areas.organizations.models import Credential as CredentialRow
from handrail.core.access import Actor
from handrail.core.notes.signatures import (
    Credential,
    needs_co_signature,
    signature_line,
    valid_letters,
)
from handrail.data import note_rules


@dataclass(frozen=True, slots=True)
class SignsAs:
    """How someone's signature stands on a day. `until` is the last day of the license that lets
    them sign alone, None when it has no end or there is none.
    """

    line: str
    needs_co_signature: bool
    has_letters: bool
    until: date | None


def signs_as(*, by: Actor, on: date) -> SignsAs:
    """As whom a note signed on this day would be signed by this person. One query."""
    rows = CredentialRow.objects.filter(
        membership__user_id=by.id,
        organization_id=by.organization_id,
        membership__organization_id=by.organization_id,
        voided_at__isnull=True,
    ).order_by("recorded_at", "id")
    held = tuple(Credential(one.short, one.expires_date) for one in rows)
    alone = [one for one in held if one.is_valid(on) and _is_enough(one, on)]
    ends = [one.expires for one in alone if one.expires]
    return SignsAs(
        line=signature_line(by.name, held, on=on),
        needs_co_signature=not alone,
        has_letters=bool(valid_letters(held, on=on)),
        until=max(ends) if len(ends) == len(alone) and ends else None,
    )


def _is_enough(one: Credential, on: date) -> bool:
    return not needs_co_signature((one,), on=on, sign_alone=note_rules().sign_alone)
