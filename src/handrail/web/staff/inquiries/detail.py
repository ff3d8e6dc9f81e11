"""One inquiry: the next step, who may be the same person, everything known, and the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.clients.models import Outcome
from handrail.areas.inquiries.models import (
    CallerIs,
    Confided,
    Inquiry,
    InquiryEvent,
    KeptFrom,
    MessageSafe,
    Source,
)
from handrail.areas.inquiries.possible_duplicates import LikeClient, LikeInquiry
from handrail.areas.inquiries.selectors import inquiries as selectors
from handrail.core.access import Action, can_access
from handrail.core.duplicates import Alike
from handrail.core.inquiries import Act, Stage, can, stages_ahead
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import NOTHING, Filled
from handrail.web.staff.inquiries import fields, words
from handrail.web.staff.inquiries.listing import start_address

NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of two records side by side, and whether both say the same."""

    words: str
    here: str
    there: str
    same: bool


@dataclass(frozen=True, slots=True)
class Same:
    """Someone who may be the same person: who, why it looks so, and both side by side.

    `kind` is client or inquiry. `can_merge`: this inquiry into that one; `can_take`: that one
    into this.
    """

    kind: str
    key: UUID
    name: str
    now: str
    reasons: str
    against: str
    rows: tuple[Compared, ...]
    can_merge: bool = False
    can_take: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log. `from_other`: it happened to an inquiry that was merged here."""

    when: str
    words: str
    said: str
    then: str
    by: str
    other: UUID | None
    from_other: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was told in confidence: by whom, and who must not see it."""

    words: str
    told_by: str
    kept_from: str
    when: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A detail and its words; `phone` when it can be called."""

    words: str
    value: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """Everything about one inquiry, and the forms that carry it on."""

    frame: Frame
    inquiry_id: UUID
    name: str
    stage: str
    is_open: bool
    ended: str
    came: str
    caller: str
    step: str
    step_when: str
    step_mark: str
    owner: str
    message: str
    ask_for: str
    mandate: tuple[str, str]
    numbers: tuple[tuple[str, str, str], ...]
    about: str
    facts: tuple[Fact, ...]
    told: tuple[Told, ...]
    log: tuple[Logged, ...]
    same: tuple[Same, ...]
    merged: tuple[tuple[UUID, str], ...]
    merged_into: tuple[UUID, str] | None
    client: tuple[UUID, str] | None
    chart_lacks: str
    alike_clients: bool
    stages: fields.Choices
    stage_now: str
    start: str
    start_words: str
    may_take: bool
    may_read_chart: bool
    may_merge: bool
    form: Filled
    details: Filled
    step_now: Filled
    owners: tuple[tuple[UUID, str], ...]
    callers: fields.Choices
    sources: fields.Choices
    safe: fields.Choices
    kept_from: fields.Choices
    levels: fields.Choices
    ways: fields.Choices
    results: fields.Choices

    def form_for(self, key: str) -> Filled:
        """The form of that name as typed, when it is the one that was sent."""
        return self.form if self.form.key == key else NOTHING

    def step_form(self, key: str) -> Filled:
        """The same for a form with a next step: it begins with the one there is."""
        return self.form if self.form.key == key else self.step_now


@require_safe
@staff(Action.SEE_INQUIRIES)
def inquiry(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Show an inquiry. That it was looked at is written down."""
    return show(request, inquiry_id)


def show(request: StaffRequest, inquiry_id: UUID, form: Filled = NOTHING) -> HttpResponse:
    """The page, with a form as it was sent where something is wrong with it."""
    page = _page(request, inquiry_id, form)
    status = 400 if form.problems else 200
    return render(request, "staff/inquiries/detail.jinja", {"page": page}, status=status)


