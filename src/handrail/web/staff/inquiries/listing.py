"""The pipeline of inquiries, finding one, taking a new one, and what to say on the phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.inquiries import services
from handrail.areas.inquiries.models import CallerIs, KeptFrom, MessageSafe, Source
from handrail.areas.inquiries.selectors import inquiries as selectors
from handrail.areas.inquiries.selectors.inquiries import OPEN_STAGES, InLine, Pipeline
from handrail.core.access import Action, can_access
from handrail.core.errors import Invalid
from handrail.core.inquiries import Act, Stage, can
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import Filled, filled, problems_of, with_problems
from handrail.web.staff.inquiries import fields, words

SCREENED_FROM = frozenset({Stage.NEW, Stage.REACHED, Stage.BOOKED, Stage.SCREENING})
"""Where the list offers to start, or to go on with, the screening call."""


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry in the list: what to do next and by when first, then who and where it stands.

    `call` is the address that starts the screening call; empty where there is none to offer.
    """

    inquiry_id: UUID
    mark: str
    when: str
    step: str
    name: str
    caller: str
    stage: str
    owner: str
    mine: bool
    since: str
    tried: str
    mandate: tuple[str, str]
    call: str
    call_words: str
    ended: str


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together: overdue, for today, later."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StageCount:
    """A stage of the pipeline: how many stand there, how many of them overdue, and its address."""

    words: str
    number: int
    overdue: int
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class InquiriesPage:
    """The pipeline; or what was found by a name."""

    frame: Frame
    sentence: str
    stages: tuple[StageCount, ...]
    mine_only: bool
    others_address: str
    parts: tuple[Part, ...]
    ended: tuple[Line, ...]
    more: bool
    typed: str
    found: tuple[Line, ...] | None
    may_take: bool


@dataclass(frozen=True, slots=True)
class NewPage:
    """The form for a ringing phone, as typed."""

    frame: Frame
    form: Filled
    folded: bool
    callers: fields.Choices
    sources: fields.Choices
    safe: fields.Choices
    kept_from: fields.Choices
    levels: fields.Choices
    owners: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class AnsweringPage:
    """What to say to somebody who asks whether a person is here."""

    frame: Frame
    form: Filled
    may_take: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.SEE_INQUIRIES)
