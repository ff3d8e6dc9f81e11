"""Carrying an inquiry on: the next step, an attempt to reach them, and how it ends."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.services.entering import one_line
from handrail.areas.inquiries import errors
from handrail.areas.inquiries.models import Inquiry, InquiryEvent
from handrail.areas.inquiries.services.rows import (
    LONGEST_REASON,
    check_open,
    locked,
    step_problems,
    subjects_of,
    write_event,
)
from handrail.core.access import Actor
from handrail.core.errors import NotAChoice, raise_any, too_long
from handrail.core.inquiries import Act, Stage, act_toward, next_stage
from handrail.foundation.audit import trail

LONGEST_WORDS = 1_000
_ENDS = ("stage", "closed_at", "closed_by", "closed_why")
_STEP = ("stage", "next_step", "next_step_date", "owner_id")


@transaction.atomic
def carry_on(
    *,
    inquiry_id: UUID,
    stage: str,
    next_step: str = "",
    next_step_date: date | None = None,
    owner_id: UUID | None = None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Inquiry:
    """Bring an inquiry to a stage, with the next step, its day and its owner.

    Without an owner it stays whose it is. `stage` may be the present one: then only the next step
    changes. A closed one opens again with "reached". "admitted" ends it: no next step is needed,
    a chart is. Errors: by field (NothingLeadsThere about the stage).
    """
    found = locked(inquiry_id, by)
    wanted = _wanted(found, stage)
    if wanted is Stage.ADMITTED:
        return _admit(found, words, by, at)
    owner = owner_id or found.owner_id
    wrong = step_problems(next_step, next_step_date, owner, by, at)
    raise_any(wrong + too_long({"words": one_line(words)}, {"words": LONGEST_WORDS}))
    reopened = not found.is_open
    _set_step(found, wanted, one_line(next_step), next_step_date, owner)
    found.closed_at, found.closed_by, found.closed_why = None, "", ""
    found.save(update_fields=[*_STEP, *_ENDS[1:]])
    kind = InquiryEvent.Kind.REOPENED if reopened else InquiryEvent.Kind.CARRIED_ON
    write_event(found, kind, by=by, at=at, words=one_line(words))
    _record("inquiry.carry_on", found, by)
    return found


@transaction.atomic
def log_attempt(
    *,
    inquiry_id: UUID,
    how: str,
    result: str,
    words: str = "",
    next_step: str,
    next_step_date: date | None,
    owner_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Inquiry:
    """Log that somebody tried to reach them, and what comes next. Talking moves a new one on.

    What was done stays as written, a message left against their wish included: it happened.
    """
    found = locked(inquiry_id, by)
    check_open(found)
    owner = owner_id or found.owner_id
    wrong = step_problems(next_step, next_step_date, owner, by, at)
    if how not in InquiryEvent.How.values:
        wrong.append(NotAChoice().at("how"))
    if result not in InquiryEvent.Result.values:
        wrong.append(NotAChoice().at("result"))
    raise_any(wrong + too_long({"words": one_line(words)}, {"words": LONGEST_WORDS}))
    talked = result == InquiryEvent.Result.REACHED and found.stage == Stage.NEW
    stage = next_stage(Stage.NEW, Act.TALK) if talked else Stage(found.stage)
    _set_step(found, stage, one_line(next_step), next_step_date, owner)
    found.save(update_fields=[*_STEP])
    write_event(
        found,
        InquiryEvent.Kind.ATTEMPT,
        by=by,
        at=at,
        how=how,
        result=result,
        words=one_line(words),
    )
    _record("inquiry.attempt", found, by)
    return found


@transaction.atomic
def close_inquiry(*, inquiry_id: UUID, why: str, by: Actor, at: datetime) -> Inquiry:
    """Close an inquiry with a reason. It stays readable, and can be opened again."""
    found = locked(inquiry_id, by)
    check_open(found)
    words = one_line(why)
    if not words or len(words) > LONGEST_REASON:
        raise errors.ClosedUnexplained(LONGEST_REASON)
    end(found, next_stage(Stage(found.stage), Act.CLOSE), words, by, at)
    write_event(found, InquiryEvent.Kind.CLOSED, by=by, at=at, words=words)
    _record("inquiry.close", found, by)
    return found


def end(inquiry: Inquiry, stage: Stage, why: str, by: Actor, at: datetime) -> None:
    """Write that it has ended: when, by whom and why."""
    inquiry.stage = stage
    inquiry.closed_at, inquiry.closed_by, inquiry.closed_why = at, by.name, why
    inquiry.save(update_fields=[*_ENDS])


def _wanted(inquiry: Inquiry, stage: str) -> Stage:
    if inquiry.merged_into_id:
        check_open(inquiry)
    if stage not in set(Stage) or stage == Stage.CLOSED:
        raise errors.StageUnknown
    act_toward(Stage(inquiry.stage), Stage(stage))
    return Stage(stage)


def _admit(inquiry: Inquiry, words: str, by: Actor, at: datetime) -> Inquiry:
    if inquiry.client_id is None:
        raise errors.AdmittedWithoutChart
    end(inquiry, Stage.ADMITTED, one_line(words)[:LONGEST_REASON] or "Admitted.", by, at)
    write_event(inquiry, InquiryEvent.Kind.CARRIED_ON, by=by, at=at, words=inquiry.closed_why)
    _record("inquiry.carry_on", inquiry, by)
    return inquiry


def _set_step(
    inquiry: Inquiry, stage: Stage, next_step: str, day: date | None, owner_id: UUID
) -> None:
    inquiry.stage = stage
    inquiry.next_step, inquiry.next_step_date = next_step, day
    inquiry.owner_id = owner_id


def _record(action: str, inquiry: Inquiry, by: Actor) -> None:
    trail.record(by=by, action=action, subjects=subjects_of(inquiry))
