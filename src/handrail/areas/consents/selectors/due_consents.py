"""Consents that run out soon, as things due today for those who record them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.consents.selectors.consents import running_out
from handrail.core.access import Action, Actor, can_access
from handrail.core.consents import ConsentKind
from handrail.core.today import Due, What


@dataclass(frozen=True, slots=True)
class ConsentDue:
    """A consent of someone in care that runs out within two weeks."""

    due: Due
    consent_id: UUID
    client_id: UUID
    name: str
    kind: ConsentKind
    last_day: date


def consents_due(by: Actor, here: date, zone: str) -> list[ConsentDue]:
    """Those that run out soon, the first one first; none for who records no consents."""
    if not can_access(by, Action.RECORD_CONSENT) or not can_access(by, Action.READ_CHART):
        return []
    return [
        ConsentDue(
            due=Due(What.CONSENT, str(one.row.pk), _day_ends(one.row.expires_date, zone)),
            consent_id=one.row.pk,
            client_id=one.row.client_id,
            name=one.row.client.name,
            kind=one.consent.kind,
            last_day=one.row.expires_date,
        )
        for one in running_out(by=by, on=here)
        if one.row.expires_date
    ]


def _day_ends(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))
