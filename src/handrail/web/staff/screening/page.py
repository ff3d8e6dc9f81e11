"""The page of a screening call."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from markupsafe import Markup

from handrail.areas.inquiries.selectors import inquiries
from handrail.areas.screening.models import EmergencyStep, Outcome
from handrail.areas.screening.selectors.screening import Call, callers
from handrail.core.access import Action, can_access
from handrail.core.check import Voice
from handrail.core.emergencies import Number, read_numbers, wrong_now
from handrail.data import emergencies, screening_script, screening_table
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.drafts import draft_key
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import NOTHING, Filled
from handrail.web.staff.screening.gates import gates
from handrail.web.staff.screening.view_models import PartShown, PictureShown, parts_of, picture_of

_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One kind of danger: what to say, whom to call, what to do on the line."""

    kind: str
    title: str
    say: tuple[str, ...]
    numbers: tuple[Number, ...]
    also: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class StepKind:
    """Something that is written down in an emergency, and what is asked with it."""

    key: str
    words: str
    asks: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """Something that was done, and when."""

    at: str
    words: str
    about: str
    by: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A client who may be the same person."""

    client_id: UUID
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """Everything the page of a call shows."""

    frame: Frame
    screening_id: UUID
    inquiry_address: str
    title: str
    about: str
    caller: str
    phone: str
    dial: str
    holder: str
    mine: bool
    started: str
    voice: str
    speakers: tuple[tuple[str, str], ...]
    who: str
    parts: tuple[PartShown, ...]
    picture: PictureShown
    wrongs: tuple[Wrong, ...]
    wrong_open: bool
    wrong_still: str
    step_kinds: tuple[StepKind, ...]
    steps: tuple[StepShown, ...]
    numbers: tuple[Number, ...]
    has_chart: bool
    alike: tuple[Alike, ...]
    missing: tuple[str, ...]
    colleagues: tuple[tuple[UUID, str], ...]
    ended: str
    outcome: str
    chart_level: str
    turn_to: tuple[str, ...]
    tasks: tuple[str, ...]
    facts_json: Markup
    version: int
    finish: Filled
    code: Filled
    hand: Filled
    step: Filled
    save_problems: Mapping[str, str]
    tomorrow: str


TASK_WORDS = {
    "suicide": "Safety task opened: thoughts of suicide",
    "overdose": "Safety task opened: overdose",
}


def call_page(
    request: StaffRequest,
    call: Call,
    *,
    wrong: str = "",
    forms: Mapping[str, Filled] | None = None,
    problems: Mapping[str, str] | None = None,
) -> CallPage:
    """Put a call into the words of the page. `wrong` opens one kind of danger.

    An answer that makes an emergency opens its kind by itself, until somebody says it is over.
    """
    now, zone = clock.now(), request.rules.zone
    forms = forms or {}
    screening, inquiry = call.screening, call.inquiry
    name = inquiry.person_name or "Someone not named yet"
    still = wrong_still(call)
    return CallPage(
        frame=frame(request, "Screening call", here="staff:inquiries"),
        screening_id=screening.pk,
        inquiry_address=reverse("staff:inquiry", kwargs={"inquiry_id": inquiry.pk}),
        title=name,
        about=_about(call),
        caller=_caller(call),
        phone=inquiry.caller_phone,
        dial="".join(sign for sign in inquiry.caller_phone if sign.isdigit() or sign == "+"),
        holder=call.holder,
        mine=call.mine,
        started=filters.moment(screening.started_at, zone),
        voice=screening.voice,
        speakers=_speakers(call),
        who="person" if screening.voice == "me" else "caller",
        parts=parts_of(call, now, zone),
        picture=picture_of(call),
        wrongs=_wrongs(wrong or still, call.voice),
        wrong_open=bool(wrong or still),
        wrong_still=still,
        step_kinds=tuple(
            StepKind(one["key"], one["words"], one["asks"]) for one in screening_table()["step"]
        ),
        steps=tuple(_step(one, zone) for one in call.steps),
        numbers=read_numbers(screening_table()),
        has_chart=inquiry.client_id is not None,
        alike=() if screening.ended_at or inquiry.client_id else _alike(request, inquiry.pk),
        missing=_missing(call),
        colleagues=() if screening.ended_at else callers(by=request.actor),
        ended=filters.moment(screening.ended_at, zone) if screening.ended_at else "",
        outcome=_outcome(call),
        chart_level=_chart_level(request, call),
        turn_to=tuple(screening_table()["turn_to"]["young"]) if call.picture.found.outside else (),
        tasks=tuple(TASK_WORDS[kind] for kind in screening.tasks),
        facts_json=_facts(request, call),
        version=screening.version,
        finish=forms.get("finish", NOTHING),
        code=forms.get("code", NOTHING),
        hand=forms.get("hand", NOTHING),
        step=forms.get("step", NOTHING),
        save_problems=problems or {},
        tomorrow=_tomorrow(now, zone),
    )


def _about(call: Call) -> str:
    inquiry = call.inquiry
    parts = [
        f"born {filters.plain_day(inquiry.birth_date)}" if inquiry.birth_date else "",
        inquiry.language,
        f"mandated by {inquiry.mandated_by}" if inquiry.mandated_by else "",
    ]
    return " · ".join(part for part in parts if part)


def _caller(call: Call) -> str:
    inquiry = call.inquiry
    if inquiry.caller_is == "self":
        return "speaks for themself"
    what = inquiry.caller_relation or inquiry.get_caller_is_display().lower()
    return f"{inquiry.caller_name}, {what}"


def _speakers(call: Call) -> tuple[tuple[str, str], ...]:
    if call.inquiry.caller_is == "self" and call.screening.voice == "me":
        return (("person", "the person"),)
    return (("caller", call.inquiry.caller_name), ("person", "the person themself"))


def _wrongs(opened: str, voice: Voice) -> tuple[Wrong, ...]:
    """What to say and whom to call, for each kind of danger, in words for who is on the line."""
    return tuple(
        Wrong(one.kind, one.title, one.say[voice], one.numbers, one.also, open=one.kind == opened)
        for one in emergencies()
    )


def wrong_still(call: Call) -> str:
    """The kind of danger that cannot wait and that nobody has said is over; nothing otherwise."""
    found = wrong_now(screening_script(), call.sheet, call.picture)
    if found is None or call.screening.ended_at:
        return ""
    since = [call.fields[field].saved_at for field in found.fields]
    said_at = max(since, default=call.screening.started_at)
    is_over = any(one.step == "over" and one.happened_at >= said_at for one in call.steps)
    return "" if is_over else found.kind


def _step(one: EmergencyStep, zone: str) -> StepShown:
    table = screening_table()
    words = {row["key"]: row["words"] for row in table["step"]}
    kinds = {row.kind: row.title for row in emergencies()}
    said = f"{words[one.step]}: {one.words}" if one.words else words[one.step]
    return StepShown(
        filters.clock_time(one.happened_at, zone), said, kinds[one.kind], one.recorded_by
    )


def _alike(request: StaffRequest, inquiry_id: UUID) -> tuple[Alike, ...]:
    if not can_access(request.actor, Action.FIND_CLIENTS):
        return ()
    found = inquiries.possible_duplicates(inquiry_id, by=request.actor)
    return tuple(
        Alike(
            one.client.pk, one.client.full_name, "; ".join(why.value for why in one.alike.reasons)
        )
        for one in found.clients
    )


def _missing(call: Call) -> tuple[str, ...]:
    """What a chart cannot be opened without."""
    inquiry = call.inquiry
    if inquiry.client_id:
        return ()
    needed = {
        "given name": inquiry.given_name,
        "family name": inquiry.family_name,
        "birth date": inquiry.birth_date,
    }
    return tuple(name for name, there in needed.items() if not there)


def _outcome(call: Call) -> str:
    screening = call.screening
    if not screening.ended_at:
        return ""
    words = Outcome(screening.outcome).label
    more = [screening.outcome_words]
    if screening.follow_up_date:
        more.append(f"again on {filters.day(screening.follow_up_date)}")
    return ". ".join([words, *filter(None, more)])


def _chart_level(request: StaffRequest, call: Call) -> str:
    if not call.screening.client_id or not can_access(request.actor, Action.READ_CHART):
        return ""
    return reverse("staff:chart_level", kwargs={"client_id": call.screening.client_id})


def _tomorrow(now: datetime, zone: str) -> str:
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return f"{day.month}/{day.day}/{day.year}"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the script of the page has to know."""

    session: str
    person: str
    key: str
    version: int
    changes: str
    save: str
    emergency: str
    ended: bool
    gates: dict[str, object]


def _facts(request: StaffRequest, call: Call) -> Markup:
    def to(name: str) -> str:
        return reverse(f"staff:screening_{name}", kwargs={"screening_id": call.screening.pk})

    facts = _Facts(
        session=str(call.screening.pk),
        person=request.actor.id,
        key=draft_key(request),
        version=call.screening.version,
        changes=to("changes"),
        save=to("save"),
        emergency=to("emergency"),
        ended=call.screening.ended_at is not None,
        gates=gates(),
    )
    # Safe inside a script element: nothing in it can end that element.
    return Markup(json.dumps(asdict(facts)).translate(_UNSAFE))  # noqa: S704 - escaped here
