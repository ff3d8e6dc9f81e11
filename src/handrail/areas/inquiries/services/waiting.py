"""Inquiries of people who are put on the waiting list, and taken off it."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.next_steps import carry_on, close_inquiry
from handrail.areas.inquiries.services.rows import may_own, owner_of_new
from handrail.core.access import Actor
from handrail.core.inquiries import ENDED, Stage


def begin_to_wait(*, client_id: UUID, step: str, on: date, by: Actor, at: datetime) -> None:
    """Their open inquiries wait from now on, for the same owner, or another who works here."""
    for one in _open(client_id, by):
        carry_on(
            inquiry_id=one.pk,
            stage=Stage.WAITING.value,
            next_step=step,
            next_step_date=on,
            owner_id=one.owner_id if may_own(one.owner_id, by) else owner_of_new(by),
            by=by,
            at=at,
        )


def wait_no_more(*, client_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Close those inquiries that did nothing but wait, with how the waiting ended."""
    for one in _open(client_id, by).filter(stage=Stage.WAITING):
        close_inquiry(inquiry_id=one.pk, why=why, by=by, at=at)


def _open(client_id: UUID, by: Actor) -> QuerySet[Inquiry]:
    ended = [one.value for one in ENDED]
    found = Inquiry.objects.filter(organization_id=by.organization_id, client=client_id)
    return found.exclude(stage__in=ended).order_by("came_at", "id")
