"""Discharging a client: the episode of care ends, and with it every seat and every make-up."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients import services as clients
from handrail.areas.clients.models import Episode
from handrail.areas.clients.services.entering import local_day
from handrail.areas.enrollment.services.enrollment import end_all
from handrail.core.access import Actor


@transaction.atomic
def discharge(
    *,
    episode_id: UUID,
    outcome: str,
    summary: str,
    closed_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Episode:
    """Close an episode of care; whoever is discharged keeps no seat and no make-up to come.

    Without `closed_date` it is today.
    """
    closed = clients.close_episode(
        episode_id=episode_id,
        outcome=outcome,
        summary=summary,
        closed_date=closed_date,
        by=by,
        at=at,
    )
    end_all(
        client_id=closed.client_id,
        last_day=closed.closed_date or local_day(at, by),
        reason=f"Episode closed: {closed.get_outcome_display().lower()}",
        by=by,
        at=at,
    )
    return closed