def _page(request: StaffRequest, inquiry_id: UUID, form: Filled) -> InquiryPage:
    actor, zone, now = request.actor, request.rules.zone, clock.now()
    today = now.astimezone(ZoneInfo(zone)).date()
    one = selectors.inquiry(inquiry_id, by=actor)
    merged = selectors.merged_into(inquiry_id, by=actor)
    every = [one.pk, *(each.pk for each in merged)]
    same = _same(one, request, today) if one.is_open else ()
    _note_read(request, one, same)
    stage = Stage(one.stage)
    step_day = one.next_step_date
    late = bool(step_day and step_day < today and one.is_open)
    may_take = can_access(actor, Action.TAKE_INQUIRY)
    starts = one.is_open and can(stage, Act.SCREEN) and can_access(actor, Action.SCREEN)
    return InquiryPage(
        frame=frame(request, "Inquiry", here="staff:inquiries"),
        inquiry_id=one.pk,
        name=words.person(one),
        stage=words.stage(one.stage),
        is_open=one.is_open,
        ended=_ended(one, zone),
        came=_came(one, zone),
        caller=words.caller(one),
        step=one.next_step,
        step_when=words.day(step_day, today) if step_day else "",
        step_mark="watch" if late else "wait",
        owner="you" if str(one.owner.user_id) == actor.id else one.owner.user.name,
        message=words.message(one),
        ask_for=one.ask_for,
        mandate=words.mandate(one, today),
        numbers=_numbers(one),
        about=one.about,
        facts=_facts(one),
        told=tuple(_told(each, zone) for each in selectors.confided_about(every, by=actor)),
        log=tuple(_logged(each, one, zone) for each in selectors.log_of(every, by=actor)),
        same=same,
        merged=tuple((each.pk, _merged_words(each, zone)) for each in merged),
        merged_into=_pointer(one),
        client=(one.client.pk, one.client.name) if one.client else None,
        chart_lacks=_lacks(one),
        alike_clients=any(each.kind == "client" for each in same),
        stages=tuple((str(each), words.stage(each)) for each in stages_ahead(stage)),
        stage_now=str(stage),
        start=start_address(one.pk) if starts else "",
        start_words=_start_words(stage),
        may_take=may_take,
        may_read_chart=can_access(actor, Action.READ_CHART),
        may_merge=can_access(actor, Action.MERGE_INQUIRY),
        form=form,
        details=form if form.key == "details" else Filled("details", fields.filled_from(one)),
        step_now=_step_now(one, today),
        owners=selectors.inquiry_owners(by=actor) if may_take else (),
        callers=fields.choices(CallerIs),
        sources=fields.choices(Source),
        safe=fields.choices(MessageSafe),
        kept_from=fields.choices(KeptFrom),
        levels=fields.levels(),
        ways=fields.ways(),
        results=fields.results(),
    )


def _note_read(request: StaffRequest, one: Inquiry, same: Iterable[Same]) -> None:
    """The inquiry, its client, and everybody shown beside it count as looked at."""
    seen = [trail.subject("inquiry", one.pk), *(trail.subject(s.kind, s.key) for s in same)]
    if one.client_id:
        seen.append(trail.subject("client", one.client_id))
    trail.record_read(by=request.actor, action=Action.SEE_INQUIRIES, subjects=seen)


def _start_words(stage: Stage) -> str:
    if stage is Stage.SCREENING:
        return "Go on with the screening call"
    return "Screen again" if stage is Stage.SCREENED else "Start screening call"


def _step_now(one: Inquiry, today: date) -> Filled:
    day = max(one.next_step_date or today, today)
    return Filled(
        typed={
            "stage": one.stage if one.is_open else "reached",
            "next_step": one.next_step,
            "next_step_date": fields.as_typed(day),
            "owner": str(one.owner_id),
        }
    )


def _came(one: Inquiry, zone: str) -> str:
    source = str(one.get_source_display())
    return f"{source}, {filters.moment(one.came_at, zone)}. Taken by {one.came_by}."


def _ended(one: Inquiry, zone: str) -> str:
    if one.closed_at is None:
        return ""
    return f"{filters.moment(one.closed_at, zone)}, {one.closed_by}: {one.closed_why}"


def _pointer(one: Inquiry) -> tuple[UUID, str] | None:
    return (one.merged_into.pk, words.person(one.merged_into)) if one.merged_into else None


def _merged_words(one: Inquiry, zone: str) -> str:
    came = filters.short_day(one.came_at.astimezone(ZoneInfo(zone)).date())
    return f"{words.person(one)}, called by {one.caller_name} on {came}"


def _lacks(one: Inquiry) -> str:
    """What is still to be asked before a chart can be opened."""
    lacking = [
        said
        for said, value in (
            ("given name", one.given_name),
            ("family name", one.family_name),
            ("birth date", one.birth_date),
        )
        if not value
    ]
    return " and ".join(lacking)


def _facts(one: Inquiry) -> tuple[Fact, ...]:
    caller = one.caller_name
    born = filters.plain_day(one.birth_date) if one.birth_date else ""
    facts = (
        Fact("Caller", caller),
        Fact("Caller is", ", ".join(filter(None, (_is(one), one.caller_organization)))),
        Fact("Caller’s number", one.caller_phone, _dial(one.caller_phone)),
        Fact("Caller’s e-mail", one.caller_email),
        Fact("About", one.person_name or NOT_SAID),
        Fact("Born", born or NOT_SAID),
        Fact("Their number", one.phone, _dial(one.phone)),
        Fact("Their e-mail", one.email),
        Fact("Language", one.language),
        Fact("ZIP code", one.zip_code),
        Fact("Wishes for", words.level(one.wanted)),
    )
    return tuple(fact for fact in facts if fact.value)


def _numbers(one: Inquiry) -> tuple[tuple[str, str, str], ...]:
    """Whom to call: the name, the number as it was said, and what the telephone dials."""
    both = ((words.person(one), one.phone), (one.caller_name, one.caller_phone))
    return tuple((name, number, _dial(number)) for name, number in both if number)


