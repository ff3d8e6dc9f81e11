"""What happened in a client's ledger, for the timeline of the chart, newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.ledger.models import Agreement, InformedRefusal, Position
from handrail.areas.ledger.selectors.ledger import holder_of, stands
from handrail.areas.recommendations.models import Confirmation
from handrail.core.access import Action, Actor, check_access
from handrail.core.ledger.positions import Party, in_words, read_steps
from handrail.data import care_catalogue, ledger_rules


@dataclass(frozen=True, slots=True)
class LedgerHappening:
    """One thing that happened in the ledger, in words. `told_in_confidence`: what family said, or
    what is held back from the client.
    """

    at: datetime
    key: str
    title: str
    words: str
    by: str
    mark: str = ""
    whole_day: bool = True
    told_in_confidence: bool = False


def ledger_happenings(client_id: UUID, *, by: Actor, zone: str) -> list[LedgerHappening]:
    """Everything in the ledger. It is little: all of it, each time."""
    check_access(by, Action.READ_CHART)
    found = [
        *(_position(one, zone) for one in stands(client_id=client_id).select_related("payer")),
        *(_agreement(one, zone) for one in Agreement.objects.filter(client_id=client_id)),
        *(_refusal(one, zone) for one in InformedRefusal.objects.filter(client_id=client_id)),
    ]
    for row in Confirmation.objects.filter(client_id=client_id):
        found += _confirmation(row)
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _position(row: Position, zone: str) -> LedgerHappening:
    who = Party(row.party).words + (f", {holder}" if (holder := holder_of(row)) else "")
    held = " (held back from the client’s view)" if row.withheld_from_client else ""
    at, key = _day(row.said_date, zone), f"position:{row.number:06}"
    return LedgerHappening(
        at,
        key,
        f"{who} asks for {_said(row.sequence)}{held}",
        row.reason,
        row.recorded_by,
        told_in_confidence=row.withheld_from_client or row.party == Party.FAMILY,
    )


def _agreement(row: Agreement, zone: str) -> LedgerHappening:
    at, key = _day(row.agreed_date, zone), f"agreement:{row.pk}"
    return LedgerHappening(
        at, key, f"Agreed: {_said(row.sequence)}", row.words, row.recorded_by, "ok"
    )


def _refusal(row: InformedRefusal, zone: str) -> LedgerHappening:
    at, key = _day(row.refused_date, zone), f"refusal:{row.pk}"
    title = f"Informed refusal; accepts {_said(row.sequence)}"
    words = f"{row.explained} {row.physician} was told. Offered: {row.offered}"
    return LedgerHappening(at, key, title, words, row.recorded_by, "risk")


def _confirmation(row: Confirmation) -> list[LedgerHappening]:
    key, title, words = f"confirmation:{row.pk}", "Recommendation confirmed", ""
    if row.overrides:
        title = f"Recommendation overridden: {_said(row.sequence)}"
        words = f"{ledger_rules().reason_words(row.reason_code)}: {row.reason}"
    found = [
        LedgerHappening(
            row.confirmed_at, f"{key}:1", title, words, row.confirmed_by, whole_day=False
        )
    ]
    if row.co_signed_at:
        found.append(
            LedgerHappening(
                row.co_signed_at,
                f"{key}:2",
                f"{title}: co-signed",
                "",
                row.co_signed_by,
                whole_day=False,
            )
        )
    return found


def _said(sequence: list[str]) -> str:
    care = care_catalogue()
    return in_words(read_steps(sequence, care), care)


def _day(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
