"""Assessing a client: begun, written over days, findings corrected with a reason, signed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from handrail.areas.assessment import errors
from handrail.areas.assessment.models import (
    AssessedFinding,
    Assessment,
    AssessmentAddendum,
    AssessmentState,
    OutsideResult,
)
from handrail.areas.assessment.selectors.assessments import (
    content_now,
    findings_of,
    missing_now,
    stated,
)
from handrail.areas.clients.errors import BeforeBirth, DayToCome
from handrail.areas.clients.models import Client, DraftDocument
from handrail.areas.clients.services import drafts
from handrail.areas.clients.services.drafts import Document
from handrail.areas.clients.services.entering import (
    different_words,
    local_day,
    locked_client,
    one_line,
    some_lines,
)
from handrail.areas.organizations.signing import credentials_of, place_of
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, Role, check_access
from handrail.core.assessment import canonical
from handrail.core.drafts import Outcome
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.core.findings import FindingError, as_stated, read_stated
from handrail.core.notes import signatures
from handrail.core.notes.content import addendum_hash, content_hash
from handrail.core.outside_results import InstrumentNotChosen, wrong_result
from handrail.data import assessment_wording, findings_catalogue, note_rules
from handrail.foundation.audit import trail

LONGEST_EVIDENCE = 300
LONGEST_REASON = 300
LONGEST_ADDENDUM = 4_000
LONGEST_RESULT = {"name": 120, "edition": 60, "result": 1_000}
FEWEST_WORDS = 2

_STATES: Mapping[str, signatures.State] = {
    AssessmentState.DRAFT: signatures.State.DRAFT,
    AssessmentState.SIGNED: signatures.State.SIGNED,
    AssessmentState.CO_SIGNED: signatures.State.CO_SIGNED,
    AssessmentState.VOIDED: signatures.State.VOID,
}


# ---- writing it --------------------------------------------------------------------------------


@transaction.atomic
def begin_assessment(*, client_id: UUID, by: Actor, at: datetime) -> Assessment:
    """Begin an assessment, or go on with the one that is being written."""
    client = locked_client(client_id, by, Action.ASSESS)
    found = _being_written(client).first()
    if found:
        return found
    made = Assessment.objects.create(
        organization_id=by.organization_id, client=client, begun_at=at, begun_by=by.name
    )
    _record("assessment.write", made, by)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def write_assessment(
    *, client_id: UUID, field: str, text: str, base_version: int, by: Actor, at: datetime
) -> Outcome:
    """Keep what is written in one part, as typed."""
    _draft(client_id, by)
    return drafts.save(
        document(), client_id=client_id, field=field, text=text, base_version=base_version,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def settle_assessment(
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
    _draft(client_id, by)
    return drafts.settle(
        document(), client_id=client_id, field=field, text=text, base_version=base_version,
        seen=seen, by=by, at=at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A finding as typed: the answer as a file states it, what it rests on, why it is corrected."""

    value: object
    evidence: str = ""
    reason: str = ""


@transaction.atomic
def record_findings(
    *, client_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime
) -> tuple[AssessedFinding, ...]:
    """Record findings in the assessment being written; only what is new or changed is written.

    Changing an answer is a correction and needs a reason: the earlier answer stays beside it.
    What cannot be taken is said by code, and then nothing is written.
    """
    assessment = _draft(client_id, by)
    known = findings_of(assessment.pk, by=by)
    wrong: list[Invalid] = []
    fresh = []
    for code, one in typed.items():
        try:
            value = _stated_value(code, one)
        except Invalid as unreadable:
            wrong.append(unreadable)
            continue
        last = known[code][0] if code in known else None
        evidence = one_line(one.evidence)[:LONGEST_EVIDENCE]
        if last and (last.value, last.evidence) == ([value], evidence):
            continue
        corrects = bool(last and last.value != [value])
        reason = one_line(one.reason)[:LONGEST_REASON]
        if corrects and different_words(reason) < FEWEST_WORDS:
            wrong.append(errors.CorrectedWithoutReason().at(code))
        fresh.append(
            AssessedFinding(
                organization_id=by.organization_id,
                assessment=assessment,
                code=code,
                value=[value],
                evidence=evidence,
                reason=reason if corrects else "",
                is_correction=corrects,
                recorded_at=at,
                recorded_by=by.name,
            )
        )
    raise_any(wrong)
    made = AssessedFinding.objects.bulk_create(fresh)
    if made:
        _record("assessment.find", assessment, by)
    return tuple(made)


