"""What the pages of a safety plan show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from handrail.areas.charts import selectors
from handrail.areas.clients.models import DraftDocument
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.safety.models import SafetyPlan, SafetyPlanDeclined
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.areas.safety.selectors.safety_plans import Version
from handrail.core.access import Action, can_access
from handrail.core.drafts import Field
from handrail.core.safety_plan import CONTACT, Kind, Part, Plan, missing
from handrail.data import safety_plan_wording
from handrail.data.languages import ENGLISH
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.drafts import Box, Boxes, facts
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.public.words import language, plain_day, say
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.safety.forms import DeclineForm, LookForm

TAB = "staff:chart_safety_plan"


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a plan as it is read: its title and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call: whose, the number, how, and what a telephone link dials (or nothing)."""

    name: str
    number: str
    how: str
    dial: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plan on one page, in the words that were agreed; `language` is that of its labels."""

    name: str
    before: tuple[Piece, ...]
    people: tuple[Number, ...]
    professionals: Piece
    numbers: tuple[Number, ...]
    after_hours: str
    means: tuple[Piece, ...]
    naloxone: str
    reasons: Piece
    next_look: str
    owner: str
    signed: str
    agreed: str
    language: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    plan_id: UUID
    number: int
    signed: str


@dataclass(frozen=True, slots=True)
class DeclinedLine:
    """One time that the person would not make a plan."""

    when: str
    by: str
    reason: str
    instead: str
    again: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The tab: the plan that holds, or another version of it, and what can be done."""

    chart: ChartFrame
    leaf: Leaf | None
    plan_id: UUID | None
    number: int
    newest: bool
    untouched: bool
    next_look: str
    overdue: bool
    looks: tuple[tuple[str, str], ...]
    versions: tuple[VersionLine, ...]
    declined: tuple[DeclinedLine, ...]
    begun: str
    may_write: bool
    may_sign: bool
    may_hand_over: bool
    look: Form
    decline: Form

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class PartBoxes:
    """One part of the form: its title, what is asked aloud, and its boxes."""

    title: str
    ask: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class WritingPage:
    """The form that clinician and client fill in together."""

    chart: ChartFrame
    parts: tuple[PartBoxes, ...]
    means: tuple[PartBoxes, ...]
    naloxone: tuple[Box, ...]
    after: tuple[Box, ...]
    open: tuple[tuple[str, str], ...]
    may_sign: bool
    facts: Markup
    lines: tuple[Number, ...]
    problem: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


# ---- reading -----------------------------------------------------------------------------------


def plan_page(
    request: StaffRequest, client_id: UUID, version: Version | None, posted: Form | None = None
) -> PlanPage:
    """The tab, with this version (None: there is none yet)."""
    by, zone = request.actor, request.rules.zone
    chart = chart_frame(request, client_id, TAB)
    versions = safety.safety_plan_versions(client_id, by=by)
    begun = drafts_of(client_id, DraftDocument.SAFETY_PLAN, by=by)
    newest = bool(version and versions and versions[0].pk == version.row.pk)
    owners = selectors.possible_owners(by=by)
    offered = chart.today + timedelta(days=safety_plan_wording().look_first_days)
    return PlanPage(
        chart=chart,
        leaf=leaf_of(version, chart.name, zone) if version else None,
        plan_id=version.row.pk if version else None,
        number=version.row.number if version else 0,
        newest=newest,
        untouched=version.untouched if version else True,
        next_look=_next_look(version) if version else "",
        overdue=bool(version and newest and version.next_look <= chart.today),
        looks=_looks(version, zone) if version else (),
        versions=tuple(_version_line(one, zone) for one in versions),
        declined=tuple(_declined_line(one, zone) for one in safety.declined_of(client_id, by=by)),
        begun=_begun(begun, zone),
        may_write=can_access(by, Action.WRITE_SAFETY_PLAN),
        may_sign=can_access(by, Action.SIGN_SAFETY_PLAN),
        may_hand_over=can_access(by, Action.DISCLOSE),
        look=LookForm(initial={"next_look": offered}, owner=owners).unless(posted),
        decline=DeclineForm(initial={"ask_again": offered}, owner=owners).unless(posted),
    )


