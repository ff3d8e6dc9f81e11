"""Holding a screening call: start it, save as typed, hand it over, and what is done in danger.

Each function is one use case in one transaction. The call is held meanwhile: of two people who
write at once, the second sees what the first wrote, and no text is lost.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.services.entering import local_day, one_line
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.next_steps import carry_on
from handrail.areas.inquiries.services.rows import check_open, colleagues, locked
from handrail.areas.organizations.models import Membership
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.safety.services.flags import raise_flag
from handrail.areas.screening import errors
from handrail.areas.screening.models import EmergencyStep, Screening, ScreeningAnswer
from handrail.areas.screening.selectors.screening import sheet_of
from handrail.areas.worklist.services import refresh_due
from handrail.core import drafts
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.drafts import Conflict, Field, OtherText, Outcome, Saved, Unchanged
from handrail.core.errors import raise_any, too_long
from handrail.core.inquiries import Act, Stage, can
from handrail.core.screening.picture import SUICIDE, Concern, concerns
from handrail.core.screening.script import ScreeningError
from handrail.core.screening.sheet import Who, read_text
from handrail.core.text import as_typed
from handrail.data import emergencies, screening_script, screening_table
from handrail.foundation.audit import trail

OVERDOSE = "overdose"
LONGEST_STEP = 500
ENDED = "This call has ended. What you typed is kept beside the answer."

FLAGS = {SUICIDE: FlagKind.SUICIDE, OVERDOSE: FlagKind.OVERDOSE}
"""Dangers said in a call that open a flag on the chart."""

TASKS = {
    SUICIDE: "Safety first: thoughts of suicide were spoken of. A clinician calls back today.",
    OVERDOSE: "Safety first: an overdose was spoken of. A clinician calls back today; naloxone.",
}
"""The next step of an inquiry without a chart."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The text could not be taken; it is kept beside the field."""

    words: str


Kept: TypeAlias = Saved | Unchanged | Conflict | NotTaken


@transaction.atomic
def start_screening(
    *,
    inquiry_id: UUID,
    holder_id: UUID | None = None,
    by: Actor,
    at: datetime,
    screening_id: UUID | None = None,
) -> Screening:
    """Start a call about an inquiry, or go on with the one that is open.

    The inquiry then stands at screening. The age follows from the birth date where it is known.
    `holder_id` is who holds the call when it is not the actor; `screening_id` is given only where
    it must come out the same.
    """
    check_access(by, Action.SCREEN)
    inquiry = locked(inquiry_id, by, Action.SCREEN)
    running = inquiry.screenings.filter(ended_at__isnull=True).first()
    if running:
        return running
    check_open(inquiry)
    holder = holder_id or _my_place(by)
    own_id = {"id": screening_id} if screening_id else {}
    made = Screening.objects.create(
        **own_id,
        organization_id=by.organization_id,
        inquiry=inquiry,
        holder_id=holder,
        voice="me" if inquiry.caller_is == "self" else "someone",
        script_version=screening_script().version,
        started_at=at,
        started_by=by.name,
    )
    if inquiry.birth_date:
        _write_new(made, "age", str(_years(inquiry.birth_date, local_day(at, by))), by, at)
    if can(Stage(inquiry.stage), Act.SCREEN):
        carry_on(
            inquiry_id=inquiry.pk,
            stage=Stage.SCREENING,
            next_step="Finish the screening call",
            next_step_date=local_day(at, by),
            owner_id=holder,
            by=by,
            at=at,
        )
    record("screening.start", made, by)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def save_answer(
    *,
    screening_id: UUID,
    field: str,
    text: str,
    who: str,
    base_version: int,
    by: Actor,
    at: datetime,
) -> Kept:
    """Keep an answer, or the words that go with it, as somebody gave it.

    The same text said again by someone confirms what came from the private check. Nothing is lost:
    a text that meets a colleague's, or comes after the end, is kept beside the field. A danger that
    is said opens its safety task at once. Raises AnswerUnknown, SpeakerUnknown.
    """
    screening = hold(screening_id, by)
    clean = _read(field, text)
    if who not in {one.value for one in Who}:
        raise errors.SpeakerUnknown
    row = _row(screening, field, at)
    if screening.ended_at:
        if clean != row.text:
            row.write(drafts.beside(row.read(), OtherText(clean, by.name, at)))
            _something_new(screening)
        return NotTaken(ENDED)
    outcome = drafts.save(row.read(), base_version=base_version, text=clean, by=by.name, at=at)
    if isinstance(outcome, Unchanged):
        if not row.pk or row.who != Who.CHECK.value or row.who == who:
            return outcome
        outcome = Saved(Field(clean, row.version + 1, by.name, at, outcome.field.others))
    _write(row, outcome, who)
    _follow(screening, by, at)
    return outcome


