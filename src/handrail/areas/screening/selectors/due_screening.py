"""Screening calls that someone holds, for their Today."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.areas.screening.selectors.screening import open_calls
from handrail.core.access import Action, Actor, can_access
from handrail.core.today import Due, What


@dataclass(frozen=True, slots=True)
class CallDue:
    """A call that has not ended and that the reader holds."""

    due: Due
    screening_id: UUID
    inquiry_id: UUID
    name: str
    caller: str
    started_at: datetime


def calls_due(by: Actor) -> list[CallDue]:
    """The calls the reader holds; one that was handed to them stands here at once."""
    if not can_access(by, Action.SCREEN):
        return []
    return [
        CallDue(
            due=Due(What.CALL, str(one.pk), None, life=bool(one.tasks)),
            screening_id=one.pk,
            inquiry_id=one.inquiry_id,
            name=one.inquiry.person_name or one.inquiry.caller_name,
            caller=one.inquiry.caller_name,
            started_at=one.started_at,
        )
        for one in open_calls(by=by)
    ]