def _stated_value(code: str, one: Typed) -> object:
    """The answer in the one way it is stated; None is "not asked"."""
    try:
        found = read_stated({code: one.value}, findings_catalogue())
    except FindingError as wrong:
        raise errors.FindingUnreadable(str(wrong)).at(code) from wrong
    facts = as_stated(found)
    return facts[code]["value"] if code in facts else None


# ---- signing it --------------------------------------------------------------------------------


@transaction.atomic
def sign_assessment(*, client_id: UUID, by: Actor, at: datetime) -> Assessment:
    """Sign what is written, with the lists of the chart as they stand. It never changes again.

    Errors: PartNotDone for what is missing; NoneWritten when none is written.
    """
    assessment = _draft(client_id, by)
    place, today = place_of(by), local_day(at, by)
    content = content_now(client_id, assessment, by=by)
    wrong: list[Invalid] = [
        errors.PartNotDone(one.words).at(one.where)
        for one in missing_now(content, client_id, by=by)
    ]
    unsettled = drafts.unsettled(document(), assessment.client)
    raise_any([*wrong, *(errors.TwoTextsAtOnce().at(one) for one in unsettled)])
    held = credentials_of(place)
    assessment.content = canonical(content)
    assessment.content_hash = content_hash(assessment.content)
    assessment.state = AssessmentState.SIGNED
    assessment.needs_co_signature = signatures.needs_co_signature(
        held, on=today, sign_alone=note_rules().sign_alone
    )
    assessment.signed_at, assessment.signed_by = at, place
    assessment.signed_name = signatures.signature_line(place.user.name, held, on=today)
    assessment.save()
    drafts.put_away(document(), assessment.client)
    _record("assessment.sign", assessment, by)
    refresh_due(assessment, by=by, at=at)
    return assessment