@transaction.atomic
def settle_answer(
    *,
    screening_id: UUID,
    field: str,
    text: str,
    who: str,
    base_version: int,
    seen: Collection[str],
    by: Actor,
    at: datetime,
) -> Kept:
    """End two texts at once with the one that was chosen; `seen` are keys of those it replaces."""
    screening = hold(screening_id, by)
    clean = _read(field, text)
    row = _row(screening, field, at)
    if screening.ended_at and clean != row.text:
        return NotTaken(ENDED)
    outcome = drafts.settle(
        row.read(), base_version=base_version, text=clean, seen=seen, by=by.name, at=at
    )
    _write(row, outcome, who)
    if not isinstance(outcome, Conflict):
        _follow(screening, by, at)
    return outcome


@transaction.atomic
def confirm_part(*, screening_id: UUID, part: str, who: str, by: Actor, at: datetime) -> int:
    """Confirm everything of a part that was only said in the private check; how many there were."""
    screening = hold(screening_id, by, still_open=True)
    slugs = [item.slug for item in screening_script().items if item.question.part == part]
    rows = list(screening.answers.filter(field__in=slugs, who=Who.CHECK.value))
    for row in rows:
        row.who, row.version, row.saved_by, row.saved_at = who, row.version + 1, by.name, at
        row.save()
    if rows:
        _follow(screening, by, at)
    return len(rows)


@transaction.atomic
def change_voice(*, screening_id: UUID, voice: str, by: Actor, at: datetime) -> Screening:
    """Say who is on the line: the person ("me"), or someone who speaks for them ("someone")."""
    screening = hold(screening_id, by, still_open=True)
    if voice not in ("me", "someone"):
        raise errors.VoiceUnknown
    screening.voice = voice
    _something_new(screening)
    record("screening.voice", screening, by)
    return screening


@transaction.atomic
def hand_over(*, screening_id: UUID, to_id: UUID, by: Actor, at: datetime) -> Screening:
    """Give the call to a colleague, with everything as it stands. It opens on their Today."""
    screening = hold(screening_id, by, still_open=True)
    if to_id not in {one.pk for one in colleagues(by)}:
        raise errors.HoldsNoCalls
    screening.holder_id = to_id
    _something_new(screening)
    record("screening.hand_over", screening, by)
    refresh_due(screening, by=by, at=at)
    return screening


_SAID_IN_WORDS = {"address": errors.AddressMissing, "told": errors.WhoWasToldMissing}
"""Steps that mean nothing without words."""


@transaction.atomic
def record_step(
    *,
    screening_id: UUID,
    kind: str,
    step: str,
    words: str = "",
    step_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> EmergencyStep:
    """Write down one thing that was done while something was wrong, with its time.

    It stays as it was written, also after the call has ended. The same `step_id` again is the same
    step, whose receipt the network lost.
    """
    screening = hold(screening_id, by)
    wrong = too_long({"words": one_line(words)}, {"words": LONGEST_STEP})
    if kind not in {one.kind for one in emergencies()}:
        wrong.append(errors.DangerUnknown())
    if step not in {one["key"] for one in screening_table()["step"]}:
        wrong.append(errors.StepUnknown())
    if step in _SAID_IN_WORDS and not one_line(words):
        wrong.append(_SAID_IN_WORDS[step]())
    raise_any(wrong)
    known = screening.steps.filter(pk=step_id).first() if step_id else None
    if known:
        return known
    made = EmergencyStep.objects.create(
        id=step_id or uuid4(),
        organization_id=screening.organization_id,
        screening=screening,
        kind=kind,
        step=step,
        words=one_line(words),
        happened_at=at,
        recorded_by=by.name,
    )
    if kind in FLAGS and not screening.ended_at:
        _open_task(screening, Concern(kind, "", "Said in a screening call.", refused=False), by, at)
    _something_new(screening)
    record("screening.emergency", screening, by)
    return made


# ---- what the others of this area use ----------------------------------------------------------


def hold(screening_id: UUID, by: Actor, *, still_open: bool = False) -> Screening:
    """The call, held until the transaction ends. CallEnded when it must not have ended."""
    check_access(by, Action.SCREEN)
    found = (
        Screening.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=screening_id)
        .first()
    )
    if found is None:
        raise NotHere
    if still_open and found.ended_at:
        raise errors.CallEnded
    return found


