"""About: the details of a client, their contacts, lists, flags and episode, and the forms."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.charts.selectors.chart import Summary
from handrail.areas.clients.models import (
    Client,
    Episode,
    Listed,
    ListedKind,
    MayKnow,
    Outcome,
    Relationship,
    Severity,
)
from handrail.areas.clients.services.problem_list import NO_ALLERGIES
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.enrollment.selectors.track import programs
from handrail.areas.safety.models import FlagKind
from handrail.core.access import Action, can_access
from handrail.data import course_rules
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import words
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import NOTHING, Filled
from handrail.web.staff.clients.listing import FIELDS

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListedLine:
    """An entry of a list: what it is and how long it held."""

    listed_id: UUID
    name: str
    detail: str
    held: str
    ended: bool


@dataclass(frozen=True, slots=True)
class ListPart:
    """One of the three lists."""

    kind: str
    title: str
    lines: tuple[ListedLine, ...]


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay at a level of care."""

    level: str
    held: str
    reason: str


@dataclass(frozen=True, slots=True)
class EpisodeLine:
    """An episode: the open one, or one that ended."""

    episode_id: UUID
    opened: str
    ended: str
    outcome: str
    summary: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What of it the reader may do."""

    record: bool
    open_episode: bool
    change_level: bool
    close_episode: bool
    raise_flag: bool
    close_flag: bool


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A form whose card is gone from the page: why, and what was typed, to be copied."""

    reason: str
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything on the page, with the one form that was filled in wrongly, if any."""

    chart: ChartFrame
    signed_for: frozenset[UUID]
    details: tuple[tuple[str, str], ...]
    typed_details: Filled
    lists: tuple[ListPart, ...]
    episode: EpisodeLine | None
    stays: tuple[StayLine, ...]
    closed: tuple[EpisodeLine, ...]
    allowed: Allowed
    owners: tuple[tuple[UUID, str], ...]
    relationships: Choices
    may_know: Choices
    flag_kinds: Choices
    listed_kinds: Choices
    severities: Choices
    outcomes: Choices
    levels: Choices
    offered: Choices
    elsewhere: Choices
    no_allergies: str
    left_over: LeftOver | None
    week_rules: Choices
    payer_minimums: Choices
    form: Filled = NOTHING

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame

    def form_for(self, key: str) -> Filled:
        """The form as typed when it is this one, otherwise an empty one."""
        return self.form if self.form.key == key else NOTHING


@require_safe
@staff(Action.READ_CHART)
def about(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The About tab."""
    return show(request, client_id, NOTHING)


def show(request: StaffRequest, client_id: UUID, form: Filled) -> HttpResponse:
    """The About tab, with a form that has something wrong in it (or none)."""
    actor = request.actor
    framed = chart_frame(request, client_id, "staff:chart_about")
    summary = framed.summary
    left_over = _left_over(form, summary)
    status = 400 if form.problems else 200
    form = NOTHING if left_over else form
    offered = frozenset(one.level for one in programs(by=actor))
    page = AboutPage(
        chart=framed,
        signed_for=frozenset(
            consents_selectors.told_to_contacts(client_id, by=actor, on=framed.today)
        ),
        details=_details(summary.client),
        typed_details=form if form.key == "details" else _typed(summary.client),
        lists=tuple(_list_part(kind, summary) for kind in ListedKind),
        episode=_episode_line(summary.episode) if summary.episode else None,
        stays=_stay_lines(summary),
        closed=tuple(
            _episode_line(one) for one in charts_selectors.closed_episodes(client_id, by=actor)
        ),
        allowed=Allowed(
            record=can_access(actor, Action.RECORD_CLIENT),
            open_episode=can_access(actor, Action.OPEN_EPISODE),
            change_level=can_access(actor, Action.CHANGE_LEVEL),
            close_episode=can_access(actor, Action.CLOSE_EPISODE),
            raise_flag=can_access(actor, Action.RAISE_FLAG),
            close_flag=can_access(actor, Action.CLOSE_FLAG),
        ),
        owners=charts_selectors.possible_owners(by=actor),
        relationships=tuple((one.value, one.label) for one in Relationship),
        may_know=tuple((one.value, one.label) for one in MayKnow),
        flag_kinds=tuple((one.value, one.label) for one in FlagKind),
        listed_kinds=tuple((one.value, one.label) for one in ListedKind),
        severities=tuple((one.value, one.label) for one in Severity),
        outcomes=tuple((one.value, one.label) for one in Outcome),
        levels=words.levels(),
        offered=tuple(one for one in words.levels() if not offered or one[0] in offered),
        elsewhere=tuple(one for one in words.levels() if offered and one[0] not in offered),
        no_allergies="" if framed.allergies else NO_ALLERGIES,
        left_over=left_over,
        week_rules=tuple((key, one.name) for key, one in course_rules().week_rules.items()),
        payer_minimums=tuple((key, one.name) for key, one in course_rules().payer_minimums.items()),
        form=form,
    )
    return render(request, "staff/clients/about.jinja", {"page": page}, status=status)


