"""Referring someone out and getting them back: prepare, send, hear, be in touch, return.

What leaves goes through the disclosure gate twice: when it is prepared and when it is sent. A
consent that was taken back in between stops it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.services.entering import local_day, locked_client
from handrail.areas.consents.models import Disclosure
from handrail.areas.consents.services.disclosures import queue_disclosure, send_queued, stop_queued
from handrail.areas.organizations.models import Membership
from handrail.areas.referrals.errors import (
    DeclinedWithoutWhy,
    HeardBeforeTheLast,
    HeardInTheFuture,
    ReferralIsOver,
    ReturnIsOver,
    ReturnUnknown,
    WrittenDownAlready,
)
from handrail.areas.referrals.models import Referral, ReferralStep, ReferralTouch
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.consents import Content, Purpose, Recipient, RecipientKind
from handrail.core.errors import Invalid, Missing, NotAChoice, raise_any, too_long
from handrail.core.referrals import Act, State, next_state, touches
from handrail.core.text import one_line
from handrail.data import care_catalogue, referral_contacts
from handrail.foundation.audit import trail

LONGEST = {
    "to_name": 200,
    "to_phone": 60,
    "to_fax": 60,
    "why": 500,
    "said_by": 200,
    "words": 500,
}
PACKET = (
    Content.IN_CARE,
    Content.CONTACT_DETAILS,
    Content.RECOMMENDATION,
    Content.DIAGNOSES,
    Content.MEDICINES,
    Content.COVERAGE,
    Content.ASSESSMENT,
    Content.SAFETY_PLAN,
)
"""What a referral can carry. Counseling notes and the ledger are no part of it."""

_HEARD = {
    "received": Act.RECEIVE,
    "accepted": Act.ACCEPT,
    "admitted": Act.ADMIT,
    "declined": Act.DECLINE,
    "returned": Act.RETURN,
}


def refer(
    *,
    client_id: UUID,
    level: str,
    to_name: str,
    why: str,
    owner_id: UUID,
    contents: Collection[Content] = (),
    to_phone: str = "",
    to_fax: str = "",
    expected_return_date: date | None = None,
    back_to: str = "",
    by: Actor,
    at: datetime,
) -> Referral:
    """Prepare a referral: to whom, at which level, with which papers, and when they come back.

    Without `contents` nothing leaves: the person goes there by themself. Errors: Invalid by
    field; Uncovered (a Refused) with the reasons when no consent covers the papers.
    """
    client = locked_client(client_id, by, Action.REFER)
    typed = {
        "to_name": one_line(to_name),
        "to_phone": one_line(to_phone),
        "to_fax": one_line(to_fax),
        "why": one_line(why),
    }
    wrong = too_long(typed, LONGEST) + _missing(typed, "to_name", "why")
    wrong += _not_listed(level, back_to, owner_id, by)
    wrong += _wrong_return(expected_return_date, local_day(at, by))
    if set(contents) - set(PACKET):
        wrong.append(NotAChoice().at("contents"))
    raise_any(wrong)
    key = uuid4()
    # The gate first: when it refuses, its entry in the trail stays and nothing else is written.
    waiting = _queue(key, client_id, typed["to_name"], contents, by, at) if contents else None
    made = Referral.objects.create(
        id=key,
        organization_id=by.organization_id,
        client=client,
        owner_id=owner_id,
        level=level,
        disclosure=waiting,
        since_date=local_day(at, by),
        expected_return_date=expected_return_date,
        back_to=back_to,
        made_at=at,
        made_by=by.name,
        **typed,
    )
    _write_step(made, local_day(at, by), "", "", by, at)
    _record(Action.REFER, made, by)
    refresh_due(made, by=by, at=at)
    return made


def send_referral(*, referral_id: UUID, how: str, by: Actor, at: datetime) -> Referral:
    """Send what was prepared, or note that the person goes there by themself.

    The gate decides anew. Errors: Refused when the consent has ended meanwhile, with the reason.
    """
    found = _locked(referral_id, by)
    after = _next(found, Act.SEND)
    # As in `refer`: the gate speaks before anything is written.
    if found.disclosure_id:
        send_queued(disclosure_id=found.disclosure_id, how=how, by=by, at=at)
    _move(found, after, local_day(at, by), by, at)
    _write_step(found, found.since_date, "", "", by, at)
    _plan_touches(found)
    _record("referral.send", found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def hear(
    *,
    referral_id: UUID,
    state: str,
    on_date: date,
    said_by: str,
    words: str = "",
    expected_return_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Referral:
    """Write down what was heard from the other side: received, accepted, admitted, declined, back.

    Who is admitted there is always expected back on a day: without one it is asked for.
    """
    found = _locked(referral_id, by)
    act = _HEARD.get(state)
    if act is None:
        raise NotAChoice().at("state")
    after = _next(found, act)
    expected = expected_return_date or found.expected_return_date
    typed = {"said_by": one_line(said_by), "words": one_line(words)}
    raise_any(
        too_long(typed, LONGEST)
        + _missing(typed, "said_by")
        + _wrong_day(found, on_date, local_day(at, by))
        + _lacking(after, typed["words"], expected)
    )
    found.expected_return_date = expected
    _move(found, after, on_date, by, at)
    _write_step(found, on_date, said_by, words, by, at)
    _plan_touches(found)
    _record("referral.hear", found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def expect_back(
    *, referral_id: UUID, expected_return_date: date, words: str, by: Actor, at: datetime
) -> Referral:
    """Another day of return than was thought, with the reason. The days to call follow it."""
    found = _locked(referral_id, by)
    if found.is_over:
        raise ReferralIsOver
    wrong = _wrong_return(expected_return_date, local_day(at, by))
    raise_any(wrong + _wrong_line("words", words))
    found.expected_return_date = expected_return_date
    found.save(update_fields=["expected_return_date"])
    _write_step(found, local_day(at, by), "", words, by, at)
    _plan_touches(found)
    _record("referral.expect_back", found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def log_touch(*, touch_id: UUID, words: str, by: Actor, at: datetime) -> ReferralTouch:
    """Write down that somebody got in touch on one of the days, and what was heard."""
    check_access(by, Action.REFER)
    touch = (
        ReferralTouch.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=touch_id)
        .select_related("referral")
        .first()
    )
    if touch is None:
        raise NotHere
    if touch.done_at:
        raise WrittenDownAlready
    said = one_line(words)
    raise_any(_wrong_line("words", said))
    touch.done_at, touch.done_by, touch.words = at, by.name, said
    touch.save(update_fields=["done_at", "done_by", "words"])
    _record("referral.touch", touch.referral, by)
    refresh_due(touch, by=by, at=at)
    return touch


@transaction.atomic
def end_referral(*, referral_id: UUID, why: str, by: Actor, at: datetime) -> Referral:
    """End a referral that leads nowhere, with the reason. What waits to leave is stopped."""
    found = _locked(referral_id, by)
    after = _next(found, Act.END)
    said = one_line(why)
    raise_any(_wrong_line("why", said))
    waiting = found.disclosure
    if waiting and waiting.state == "queued":
        stop_queued(disclosure_id=waiting.pk, why="The referral was ended.", by=by, at=at)
    found.ended_why = said
    _move(found, after, local_day(at, by), by, at)
    _write_step(found, found.since_date, "", said, by, at)
    _plan_touches(found)
    _record("referral.end", found, by)
    refresh_due(found, by=by, at=at)
    return found


# ---- checking ----------------------------------------------------------------------------------


def _missing(typed: Mapping[str, str], *names: str) -> list[Invalid]:
    return [Missing().at(name) for name in names if not typed[name]]


def _wrong_line(name: str, words: str) -> list[Invalid]:
    typed = {name: one_line(words)}
    return _missing(typed, name) + too_long(typed, LONGEST)


def _not_listed(level: str, back_to: str, owner_id: UUID, by: Actor) -> list[Invalid]:
    care = care_catalogue()
    works_here = Membership.objects.filter(
        organization_id=by.organization_id, pk=owner_id, deactivated_at__isnull=True
    )
    listed = {
        "level": level in {*care.levels, *care.acute_places},
        "back_to": not back_to or back_to in care.levels,
        "owner": works_here.exists(),
    }
    return [NotAChoice().at(name) for name, known in listed.items() if not known]


def _wrong_return(expected: date | None, today: date) -> list[Invalid]:
    return [ReturnIsOver()] if expected and expected < today else []


def _wrong_day(found: Referral, on_date: date, today: date) -> list[Invalid]:
    if on_date > today:
        return [HeardInTheFuture()]
    return [HeardBeforeTheLast()] if on_date < found.since_date else []


def _lacking(after: State, words: str, expected: date | None) -> list[Invalid]:
    if after is State.ADMITTED and expected is None:
        return [ReturnUnknown()]
    return [DeclinedWithoutWhy()] if after is State.DECLINED and not words else []


def _next(found: Referral, act: Act) -> State:
    return next_state(State(found.state), act)


def _locked(referral_id: UUID, by: Actor) -> Referral:
    check_access(by, Action.REFER)
    mine = Referral.objects.filter(organization_id=by.organization_id, pk=referral_id)
    client_id = mine.values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    locked_client(client_id, by, Action.REFER)
    return mine.select_for_update(of=("self",)).select_related("disclosure").get()


# ---- writing -----------------------------------------------------------------------------------


def _queue(
    key: UUID,
    client_id: UUID,
    to_name: str,
    contents: Collection[Content],
    by: Actor,
    at: datetime,
) -> Disclosure:
    return queue_disclosure(
        client_id=client_id,
        recipient=Recipient(RecipientKind.TREATING_PROVIDER, to_name),
        purpose=Purpose.TREATMENT,
        contents=contents,
        what="Referral with what goes along",
        subject=trail.subject("referral", key),
        by=by,
        at=at,
    )


def _move(found: Referral, state: State, on_date: date, by: Actor, at: datetime) -> None:
    found.state, found.since_date = state.value, on_date
    if found.is_over:
        found.ended_at, found.ended_by = at, by.name
    found.save(
        update_fields=[
            "state",
            "since_date",
            "expected_return_date",
            "ended_at",
            "ended_by",
            "ended_why",
        ]
    )


def _write_step(
    found: Referral, on_date: date, said_by: str, words: str, by: Actor, at: datetime
) -> None:
    ReferralStep.objects.create(
        organization_id=found.organization_id,
        referral=found,
        state=found.state,
        on_date=on_date,
        said_by=one_line(said_by),
        words=one_line(words),
        expected_return_date=found.expected_return_date,
        recorded_at=at,
        recorded_by=by.name,
    )


def _plan_touches(found: Referral) -> None:
    """The days to come, laid out anew; what was done stays, and a day done is not asked again."""
    found.touches.filter(done_at__isnull=True).delete()
    planned: Mapping[date, str] = {
        one.on: one.why
        for one in touches(
            State(found.state),
            found.since_date,
            found.expected_return_date,
            referral_contacts(),
        )
    }
    done = set(found.touches.values_list("due_date", flat=True))
    ReferralTouch.objects.bulk_create(
        ReferralTouch(organization_id=found.organization_id, referral=found, due_date=day, why=why)
        for day, why in planned.items()
        if day not in done
    )


def _record(action: str, found: Referral, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", found.client_id),
            trail.subject("referral", found.pk),
        ],
    )