@transaction.atomic
def co_sign_assessment(*, assessment_id: UUID, by: Actor, at: datetime) -> Assessment:
    """Put a supervisor's signature under someone else's assessment."""
    found = _locked(assessment_id, by, Action.CO_SIGN_ASSESSMENT)
    place = place_of(by)
    if found.state == AssessmentState.CO_SIGNED and found.co_signed_by_id == place.pk:
        return found
    _check_act(found, signatures.Act.CO_SIGN)
    held, today = credentials_of(place), local_day(at, by)
    signatures.check_co_signer(
        author=str(found.signed_by_id), co_signer=str(place.pk), credentials=held, on=today,
        sign_alone=note_rules().sign_alone,
    )  # fmt: skip
    found.state = AssessmentState.CO_SIGNED
    found.co_signed_at, found.co_signed_by = at, place
    found.co_signed_name = signatures.signature_line(place.user.name, held, on=today)
    found.save(update_fields=["state", "co_signed_at", "co_signed_by", "co_signed_name"])
    _record(Action.CO_SIGN_ASSESSMENT, found, by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def add_to_assessment(
    *, assessment_id: UUID, text: str, by: Actor, at: datetime
) -> AssessmentAddendum:
    """Add to a signed assessment, with a signature of its own. The assessment stays as it was."""
    found = _locked(assessment_id, by, Action.ASSESS)
    _check_act(found, signatures.Act.ADD)
    place, words = place_of(by), some_lines(text)
    if different_words(words) < FEWEST_WORDS:
        raise errors.NothingAdded
    raise_any(too_long({"text": words}, {"text": LONGEST_ADDENDUM}))
    fingerprint = addendum_hash(found.content_hash, words)
    twice = found.addenda.filter(signed_by=place, content_hash=fingerprint).first()
    if twice:
        return twice
    made = AssessmentAddendum.objects.create(
        organization_id=by.organization_id,
        assessment=found,
        text=words,
        content_hash=fingerprint,
        signed_at=at,
        signed_by=place,
        signed_name=signatures.signature_line(
            place.user.name, credentials_of(place), on=local_day(at, by)
        ),
    )
    _record("assessment.add", found, by)
    return made


@transaction.atomic
def void_assessment(*, assessment_id: UUID, reason: str, by: Actor, at: datetime) -> Assessment:
    """Say that an assessment is not valid, and why. It stays readable.

    Only its author or a supervisor can.
    """
    found = _locked(assessment_id, by, Action.ASSESS)
    author = found.signed_by is not None and str(found.signed_by.user_id) == by.id
    if not author and Role.SUPERVISOR not in by.roles:
        raise errors.NotYoursToVoid
    _check_act(found, signatures.Act.VOID)
    why = one_line(reason)
    _check_reason(why)
    found.state, found.void_reason = AssessmentState.VOIDED, why
    found.voided_at, found.voided_by = at, by.name
    found.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
    _record("assessment.void", found, by)
    refresh_due(found, by=by, at=at)
    return found


# ---- results of outside instruments ------------------------------------------------------------


@transaction.atomic
def record_outside_result(
    *,
    client_id: UUID,
    scheme: str,
    name: str = "",
    edition: str,
    result: str,
    on_date: date,
    by_whom: str = "",
    by: Actor,
    at: datetime,
) -> OutsideResult:
    """Record what a licensed instrument came to, with its edition, day and who found it."""
    client = locked_client(client_id, by, Action.ASSESS)
    known = {one.code: one for one in assessment_wording().schemes}.get(scheme)
    if known is None:
        raise InstrumentNotChosen
    typed = {"name": one_line(name), "edition": one_line(edition), "result": one_line(result)}
    wrong = [*too_long(typed, LONGEST_RESULT), *wrong_result(known, **typed)]
    if on_date > local_day(at, by):
        wrong.append(DayToCome().at("on_date"))
    elif on_date < client.birth_date:
        wrong.append(BeforeBirth().at("on_date"))
    raise_any(wrong)
    made = OutsideResult.objects.create(
        organization_id=by.organization_id,
        client=client,
        scheme=scheme,
        name=known.name if known.editions else typed["name"],
        edition=typed["edition"],
        result=typed["result"],
        on_date=on_date,
        by_whom=one_line(by_whom)[:200] or by.name,
        recorded_at=at,
        recorded_by=by.name,
    )
    _record_result("outside_result.record", made, by)
    return made


@transaction.atomic
def void_outside_result(*, result_id: UUID, reason: str, by: Actor, at: datetime) -> OutsideResult:
    """Take back a result recorded by mistake; it stays on file as voided, with the reason."""
    check_access(by, Action.ASSESS)
    found = (
        OutsideResult.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=result_id)
        .first()
    )
    if found is None:
        raise NotHere
    why = one_line(reason)
    if found.voided_at:
        raise errors.ResultVoid(found.voided_by)
    _check_reason(why)
    found.voided_at, found.voided_by, found.void_reason = at, by.name, why
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record_result("outside_result.void", found, by)
    return found


# ---- holding and recording ---------------------------------------------------------------------


def document() -> Document:
    """The draft that an assessment is written in."""
    return Document(DraftDocument.ASSESSMENT, Action.ASSESS, assessment_wording().fields)


def recommendable(assessment: Assessment, *, by: Actor) -> dict[str, object]:
    """The findings that hold in an assessment, for `make_recommendation`."""
    return stated(findings_of(assessment.pk, by=by))


def _draft(client_id: UUID, by: Actor) -> Assessment:
    """The assessment being written, held; the client's row first, as drafts hold it."""
    client: Client = locked_client(client_id, by, Action.ASSESS)
    found = _being_written(client).select_for_update().first()
    if found is None:
        raise errors.NoneWritten
    found.client = client
    return found


def _being_written(client: Client) -> QuerySet[Assessment]:
    return Assessment.objects.filter(client=client, state=AssessmentState.DRAFT)


def _locked(assessment_id: UUID, by: Actor, action: Action) -> Assessment:
    check_access(by, action)
    found = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("signed_by")
        .filter(organization_id=by.organization_id, pk=assessment_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def _check_act(found: Assessment, act: signatures.Act) -> None:
    """Whether an assessment in its state takes this; an assessment is not locked apart."""
    signatures.next_state(_STATES[found.state], act)


def _check_reason(why: str) -> None:
    if different_words(why) < FEWEST_WORDS:
        raise errors.VoidedWithoutReason
    raise_any(too_long({"reason": why}, {"reason": LONGEST_REASON}))


def _record(action: str, assessment: Assessment, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", assessment.client_id),
            trail.subject("assessment", assessment.pk),
        ],
    )


def _record_result(action: str, result: OutsideResult, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", result.client_id),
            trail.subject("outside_result", result.pk),
        ],
    )
