"""Reading what left a chart, what waits to leave, and whether something may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.consents.models import Consent, Disclosure
from handrail.areas.consents.selectors.consents import as_rules, limits_of, with_recipients
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.disclosure import (
    Asked,
    Content,
    Covered,
    Exception_,
    ExceptionKind,
    NotCovered,
    Purpose,
    Recipient,
    RecipientKind,
    decide,
)

ACCOUNTED = timedelta(days=3 * 366)
"""How far back a person may ask who was told what (42 CFR 2.25: three years)."""

EXCEPTION_WORDS = ("why", "works_at", "court", "order", "subpoena", "agreement")
"""The fields of an exception that are words; the others are days."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits to leave, and why it may not leave as things stand (or nothing)."""

    row: Disclosure
    against: str


def may_disclose(
    *,
    client_id: UUID,
    recipient: Recipient,
    purpose: Purpose,
    contents: Collection[Content],
    exception: Exception_ | None = None,
    by: Actor,
    on: date,
) -> Covered | NotCovered:
    """Whether something may leave on that day: for showing the reason before anyone presses."""
    check_access(by, Action.READ_CHART)
    if not Client.objects.filter(organization_id=by.organization_id, pk=client_id).exists():
        raise NotHere
    return decision(
        client_id, Asked(recipient, purpose, frozenset(contents), on), by=by, exception=exception
    )


def decision(
    client_id: UUID, asked: Asked, *, by: Actor, exception: Exception_ | None = None
) -> Covered | NotCovered:
    """What the gate says, without asking for access: for services that have asked."""
    rows = with_recipients(
        Consent.objects.filter(organization_id=by.organization_id, client=client_id)
    )
    return decide(asked, [as_rules(one) for one in rows], limits_of(client_id, by), exception)


def accounting(client_id: UUID, *, by: Actor, at: datetime) -> tuple[Disclosure, ...]:
    """What left in the last three years, newest first: the list the person may ask for."""
    check_access(by, Action.READ_CHART)
    rows = Disclosure.objects.filter(
        organization_id=by.organization_id,
        client=client_id,
        state="sent",
        left_at__gte=at - ACCOUNTED,
    )
    return tuple(rows.select_related("consent").order_by("-left_at", "id"))


def disclosure(disclosure_id: UUID, *, by: Actor) -> Disclosure:
    """One thing that left, waits or was stopped. Raises NotHere for anyone else's."""
    check_access(by, Action.READ_CHART)
    found = (
        Disclosure.objects.filter(organization_id=by.organization_id, pk=disclosure_id)
        .select_related("consent")
        .first()
    )
    if found is None:
        raise NotHere
    return found


def disclosed_about(disclosure_id: UUID, *, by: Actor) -> UUID:
    """The client whose it is. Raises NotHere for anyone else's."""
    return disclosure(disclosure_id, by=by).client_id


def queue_of(client_id: UUID, *, by: Actor, on: date) -> tuple[Waiting, ...]:
    """What waits to leave this chart and what was stopped, the newest first.

    One query, and three more for each that waits: it is decided as things stand today.
    """
    check_access(by, Action.READ_CHART)
    rows = Disclosure.objects.filter(
        Q(state="queued") | Q(state="stopped"),
        organization_id=by.organization_id,
        client=client_id,
    ).order_by("state", "-asked_at", "id")
    return tuple(Waiting(one, _against(one, by, on)) for one in rows)


def asked_in(row: Disclosure, on: date) -> Asked:
    """What a row asks of the gate."""
    recipient = Recipient(
        kind=RecipientKind(row.recipient_kind),
        name=row.recipient_name,
        contact_id=str(row.contact_id) if row.contact_id else None,
    )
    contents = frozenset(Content(one) for one in row.contents)
    return Asked(recipient, Purpose(row.purpose), contents, on)


def exception_in(row: Disclosure) -> Exception_ | None:
    """The exception a row was written down under, if it was."""
    if not row.exception:
        return None
    words = {field: row.details.get(field, "") for field in EXCEPTION_WORDS}
    return Exception_(
        ExceptionKind(row.exception),
        order_date=_day(row.details.get("order_date")),
        agreement_until=_day(row.details.get("agreement_until")),
        **words,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _against(row: Disclosure, by: Actor, on: date) -> str:
    if row.state != "queued":
        return row.stopped_why
    found = decision(row.client_id, asked_in(row, on), by=by, exception=exception_in(row))
    return " ".join(found.reasons) if isinstance(found, NotCovered) else ""