_FORM_WORDS = {
    "formulation": "Formulation",
    "until_date": "It held until",
    "reason": "Why",
    "level": "Level of care",
    "from_date": "From",
    "opened_date": "From",
    "outcome": "How it ended",
    "closed_date": "On",
    "summary": "Summary",
}
"""What the fields of those forms are called whose card can be gone when they are sent."""


def _left_over(form: Filled, summary: Summary) -> LeftOver | None:
    """What was typed into a card that someone else closed, ended or voided meanwhile."""
    name, _, row = form.key.partition(" ")
    shown = {
        "close_flag": {str(one.pk) for one in summary.flags},
        "end_listed": {str(one.pk) for one in summary.listed if not one.until_date},
        "void_listed": {str(one.pk) for one in summary.listed},
    }
    gone = name in shown and row not in shown[name]
    gone = gone or (name in ("change_level", "close_episode") and bool(form.wrong("episode")))
    gone = gone or (name == "open_episode" and summary.episode is not None)
    if not gone or not form.problems:
        return None
    typed = tuple(
        (_FORM_WORDS[field], _chosen(field, value))
        for field, value in form.typed.items()
        if value.strip() and field in _FORM_WORDS
    )
    return LeftOver(" ".join(form.problems.values()), typed)


def _chosen(field: str, value: str) -> str:
    """A value as the form showed it: a level and an outcome by name."""
    if field == "level":
        return words.level_long(value)
    if field == "outcome" and value in Outcome.values:
        return str(Outcome(value).label)
    return value


def _details(client: Client) -> tuple[tuple[str, str], ...]:
    found = (
        ("Given name", client.given_name),
        ("Family name", client.family_name),
        ("Called", client.called),
        ("Pronouns", client.pronouns),
        ("Birth date", filters.plain_day(client.birth_date)),
        ("Phone", client.phone),
        ("E-mail", client.email),
        ("Language", client.language),
    )
    return tuple((name, value) for name, value in found if value)


def _typed(client: Client) -> Filled:
    return Filled("details", {name: str(getattr(client, name)) for name in FIELDS})


def _list_part(kind: ListedKind, summary: Summary) -> ListPart:
    title = {"diagnosis": "Diagnoses", "medicine": "Medicines", "allergy": "Allergies"}[kind]
    mine = [one for one in summary.listed if one.kind == kind]
    mine.sort(key=lambda one: one.until_date is not None)
    return ListPart(kind.value, title, tuple(_listed_line(one) for one in mine))


def _listed_line(one: Listed) -> ListedLine:
    severity = str(Severity(one.severity).label) if one.severity else ""
    parts = [one.code, severity, one.detail, f"from {one.by_whom}" if one.by_whom else ""]
    began = f"since {filters.plain_day(one.from_date)}" if one.from_date else ""
    if one.until_date:
        began = f"until {filters.plain_day(one.until_date)}"
    return ListedLine(
        listed_id=one.pk,
        name=one.name,
        detail=", ".join(part for part in parts if part),
        held=began,
        ended=one.until_date is not None,
    )


def _stay_lines(summary: Summary) -> tuple[StayLine, ...]:
    return tuple(
        StayLine(
            level=words.level_long(one.level),
            held=filters.plain_day(one.from_date)
            + (f" to {filters.plain_day(one.until_date)}" if one.until_date else " to now"),
            reason=one.reason,
        )
        for one in summary.stays
    )


def _episode_line(one: Episode) -> EpisodeLine:
    return EpisodeLine(
        episode_id=one.pk,
        opened=f"{filters.plain_day(one.opened_date)} by {one.opened_by}",
        ended=f"{filters.plain_day(one.closed_date)} by {one.closed_by}" if one.closed_date else "",
        outcome=str(Outcome(one.outcome).label) if one.outcome else "",
        summary=one.summary,
    )