def _is(one: Inquiry) -> str:
    relation = f" ({one.caller_relation})" if one.caller_relation else ""
    return f"{one.get_caller_is_display()}{relation}"


def _dial(number: str) -> str:
    """The number for a tel: address; empty when it is none, such as "none"."""
    digits = "".join(ch for ch in number if ch in "+0123456789")
    return digits if len(digits) > 2 else ""


def _told(one: Confided, zone: str) -> Told:
    when = f"{filters.moment(one.recorded_at, zone)}, {one.recorded_by}"
    return Told(one.words, one.told_by, str(one.get_kept_from_display()), when)


def _logged(one: InquiryEvent, here: Inquiry, zone: str) -> Logged:
    then = ""
    if one.next_step and one.next_step_date:
        then = f"Next: {one.next_step}, {filters.short_day(one.next_step_date)}, {one.owner_name}"
    is_changed = one.kind == InquiryEvent.Kind.CHANGED
    return Logged(
        when=filters.moment(one.happened_at, zone),
        words=words.event(one),
        said="" if is_changed else one.words,
        then=then,
        by=one.recorded_by,
        other=one.other_inquiry_id,
        from_other=one.inquiry_id != here.pk,
    )


# ---- who may be the same person ----------------------------------------------------------------


def _same(one: Inquiry, request: StaffRequest, today: date) -> tuple[Same, ...]:
    if not can_access(request.actor, Action.FIND_CLIENTS):
        return ()
    found = selectors.possible_duplicates(one.pk, by=request.actor)
    zone = request.rules.zone
    return (
        *(_same_client(one, each) for each in found.clients),
        *(_same_inquiry(one, each, today, zone) for each in found.inquiries),
    )


def _same_client(one: Inquiry, like: LikeClient) -> Same:
    client, episode = like.client, like.last_episode
    now = "Has a chart; never in care here"
    if episode and episode.closed_date:
        how = str(Outcome(episode.outcome).label).lower()
        now = f"Was in care until {filters.plain_date(episode.closed_date)}: {how}"
    elif episode:
        now = f"In care since {filters.plain_date(episode.opened_date)}"
    rows = (
        _row("Name", one.person_name, client.name),
        _row("Papers", f"{one.given_name} {one.family_name}".strip(), client.full_name),
        _row("Born", _born(one.birth_date), _born(client.birth_date)),
        _row("Number", one.phone or one.caller_phone, client.phone),
        _row("E-mail", one.email or one.caller_email, client.email),
        _row("Language", one.language, client.language),
        _row("Stands", words.stage(one.stage), now),
    )
    return Same("client", client.pk, client.name, now, *_why(like.alike), _said(rows))


def _same_inquiry(one: Inquiry, like: LikeInquiry, today: date, zone: str) -> Same:
    other = like.inquiry
    step = f"; next: {other.next_step}" if other.is_open else f"; {other.closed_why}"
    now = f"{words.stage(other.stage)}{step}"
    rows = (
        _row("Name", one.person_name, other.person_name),
        _row("Born", _born(one.birth_date), _born(other.birth_date)),
        _row("Caller", one.caller_name, other.caller_name),
        _row("Caller’s number", one.caller_phone, other.caller_phone),
        _row("Their number", one.phone, other.phone),
        _row("Came", _day(one.came_at, zone), _day(other.came_at, zone)),
        _row("About", one.about, other.about),
        _row("Mandate", words.mandate(one, today)[1], words.mandate(other, today)[1]),
        _row("Stands", f"{words.stage(one.stage)}; next: {one.next_step}", now),
    )
    charts = one.client_id and other.client_id and one.client_id != other.client_id
    return Same(
        "inquiry",
        other.pk,
        words.person(other),
        now,
        *_why(like.alike),
        _said(rows),
        can_merge=other.is_open and not charts,
        can_take=not charts,
    )


def _why(alike: Alike) -> tuple[str, str]:
    reasons = ", ".join(one.value for one in alike.reasons)
    against = "but their birth dates differ" if alike.birth_dates_differ else ""
    return reasons[:1].upper() + reasons[1:], against


def _said(rows: Iterable[Compared]) -> tuple[Compared, ...]:
    """Without what neither of the two says."""
    return tuple(one for one in rows if {one.here, one.there} != {NOT_SAID})


def _row(said: str, here: str, there: str) -> Compared:
    same = bool(here) and here.casefold() == there.casefold()
    return Compared(said, here or NOT_SAID, there or NOT_SAID, same)


def _born(day: date | None) -> str:
    return filters.plain_day(day) if day else ""


def _day(at: datetime, zone: str) -> str:
    return filters.plain_date(at.astimezone(ZoneInfo(zone)).date())
