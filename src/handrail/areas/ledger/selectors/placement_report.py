"""What was agreed against what was indicated, person by person, for the director's report."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.ledger.models import Agreement, InformedRefusal, Position
from handrail.areas.ledger.selectors.ledger import stands
from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.core.access import Action, Actor, check_access
from handrail.core.ledger.positions import Party, point, read_steps
from handrail.data import care_catalogue

NOT_LISTED = "A payer that is not on the list"


@dataclass(frozen=True, slots=True)
class Compared:
    """One person's newest agreement beside what was indicated. Heights on the stairs, 0 lowest.

    `payer` is the payer who took a position, if any; `source` who asked first. `clinician_above`
    and `program_above` say whether they asked for a higher level than was found.
    """

    client_id: UUID
    on: date
    indicated: int
    indicated_level: str
    agreed: int
    payer: str
    source: str
    clinician_above: bool
    program_above: bool
    refused: bool


def compared(*, by: Actor, since: date) -> tuple[Compared, ...]:
    """Everyone for whom something was placed since a day. A fixed number of queries."""
    check_access(by, Action.SEE_PLACEMENT_REPORT)
    placed = _newest(
        (
            *Agreement.objects.filter(agreed_date__gte=since).select_related("recommendation"),
            *InformedRefusal.objects.filter(refused_date__gte=since).select_related(
                "recommendation"
            ),
        )
    )
    overrides = {
        one.recommendation_id: one.level
        for one in _of(Confirmation.objects.filter(overrides=True), placed).order_by("confirmed_at")
    }
    said: dict[tuple[UUID, str], Position] = {
        (one.client_id, one.party): one
        for one in _of(stands().select_related("payer"), placed).order_by("said_date", "number")
    }
    asked = {
        one.client_id: one.caller_organization or one.get_caller_is_display()
        for one in _of(Inquiry.objects.all(), placed).order_by("came_at")
    }
    found = (
        _compared(row, overrides.get(row.recommendation_id, ""), said, asked.get(key, ""))
        for key, row in placed.items()
    )
    return tuple(one for one in found if one is not None)


def _newest(
    rows: Iterable[Agreement | InformedRefusal],
) -> dict[UUID, Agreement | InformedRefusal]:
    ordered = sorted(rows, key=lambda one: (one.recorded_at, str(one.pk)))
    return {one.client_id: one for one in ordered}


def _of(rows: QuerySet, placed: dict) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(client_id__in=list(placed))


def _compared(
    row: Agreement | InformedRefusal,
    override: str,
    said: dict[tuple[UUID, str], Position],
    source: str,
) -> Compared | None:
    care = care_catalogue()
    found = _found_level(row.recommendation)
    level = override or found
    if not found or not level:
        return None
    height, client_id = care.spine.index, row.client_id

    def above(party: Party) -> bool:
        position = said.get((client_id, party.value))
        return position is not None and height(_point(position.sequence)) > height(found)

    payer = said.get((client_id, Party.PAYER.value))
    is_refusal = isinstance(row, InformedRefusal)
    return Compared(
        client_id=client_id,
        on=row.refused_date if isinstance(row, InformedRefusal) else row.agreed_date,
        indicated=height(level),
        indicated_level=level,
        agreed=height(_point(row.sequence)),
        payer=_payer(payer),
        source=source,
        clinician_above=above(Party.CLINICIAN)
        or bool(override and height(override) > height(found)),
        program_above=above(Party.PROGRAM),
        refused=is_refusal,
    )


def _payer(said: Position | None) -> str:
    """The payer of the list; a name that was only typed would part what belongs together."""
    if said is None:
        return ""
    return said.payer.name if said.payer else NOT_LISTED


def _point(sequence: list[str]) -> str:
    care = care_catalogue()
    return point(read_steps(sequence, care), care)


def _found_level(row: Recommendation) -> str:
    """The level found, or the lower end of a range; nothing for someone outside the criteria."""
    if row.level:
        return row.level
    lowest = json.loads(row.answer)["range"]["lowest"]
    return str(lowest["level"]) if lowest else ""