def leaf_of(version: Version, name: str, zone: str) -> Leaf:
    """A version as the person has it on paper; its labels in the language that is active."""
    plan, wording = version.plan, safety_plan_wording(language())
    pieces = {one.code: Piece(one.title, plan.said.get(one.code, ())) for one in wording.parts}
    return Leaf(
        name=name,
        before=tuple(
            pieces[one.code]
            for one in wording.parts
            if one.kind is Kind.LINES
            and one.code not in ("professionals", "reasons")
            and pieces[one.code].lines
        ),
        people=(
            *(Number(one.name, one.phone, one.who, dial(one.phone)) for one in plan.people),
            *(Number(one, "", "", "") for one in plan.said.get("ask_for_help", ())),
        ),
        professionals=pieces["professionals"],
        numbers=numbers(),
        after_hours=plan.after_hours,
        means=_means(plan),
        naloxone=_naloxone(plan),
        reasons=pieces["reasons"],
        next_look=_day(version.next_look),
        owner=version.owner.user.name,
        signed=f"{_moment(version.row.signed_at, zone)}, {version.row.signed_name}",
        agreed=version.row.agreed_name,
        language=language(),
    )


def numbers() -> tuple[Number, ...]:
    """The lines that stand on every plan."""
    return tuple(
        Number(one.name, one.number, one.how, one.number)
        for one in safety_plan_wording(language()).lines
    )