def inquiries(request: StaffRequest) -> HttpResponse:
    """List inquiries, overdue first. A name looked for is posted, so that no address holds it."""
    now, zone = clock.now(), request.rules.zone
    typed = request.POST.get("q", "")[:200]
    mine_only = request.GET.get("whose") == "mine"
    wanted = request.GET.get("stage", "")
    seen = selectors.pipeline(by=request.actor, mine_only=mine_only)
    found = selectors.find_inquiries(typed, by=request.actor) if typed.strip() else None
    shown = [one for one in seen.open if wanted in ("", one.stage)]
    _note_read(request, [*(found or shown), *(() if found else seen.ended)])
    today = now.astimezone(ZoneInfo(zone)).date()
    as_line = _Lines(request, now, today)
    page = InquiriesPage(
        frame=frame(request, "Inquiries", here="staff:inquiries"),
        sentence=_sentence(seen, today, mine_only=mine_only),
        stages=_stages(seen, today, wanted, mine_only=mine_only),
        mine_only=mine_only,
        others_address=_address(wanted, mine_only=not mine_only),
        parts=_parts(shown, today, as_line),
        ended=() if wanted else as_line.all(seen.ended),
        more=seen.more,
        typed=typed,
        found=None if found is None else as_line.all(found),
        may_take=can_access(request.actor, Action.TAKE_INQUIRY),
    )
    return render(request, "staff/inquiries/inquiries.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.TAKE_INQUIRY)
def new(request: StaffRequest) -> HttpResponse:
    """Take an inquiry. What was typed stays when something is missing."""
    if request.method != "POST":
        return _show_new(request, _empty(request))
    form = filled(request.POST, fields.NEW)
    today = clock.today(request.rules.zone)
    try:
        with transaction.atomic():
            made = services.take_inquiry(
                **fields.details_of(form),
                told_in_confidence=form.value("told_in_confidence"),
                kept_from=form.value("kept_from") or KeptFrom.PERSON,
                next_step=form.value("next_step"),
                next_step_date=fields.step_day(form, today),
                owner_id=fields.owner_of(form),
                by=request.actor,
                at=clock.now(),
            )
    except Invalid as wrong:
        return _show_new(request, with_problems(form, _named(problems_of(wrong))))
    messages.success(request, "The inquiry is saved.")
    return redirect("staff:inquiry", inquiry_id=made.pk)


@require_safe
@staff(Action.SEE_INQUIRIES)
def answering(request: StaffRequest) -> HttpResponse:
    """What to say, in the same words whoever is asked for. It looks nobody up."""
    page = AnsweringPage(
        frame=frame(request, "Is someone there?", here="staff:inquiries"),
        form=_message(request),
        may_take=can_access(request.actor, Action.TAKE_INQUIRY),
    )
    return render(request, "staff/inquiries/answering.jinja", {"page": page})


def start_address(inquiry_id: UUID) -> str:
    """Where the screening call is started; empty while there is no such page."""
    try:
        return reverse("staff:start_screening", args=[inquiry_id])
    except NoReverseMatch:
        return ""


# ---- the list ----------------------------------------------------------------------------------


class _Lines:
    """Turns inquiries into lines, for one reader at one moment."""

    def __init__(self, request: StaffRequest, now: datetime, today: date) -> None:
        self.now, self.today, self.zone = now, today, request.rules.zone
        self.may_screen = can_access(request.actor, Action.SCREEN)

    def all(self, rows: Iterable[InLine]) -> tuple[Line, ...]:
        """Lines, in the order of the rows."""
        return tuple(self.one(row) for row in rows)

    def one(self, row: InLine) -> Line:
        """One line."""
        one, late = row.inquiry, row.overdue(self.today)
        day = one.next_step_date
        is_today = day == self.today
        starts = self.may_screen and row.stage in SCREENED_FROM and can(row.stage, Act.SCREEN)
        return Line(
            inquiry_id=one.pk,
            mark="watch" if late else "wait" if is_today else "",
            when=words.day(day, self.today) if day and one.is_open else "",
            step=one.next_step,
            name=words.person(one),
            caller=words.caller(one),
            stage=words.stage(one.stage),
            owner="you" if row.mine else row.owner,
            mine=row.mine,
            since=words.waited(one, self.now, self.zone),
            tried=filters.counted(row.tried, "attempt") if row.tried else "",
            mandate=words.mandate(one, self.today) if one.is_open else ("", ""),
            call=start_address(one.pk) if starts else "",
            call_words="Go on with the call"
            if row.stage is Stage.SCREENING
            else "Start screening call",
            ended=_ended(row, self.zone),
        )


def _ended(row: InLine, zone: str) -> str:
    one = row.inquiry
    if one.closed_at is None:
        return ""
    when = filters.short_day(one.closed_at.astimezone(ZoneInfo(zone)).date())
    return f"{when}, {one.closed_by}: {one.closed_why}"


def _parts(rows: list[InLine], today: date, as_line: _Lines) -> tuple[Part, ...]:
    late = [one for one in rows if one.overdue(today)]
    now = [one for one in rows if one.inquiry.next_step_date == today]
    later = [one for one in rows if one not in late and one not in now]
    parts = (("overdue", "Overdue", late), ("today", "Today", now), ("later", "Later", later))
    return tuple(Part(key, title, as_line.all(some)) for key, title, some in parts if some)


def _stages(seen: Pipeline, today: date, wanted: str, *, mine_only: bool) -> tuple[StageCount, ...]:
    every = _count("All open", seen.open, today, "", wanted, mine_only=mine_only)
    return (
        every,
        *(
            _count(
                words.stage(stage),
                [one for one in seen.open if one.stage is stage],
                today,
                stage,
                wanted,
                mine_only=mine_only,
            )
            for stage in OPEN_STAGES
        ),
    )


def _count(
    said: str, rows: Iterable[InLine], today: date, stage: str, wanted: str, *, mine_only: bool
) -> StageCount:
    there = list(rows)
    late = sum(1 for one in there if one.overdue(today))
    address = _address(stage, mine_only=mine_only)
    return StageCount(said, len(there), late, address, stage == wanted)


def _address(stage: str, *, mine_only: bool) -> str:
    asked = {"whose": "mine"} if mine_only else {}
    if stage in OPEN_STAGES:
        asked["stage"] = str(stage)
    return f"{reverse('staff:inquiries')}{'?' if asked else ''}{urlencode(asked)}"


def _sentence(seen: Pipeline, today: date, *, mine_only: bool) -> str:
    if not seen.open:
        return "Nothing open."
    late = sum(1 for one in seen.open if one.overdue(today))
    fresh = sum(1 for one in seen.open if one.stage is Stage.NEW)
    whose = "of yours open" if mine_only else "open"
    return f"{len(seen.open)} {whose}, {fresh or 'none'} new, {late or 'none'} overdue."


def _note_read(request: StaffRequest, rows: Iterable[InLine]) -> None:
    shown = [trail.subject("inquiry", one.inquiry.pk) for one in rows]
    if shown:
        trail.record_read(by=request.actor, action=Action.SEE_INQUIRIES, subjects=shown)


# ---- a new one ---------------------------------------------------------------------------------


def _empty(request: StaffRequest) -> Filled:
    mine = selectors.my_place(by=request.actor)
    return Filled(
        typed={
            "next_step": "Call back",
            "next_step_date": "today",
            "owner": str(mine or ""),
            "source": str(Source.PHONE),
            "caller_is": str(CallerIs.SELF),
        }
    )


def _message(request: StaffRequest) -> Filled:
    """A message is taken like any inquiry; whether it can be passed on is looked at later."""
    typed = dict(_empty(request).typed)
    typed |= {
        "next_step": "See whether the message can be passed on",
        "caller_is": str(CallerIs.OTHER),
    }
    return Filled(typed=typed)


def _show_new(request: StaffRequest, form: Filled) -> HttpResponse:
    typed_more = any(
        form.value(name) for name in fields.NEW if name not in fields.FIRST_SEEN | {"source"}
    )
    page = NewPage(
        frame=frame(request, "New inquiry", here="staff:inquiries"),
        form=form,
        folded=not (set(form.problems) - fields.FIRST_SEEN) and not typed_more,
        callers=fields.choices(CallerIs),
        sources=fields.choices(Source),
        safe=fields.choices(MessageSafe),
        kept_from=fields.choices(KeptFrom),
        levels=fields.levels(),
        owners=selectors.inquiry_owners(by=request.actor),
    )
    status = 400 if form.problems else 200
    return render(request, "staff/inquiries/new.jinja", {"page": page}, status=status)


def _named(problems: dict[str, str]) -> dict[str, str]:
    """The service speaks of the words told; the form calls them by the field."""
    return {"told_in_confidence" if name == "words" else name: said
            for name, said in problems.items()}  # fmt: skip
