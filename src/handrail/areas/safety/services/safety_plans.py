"""The safety plan: written with the person, signed, gone through again, or declined for now."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client, DraftDocument
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.clients.services import drafts
from handrail.areas.clients.services.drafts import Document
from handrail.areas.clients.services.entering import (
    different_words,
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.organizations.signing import credentials_of, place_of
from handrail.areas.safety import errors
from handrail.areas.safety.models import SafetyPlan, SafetyPlanDeclined, SafetyPlanLook
from handrail.areas.safety.selectors.safety_plans import plan_from, safety_plan_of, texts_of
from handrail.areas.safety.services.flags import may_own
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor
from handrail.core.drafts import Outcome
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.core.notes.content import content_hash
from handrail.core.notes.signatures import signature_line
from handrail.core.safety_plan import CONTACT, canonical, missing, wrong_look
from handrail.data import safety_plan_wording
from handrail.foundation.audit import trail

LONGEST = 1_000
FEWEST_WORDS = 3
"""Different words a reason has at least: more than "no", "later" or a held-down key."""


# ---- writing it --------------------------------------------------------------------------------


@transaction.atomic
def begin_safety_plan(*, client_id: UUID, by: Actor, at: datetime) -> None:
    """Begin a version with what the last one says, or with what the program always says.

    Where one is being written already, it goes on.
    """
    client = locked_client(client_id, by, Action.WRITE_SAFETY_PLAN)
    last = safety_plan_of(client_id, by=by)
    begun = texts_of(last, client) if last else {}
    begun["after_hours"] = begun.get("after_hours") or rules_of(by.organization_id).after_hours
    drafts.begin(_document(client), client, begun, by, at)


@transaction.atomic
def write_safety_plan(
    *, client_id: UUID, field: str, text: str, base_version: int, by: Actor, at: datetime
) -> Outcome:
    """Keep what is written in one part of the plan, as typed."""
    client = locked_client(client_id, by, Action.WRITE_SAFETY_PLAN)
    return drafts.save(
        _document(client),
        client_id=client_id,
        field=field,
        text=text,
        base_version=base_version,
        by=by,
        at=at,
    )


@transaction.atomic
def settle_safety_plan(
    *,
    client_id: UUID,
    field: str,
    text: str,
    base_version: int,
    seen: Collection[str],
    by: Actor,
    at: datetime,
) -> Outcome:
    """Choose one of two texts that were written at the same time."""
    client = locked_client(client_id, by, Action.WRITE_SAFETY_PLAN)
    return drafts.settle(
        _document(client),
        client_id=client_id,
        field=field,
        text=text,
        base_version=base_version,
        seen=seen,
        by=by,
        at=at,
    )


@transaction.atomic
def put_away_safety_plan(*, client_id: UUID, by: Actor, at: datetime) -> None:
    """Put away what was written and not signed. A signed version stays as it is."""
    client = locked_client(client_id, by, Action.WRITE_SAFETY_PLAN)
    drafts.put_away(_document(client), client)
    _record("safety_plan.put_away", client, by)


# ---- signing it --------------------------------------------------------------------------------


@transaction.atomic
def sign_safety_plan(*, client_id: UUID, by: Actor, at: datetime) -> SafetyPlan:
    """Sign what is written as the next version; the person has agreed to it by name.

    Errors: PartNotDone for what is missing, NothingToSign when nothing is written.
    """
    client = locked_client(client_id, by, Action.SIGN_SAFETY_PLAN)
    place, today = place_of(by), local_day(at, by)
    written = drafts_of(client_id, DraftDocument.SAFETY_PLAN, by=by)
    last = safety_plan_of(client_id, by=by)
    if last and not written:
        raise errors.NothingToSign
    _check_whole(client, {name: one.text for name, one in written.items()}, today, by)
    plan = plan_from({name: one.text for name, one in written.items()}, client, by=by)
    text = canonical(plan)
    made = SafetyPlan.objects.create(
        organization_id=by.organization_id,
        client=client,
        number=last.row.number + 1 if last else 1,
        content=text,
        content_hash=content_hash(text),
        agreed_name=plan.agreed_name[:200],
        next_look_date=plan.next_look or today,
        owner_id=UUID(written["owner"].text),
        signed_at=at,
        signed_by=place,
        signed_name=signature_line(place.user.name, credentials_of(place), on=today),
    )
    drafts.put_away(_document(client), client)
    _record(Action.SIGN_SAFETY_PLAN, client, by, made)
    refresh_due(made, by=by, at=at)
    return made


def _check_whole(client: Client, texts: Mapping[str, str], today: date, by: Actor) -> None:
    plan = plan_from(texts, client, by=by)
    wording = safety_plan_wording()
    wrong: list[Invalid] = [
        errors.PartNotDone(one.words).at(one.field) for one in missing(plan, wording, today=today)
    ]
    wrong += [
        errors.TwoTextsAtOnce().at(one) for one in drafts.unsettled(_document(client), client)
    ]
    if "owner" not in {one.field for one in wrong}:
        wrong += _wrong_owner(UUID(texts["owner"]), by)
    raise_any(wrong)


# ---- after that --------------------------------------------------------------------------------


@transaction.atomic
def look_again(
    *, client_id: UUID, words: str, next_look: date | None, owner_id: UUID, by: Actor, at: datetime
) -> SafetyPlanLook:
    """Say that the plan was gone through with the person and still holds, and when next."""
    today = local_day(at, by)
    client = locked_client(client_id, by, Action.SIGN_SAFETY_PLAN)
    version = safety_plan_of(client_id, by=by)
    if version is None:
        raise errors.NoPlanYet
    said = one_line(words)
    rules = safety_plan_wording()
    wrong = _wrong_words("words", said, errors.LookUnexplained())
    if day := wrong_look(next_look, rules, today=today):
        wrong.append(errors.NextLookWrong(day, rules.look_within_days))
    raise_any([*wrong, *_wrong_owner(owner_id, by)])
    made = SafetyPlanLook.objects.create(
        organization_id=by.organization_id,
        plan=version.row,
        words=said,
        next_look_date=next_look or today,
        owner_id=owner_id,
        looked_at=at,
        looked_by=by.name,
    )
    _record("safety_plan.look", client, by, version.row)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def decline_safety_plan(
    *,
    client_id: UUID,
    reason: str,
    instead: str,
    ask_again: date | None,
    owner_id: UUID,
    by: Actor,
    at: datetime,
) -> SafetyPlanDeclined:
    """Record that the person would not make a plan now: why, what was done instead, when again."""
    today = local_day(at, by)
    client = locked_client(client_id, by, Action.SIGN_SAFETY_PLAN)
    why, done = one_line(reason), one_line(instead)
    rules = safety_plan_wording()
    wrong = _wrong_words("reason", why, errors.DeclinedWithoutReason())
    wrong += _wrong_words("instead", done, errors.NothingInstead())
    if day := wrong_look(ask_again, rules, today=today):
        wrong.append(errors.AskAgainWrong(day, rules.look_within_days))
    raise_any([*wrong, *_wrong_owner(owner_id, by)])
    made = SafetyPlanDeclined.objects.create(
        organization_id=by.organization_id,
        client=client,
        reason=why,
        instead=done,
        ask_again_date=ask_again or today,
        owner_id=owner_id,
        recorded_at=at,
        recorded_by=by.name,
    )
    _record("safety_plan.decline", client, by)
    refresh_due(made, by=by, at=at)
    return made


def _wrong_words(field: str, words: str, otherwise: Invalid) -> list[Invalid]:
    if len(words) > LONGEST:
        return too_long({field: words}, {field: LONGEST})
    return [] if different_words(words) >= FEWEST_WORDS else [otherwise]


def _wrong_owner(owner_id: UUID, by: Actor) -> list[Invalid]:
    return [] if may_own(owner_id, by) else [errors.NobodySeesToIt()]


def _document(client: Client) -> Document:
    """The plan's own fields, and one for each contact that the chart has now."""
    contacts = client.contacts.filter(ended_at__isnull=True).values_list("pk", flat=True)
    fields = safety_plan_wording().fields | {f"{CONTACT}{one}" for one in contacts}
    return Document(DraftDocument.SAFETY_PLAN, Action.WRITE_SAFETY_PLAN, fields)


def _record(action: str, client: Client, by: Actor, plan: SafetyPlan | None = None) -> None:
    subjects = [trail.subject("client", client.pk)]
    if plan:
        subjects.append(trail.subject("safety_plan", plan.pk))
    trail.record(by=by, action=action, subjects=subjects)