def record(action: str, screening: Screening, by: Actor) -> None:
    """Put it into the trail: rows alone, nobody's words."""
    subjects = [
        trail.subject("screening", screening.pk),
        trail.subject("inquiry", screening.inquiry_id),
    ]
    if screening.client_id:
        subjects.append(trail.subject("client", screening.client_id))
    trail.record(by=by, action=action, subjects=subjects)


def fill_from_check(
    screening: Screening, texts: dict[str, str], *, by: Actor, at: datetime
) -> tuple[str, ...]:
    """Put answers of the private check where nobody has answered yet; their slugs."""
    taken = {row.field for row in screening.answers.exclude(text="")}
    fresh = {slug: text for slug, text in texts.items() if slug not in taken}
    for slug, text in fresh.items():
        _write_new(screening, slug, text, by, at, Who.CHECK)
    _follow(screening, by, at)
    return tuple(fresh)


def open_flags(screening: Screening, client_id: UUID, by: Actor, at: datetime) -> None:
    """Raise on a chart the flags of every danger that was spoken of in the call."""
    for concern in _by_kind(concerns(screening_script(), sheet_of(screening.answers.all()))):
        _raise(screening, concern, client_id, by, at)


def _by_kind(found: Collection[Concern]) -> list[Concern]:
    """The first of each kind that opens a task, said before refused."""
    ordered = sorted(found, key=lambda one: one.refused)
    return list({one.kind: one for one in reversed(ordered) if one.kind in FLAGS}.values())


def _follow(screening: Screening, by: Actor, at: datetime) -> None:
    """After anything was answered: open pages hear of it, and a danger opens its task at once."""
    _something_new(screening)
    sheet = sheet_of(screening.answers.all())
    for concern in _by_kind(concerns(screening_script(), sheet)):
        _open_task(screening, concern, by, at)
    trail.record_read(
        by=by,
        action="screening.write",
        subjects=[trail.subject("screening", screening.pk)],
    )


def _open_task(screening: Screening, concern: Concern, by: Actor, at: datetime) -> None:
    if concern.kind in screening.tasks:
        return
    inquiry = Inquiry.objects.get(pk=screening.inquiry_id)
    if inquiry.client_id:
        _raise(screening, concern, inquiry.client_id, by, at)
    elif inquiry.is_open:
        carry_on(
            inquiry_id=inquiry.pk,
            stage=inquiry.stage,
            next_step=TASKS[concern.kind],
            next_step_date=local_day(at, by),
            by=by,
            at=at,
        )
    screening.tasks = [*screening.tasks, concern.kind]
    screening.save(update_fields=["tasks"])
    record("screening.safety_task", screening, by)
    refresh_due(screening, by=by, at=at)


def _raise(
    screening: Screening, concern: Concern, client_id: UUID, by: Actor, at: datetime
) -> None:
    kind = FLAGS[concern.kind]
    if Flag.objects.filter(client_id=client_id, kind=kind, closed_at__isnull=True).exists():
        return
    raise_flag(
        client_id=client_id,
        kind=kind,
        why=f"Screening call: {concern.words}"[:500],
        owner_id=screening.holder_id,
        review_date=local_day(at, by),
        by=by,
        at=at,
    )


def _my_place(by: Actor) -> UUID:
    found = Membership.objects.filter(
        organization_id=by.organization_id, user_id=by.id, deactivated_at__isnull=True
    ).first()
    if found is None:
        raise NotHere
    return found.pk


def _read(field: str, text: str) -> str:
    try:
        return read_text(screening_script(), field, as_typed(text))
    except ScreeningError as wrong:
        raise errors.AnswerUnknown(str(wrong)).at(field) from wrong


def _row(screening: Screening, field: str, at: datetime) -> ScreeningAnswer:
    found = screening.answers.select_for_update().filter(field=field).first()
    return found or ScreeningAnswer(
        organization_id=screening.organization_id,
        screening=screening,
        field=field,
        version=0,
        who=Who.PERSON.value,
        saved_at=at,
    )


def _write(row: ScreeningAnswer, outcome: Outcome, who: str) -> None:
    if isinstance(outcome, Saved):
        row.who = who
    row.write(outcome.field)


def _write_new(
    screening: Screening,
    field: str,
    text: str,
    by: Actor,
    at: datetime,
    who: Who = Who.RECORD,
) -> None:
    row = _row(screening, field, at)
    _write(row, Saved(Field(text, row.version + 1, by.name, at)), who.value)


def _something_new(screening: Screening) -> None:
    screening.version += 1
    screening.save(update_fields=["version", "voice", "holder"])


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
