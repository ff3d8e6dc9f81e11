"""Reaching someone who was not there: every attempt on record, closed with what came of it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.models import Contact
from handrail.areas.outreach import errors
from handrail.areas.outreach.models import (
    AttemptKind,
    AttemptResult,
    Outreach,
    OutreachAttempt,
    ReachedOutcome,
)
from handrail.areas.outreach.selectors import callable_contacts, steps_not_taken
from handrail.areas.schedule.models import Session
from handrail.areas.schedule.services.holding import something_new
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.foundation.audit import trail

_WORDS_AT_MOST = 500
_ONLY_OF = {
    AttemptResult.UNDER_WAY.value: AttemptKind.WELFARE_CHECK.value,
    AttemptResult.SAYS_SAFE.value: AttemptKind.CONTACT_PERSON.value,
}
"""What can only come of one way of trying."""


@transaction.atomic
def log_attempt(
    *,
    outreach_id: UUID,
    kind: AttemptKind,
    result: AttemptResult,
    by: Actor,
    at: datetime,
    words: str = "",
    contact_id: UUID | None = None,
    attempt_id: UUID | None = None,
) -> OutreachAttempt:
    """Write down one attempt. Only a contact who may be told is called about an absence.

    With an `attempt_id` of the page's own, a form that is sent twice is written once.
    """
    outreach = _hold(outreach_id, by)
    key = attempt_id or uuid4()
    known = outreach.attempts.filter(pk=key).first()
    if known:
        return known
    if outreach.closed_at:
        raise errors.OutreachClosed
    if kind not in AttemptKind.values or result not in AttemptResult.values:
        raise errors.AttemptUnknown
    if kind != _ONLY_OF.get(result, kind):
        raise errors.NoAnswerToThat(AttemptResult(result).label)
    made = OutreachAttempt.objects.create(
        id=key,
        organization_id=outreach.organization_id,
        outreach=outreach,
        contact=_contact(outreach, kind, contact_id),
        kind=kind,
        result=result,
        words=_short(words),
        attempted_at=at,
        attempted_by=by.name,
    )
    something_new(outreach.session)  # the board shows it to whoever has it open
    detail = {"kind": str(kind), "result": str(result)}
    _record(outreach, by, {"act": "attempt", **detail})
    refresh_due(outreach, by=by, at=at)
    return made


@transaction.atomic
def close_outreach(
    *, outreach_id: UUID, outcome: ReachedOutcome, by: Actor, at: datetime, words: str = ""
) -> Outreach:
    """End outreach with what came of it. Not reached only after every step of its clock.

    Closing it twice the same way changes nothing.
    """
    outreach = _hold(outreach_id, by)
    if outreach.closed_at:
        if outreach.outcome == outcome:
            return outreach
        raise errors.ClosedAlready(outreach.get_outcome_display())
    if outcome not in ReachedOutcome.values:
        raise errors.OutcomeUnknown
    _check_outcome(outreach, outcome)
    outreach.outcome, outreach.closing_words = outcome, _short(words)
    outreach.closed_at, outreach.closed_by = at, by.name
    outreach.save(update_fields=["outcome", "closing_words", "closed_at", "closed_by"])
    something_new(outreach.session)
    _record(outreach, by, {"act": "close", "outcome": str(outcome)})
    refresh_due(outreach, by=by, at=at)
    return outreach


def _hold(outreach_id: UUID, by: Actor) -> Outreach:
    check_access(by, Action.DO_OUTREACH)
    rows = Outreach.objects.filter(pk=outreach_id, organization_id=by.organization_id)
    session_id = rows.values_list("session_id", flat=True).first()
    if session_id is None:
        raise NotHere
    # The session is held first, as it is when attendance is closed: nobody waits in a circle.
    session = Session.objects.select_for_update().get(pk=session_id)
    found = rows.select_for_update().get()
    found.session = session
    return found


def _contact(outreach: Outreach, kind: str, contact_id: UUID | None) -> Contact | None:
    if kind != AttemptKind.CONTACT_PERSON:
        return None
    allowed = {one.pk: one for one in callable_contacts(outreach.client_id)}
    if contact_id not in allowed:
        raise errors.NotToBeCalled
    return allowed[contact_id]


def _check_outcome(outreach: Outreach, outcome: str) -> None:
    if outcome == ReachedOutcome.NOT_REACHED:
        left = steps_not_taken(
            outreach.steps,
            {one.kind for one in outreach.attempts.all()},
            has_contact=bool(callable_contacts(outreach.client_id)),
        )
        if left:
            raise errors.StepsLeft(tuple(AttemptKind(one).label.lower() for one in left))
    if outcome == ReachedOutcome.OPENED_BY_MISTAKE and _was_absent(outreach):
        raise errors.WasAbsent


def _was_absent(outreach: Outreach) -> bool:
    return outreach.session.attendances.filter(client_id=outreach.client_id, absent=True).exists()


def _short(words: str) -> str:
    plain = words.replace("\x00", "").strip()
    if len(plain) > _WORDS_AT_MOST:
        raise errors.BelongsInANote(_WORDS_AT_MOST)
    return plain


def _record(outreach: Outreach, by: Actor, detail: dict[str, object]) -> None:
    trail.record(
        by=by,
        action=Action.DO_OUTREACH,
        subjects=[
            trail.subject("outreach", outreach.pk),
            trail.subject("client", outreach.client_id),
        ],
        detail=detail,
    )
