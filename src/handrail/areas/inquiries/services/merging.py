"""Merging two inquiries about one person, on purpose, and taking them apart again.

Neither is rewritten: the one merged away stays readable and points on, and keeps its own log.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.services.entering import one_line
from handrail.areas.inquiries import errors
from handrail.areas.inquiries.models import Inquiry, InquiryEvent
from handrail.areas.inquiries.services.rows import locked, step_problems, subjects_of, write_event
from handrail.core.access import Action, Actor
from handrail.core.errors import raise_any
from handrail.core.inquiries import Act, Stage, next_stage
from handrail.foundation.audit import trail

SAME_PERSON = "The same person as in another inquiry."


@transaction.atomic
def merge_inquiries(*, inquiry_id: UUID, into_id: UUID, by: Actor, at: datetime) -> Inquiry:
    """Say that both are about one person and that the work goes on in `into_id`.

    A chart that only the first has goes along. Raises SameInquiry,
    OtherHasEnded, TwoClients; MergedAlready about the first.
    """
    if inquiry_id == into_id:
        raise errors.SameInquiry
    # Always in the same order, so that two people merging the same pair wait for each other.
    held = {
        key: locked(key, by, Action.MERGE_INQUIRY) for key in sorted((inquiry_id, into_id), key=str)
    }
    away, into = held[inquiry_id], held[into_id]
    _check(away, into)
    if into.client_id is None and away.client_id:
        into.client_id = away.client_id
        into.save(update_fields=["client_id"])
    away.merged_into = into
    away.save(update_fields=["merged_into", *_end_first(away, by, at)])
    write_event(away, InquiryEvent.Kind.MERGED_AWAY, by=by, at=at, other=into)
    write_event(into, InquiryEvent.Kind.MERGED_HERE, by=by, at=at, other=away)
    trail.record(by=by, action=Action.MERGE_INQUIRY, subjects=subjects_of(away, into))
    return into


@transaction.atomic
def separate_inquiry(
    *,
    inquiry_id: UUID,
    why: str,
    next_step: str,
    next_step_date: date | None,
    owner_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Inquiry:
    """Take a merged inquiry out again, because it is someone else after all. It is open then.

    A chart that went along stays where it went: who it belongs to is looked at by hand.
    """
    found = locked(inquiry_id, by, Action.MERGE_INQUIRY)
    into = found.merged_into
    if into is None:
        raise errors.NotMerged
    owner = owner_id or found.owner_id
    wrong = step_problems(next_step, next_step_date, owner, by, at)
    if not one_line(why) or len(one_line(why)) > 300:
        wrong.append(errors.SeparatedUnexplained(300))
    raise_any(wrong)
    found.merged_into = None
    found.stage = next_stage(Stage(found.stage), Act.REOPEN)
    found.next_step, found.next_step_date = one_line(next_step), next_step_date
    found.owner_id = owner
    found.closed_at, found.closed_by, found.closed_why = None, "", ""
    found.save()
    write_event(found, InquiryEvent.Kind.SEPARATED, by=by, at=at, words=one_line(why), other=into)
    write_event(into, InquiryEvent.Kind.SEPARATED, by=by, at=at, words=one_line(why), other=found)
    trail.record(by=by, action="inquiry.separate", subjects=subjects_of(found, into))
    return found


def _check(away: Inquiry, into: Inquiry) -> None:
    if away.merged_into_id:
        raise errors.MergedAlready
    if not into.is_open:
        raise errors.OtherHasEnded
    if away.client_id and into.client_id and away.client_id != into.client_id:
        raise errors.TwoClients


def _end_first(away: Inquiry, by: Actor, at: datetime) -> tuple[str, ...]:
    away.stage = next_stage(Stage(away.stage), Act.MERGE)
    away.closed_at, away.closed_by, away.closed_why = at, by.name, SAME_PERSON
    return ("stage", "closed_at", "closed_by", "closed_why")