def dial(number: str) -> str:
    """A number as a telephone link wants it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def _day(value: date) -> str:
    return filters.day(value) if language() == ENGLISH else plain_day(value)


def _short(value: date) -> str:
    return filters.plain_date(value) if language() == ENGLISH else plain_day(value)


def _moment(value: datetime, zone: str) -> str:
    if language() == ENGLISH:
        return filters.moment(value, zone)
    return plain_day(filters.local_day(value, zone))


def _means(plan: Plan) -> tuple[Piece, ...]:
    wording = safety_plan_wording(language())
    titles = {one.code: one.title for one in wording.means}
    answers = {one.code: one.words for one in wording.answers}
    return tuple(
        Piece(
            titles.get(one.code, one.code),
            tuple(words for words in (answers.get(one.answer, ""), one.agreed) if words),
        )
        for one in plan.means
        if one.answer
    )


def _naloxone(plan: Plan) -> str:
    answers = {one.code: one.words for one in safety_plan_wording(language()).naloxone}
    said = plan.naloxone
    day = say("on {day}", day=_short(said.given_date)) if said.given_date else ""
    by = say("by {who}", who=said.by) if said.by else ""
    shown = say("shown to {who}", who=said.shown) if said.shown else ""
    words = " ".join(word for word in (answers.get(said.answer, ""), day, by) if word)
    return "; ".join(word for word in (words, shown) if word)


def _next_look(version: Version) -> str:
    return f"{filters.day(version.next_look)}, {version.owner.user.name}"


def _looks(version: Version, zone: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{filters.moment(one.looked_at, zone)}, {one.looked_by}", one.words)
        for one in version.looks
    )


def _version_line(row: SafetyPlan, zone: str) -> VersionLine:
    return VersionLine(
        row.pk, row.number, f"{filters.moment(row.signed_at, zone)}, {row.signed_name}"
    )


def _declined_line(row: SafetyPlanDeclined, zone: str) -> DeclinedLine:
    return DeclinedLine(
        when=filters.moment(row.recorded_at, zone),
        by=row.recorded_by,
        reason=row.reason,
        instead=row.instead,
        again=f"{filters.day(row.ask_again_date)}, {row.owner.user.name}",
    )


def _begun(written: Mapping[str, Field], zone: str) -> str:
    last = max(((one.at, one.by) for one in written.values() if one.at), default=None)
    return f"{filters.moment(last[0], zone)}, {last[1]}" if last else ""


def _typed_day(chart: ChartFrame, days: int) -> str:
    day = chart.today + timedelta(days=days)
    return f"{day.month}/{day.day}/{day.year}"


# ---- writing -----------------------------------------------------------------------------------


def writing_page(
    request: StaffRequest, client_id: UUID, problems: Mapping[str, str], problem: str = ""
) -> WritingPage:
    """The form, with what is wrong in it beside the fields."""
    by, zone = request.actor, request.rules.zone
    chart = chart_frame(request, client_id, TAB)
    written = drafts_of(client_id, DraftDocument.SAFETY_PLAN, by=by)
    boxes = Boxes(written, problems, zone)
    plan = safety.plan_from(
        {name: one.text for name, one in written.items()}, chart.summary.client, by=by
    )
    wording = safety_plan_wording()
    today = clock.today(zone)
    return WritingPage(
        chart=chart,
        parts=tuple(_part(one, chart, boxes) for one in wording.parts),
        means=_means_boxes(boxes),
        naloxone=_naloxone_boxes(boxes),
        after=_after_boxes(boxes, selectors.possible_owners(by=by), chart),
        open=tuple((one.field, one.words) for one in missing(plan, wording, today=today)),
        may_sign=can_access(by, Action.SIGN_SAFETY_PLAN),
        facts=facts(
            request,
            document=DraftDocument.SAFETY_PLAN,
            client_id=client_id,
            save=reverse("staff:safety_plan_save", args=[client_id]),
            settle=reverse("staff:safety_plan_settle", args=[client_id]),
        ),
        lines=numbers(),
        problem=problem,
    )


def _part(part: Part, chart: ChartFrame, boxes: Boxes) -> PartBoxes:
    if part.kind is Kind.LINES:
        box = boxes.box(part.code, part.title, hint=part.hint)
        return PartBoxes(part.title, part.ask, (box,))
    known = tuple(
        boxes.box(
            f"{CONTACT}{one.contact_id}",
            f"{one.name}, {one.relationship.lower()}{', ' + one.phone if one.phone else ''}",
            options=(("", "not in the plan"), ("yes", "in the plan")),
            rows=1,
        )
        for one in chart.contacts
    )
    others = boxes.box(part.code, "Others, one a line" if known else part.title, hint=part.hint)
    return PartBoxes(part.title, part.ask, (*known, others))


def _means_boxes(boxes: Boxes) -> tuple[PartBoxes, ...]:
    wording = safety_plan_wording()
    answers = (("", "not asked yet"), *((one.code, one.words) for one in wording.answers))
    return tuple(
        PartBoxes(
            one.title,
            one.ask,
            (
                boxes.box(one.code, f"{one.title}: what they answered", options=answers),
                boxes.box(
                    f"{one.code}_agreed",
                    f"{one.title}: what was agreed",
                    hint=one.hint,
                    rows=2,
                ),
            ),
        )
        for one in wording.means
    )


def _naloxone_boxes(boxes: Boxes) -> tuple[Box, ...]:
    wording = safety_plan_wording()
    answers = (("", "not asked yet"), *((one.code, one.words) for one in wording.naloxone))
    return (
        boxes.box("naloxone", "Naloxone", options=answers),
        boxes.box("naloxone_date", "Given on", hint="For example 11/24/2026", rows=1),
        boxes.box("naloxone_by", "Given by", rows=1),
        boxes.box(
            "naloxone_shown",
            "Who was shown how to use it",
            hint="Nobody can give it to themselves: name who lives or uses with them.",
            rows=1,
        ),
    )


def _after_boxes(
    boxes: Boxes, owners: tuple[tuple[UUID, str], ...], chart: ChartFrame
) -> tuple[Box, ...]:
    wording = safety_plan_wording()
    people = (("", "choose"), *((str(key), name) for key, name in owners))
    first = _typed_day(chart, wording.look_first_days)
    return (
        boxes.box(
            "after_hours",
            "When this program is closed",
            hint="Whom they reach at night and on weekends, with the number.",
            rows=1,
        ),
        boxes.box(
            "next_look",
            "We look at it again on",
            hint=f"Within {wording.look_within_days} days, for example {first}",
            rows=1,
        ),
        boxes.box("owner", "Who sees to that", options=people),
        boxes.box(
            "agreed_name",
            "The person agrees: their name",
            hint="After you have read it through together. They may type it themselves.",
            rows=1,
        ),
    )
