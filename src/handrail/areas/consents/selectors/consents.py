"""Reading what a client signed: consents, notices and requests to restrict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.areas.consents.models import (
    Consent,
    ConsentRecipient,
    NoticeGiven,
    NoticeText,
    Restriction,
)
from handrail.core import consents as rules
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.disclosure import Content, RecipientKind
from handrail.core.disclosure import Restriction as Limit

SOON = timedelta(days=14)
"""A consent runs out soon when its last day is at most so far ahead."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A consent as it is kept, as the rules read it, and how it stands on the day asked for."""

    row: Consent
    consent: rules.Consent
    standing: rules.Standing

    @property
    def ends_soon(self) -> bool:
        """Whether it is one that holds and has a last day."""
        return self.standing.holds and self.row.expires_date is not None


def consents_of(client_id: UUID, *, by: Actor, on: date) -> tuple[OnFile, ...]:
    """Every consent of a client, newest first, those being prepared included. Two queries."""
    check_access(by, Action.READ_CHART)
    rows = with_recipients(
        Consent.objects.filter(organization_id=by.organization_id, client=client_id)
    )
    return _on_file(rows.order_by("-prepared_at", "id"), on)


def consent(consent_id: UUID, *, by: Actor, on: date) -> OnFile:
    """One consent. Raises NotHere for anyone else's."""
    check_access(by, Action.READ_CHART)
    rows = with_recipients(
        Consent.objects.filter(organization_id=by.organization_id, pk=consent_id)
    )
    found = _on_file(rows.select_related("client"), on)
    if not found:
        raise NotHere
    return found[0]


def told_to_contacts(client_id: UUID, *, by: Actor, on: date) -> Mapping[UUID, frozenset[Content]]:
    """What each contact may be told by a signed consent that holds on that day."""
    found: dict[UUID, frozenset[Content]] = {}
    for one in consents_of(client_id, by=by, on=on):
        if not one.standing.holds:
            continue
        for named in one.consent.named:
            if named.contact_id:
                key = UUID(named.contact_id)
                found[key] = found.get(key, frozenset()) | one.consent.contents
    return found


def notices_of(client_id: UUID, *, by: Actor) -> tuple[NoticeGiven, ...]:
    """Notices a client was given, newest first."""
    check_access(by, Action.READ_CHART)
    rows = NoticeGiven.objects.filter(organization_id=by.organization_id, client=client_id)
    return tuple(rows.select_related("notice").order_by("-given_at", "id"))


def published_notice(*, by: Actor) -> NoticeText | None:
    """The version of the notice this organization made last; None: the one that ships."""
    check_access(by, Action.READ_CHART)
    return newest_notice(by)


def newest_notice(by: Actor) -> NoticeText | None:
    """The last version kept, without asking for access: for services that have asked."""
    rows = NoticeText.objects.filter(organization_id=by.organization_id)
    return rows.order_by("-made_at", "-id").first()


def restrictions_of(client_id: UUID, *, by: Actor) -> tuple[Restriction, ...]:
    """What the client asked to be kept from someone, newest first, answered and lifted ones too."""
    check_access(by, Action.READ_CHART)
    rows = Restriction.objects.filter(organization_id=by.organization_id, client=client_id)
    return tuple(rows.order_by("-recorded_at", "id"))


# ---- for the gate ------------------------------------------------------------------------------


def with_recipients(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    """The rows with whom they name."""
    return rows.prefetch_related("recipients__contact")


def as_rules(row: Consent) -> rules.Consent:
    """A consent as the rules read it. A contact who has ended is named no more."""
    return rules.Consent(
        id=str(row.pk),
        kind=rules.ConsentKind(row.kind),
        client=row.client_name,
        discloser=row.discloser,
        named=tuple(_named(row.recipients.all())),
        contents=frozenset(Content(one) for one in row.contents),
        purposes=frozenset(rules.Purpose(one) for one in row.purposes),
        text=row.text,
        expires_on=row.expires_date,
        expires_when=row.expires_when,
        signature=row.signed_name,
        signed_on=row.signed_date,
        asked_alone=row.asked_alone,
        not_before=row.not_before,
        ended_on=row.ended_date,
        ended=rules.Ended(row.ended) if row.ended else None,
    )


def limits_of(client_id: UUID, by: Actor) -> tuple[Limit, ...]:
    """The restrictions that were agreed to, as the gate reads them."""
    rows = Restriction.objects.filter(
        Q(organization_id=by.organization_id), client=client_id, answer="agreed"
    )
    return tuple(
        Limit(
            kind=RecipientKind(one.recipient_kind),
            name=one.recipient_name,
            contents=frozenset(Content(each) for each in one.contents),
            since=one.since_date,
            until=one.ended_date - timedelta(days=1) if one.ended_date else None,
        )
        for one in rows
    )


def _named(rows: Iterable[ConsentRecipient]) -> Iterable[rules.Named]:
    for one in sorted(rows, key=_in_order):
        if one.contact is not None and one.contact.ended_at is not None:
            continue
        yield rules.Named(
            kind=RecipientKind(one.kind),
            name=one.name,
            contact_id=str(one.contact_id) if one.contact_id else None,
            through=one.through,
        )


def _in_order(one: ConsentRecipient) -> tuple[bool, int, str, str]:
    return one.through, list(RecipientKind).index(RecipientKind(one.kind)), one.name, str(one.pk)


def _on_file(rows: Iterable[Consent], on: date) -> tuple[OnFile, ...]:
    read = ((row, as_rules(row)) for row in rows)
    return tuple(OnFile(row, one, rules.standing(one, on)) for row, one in read)
