"""About: the details of a client, their contacts, lists, flags and episode, and the forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.forms.models import model_to_dict
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
    Outcome,
    Severity,
)
from handrail.areas.clients.services.problem_list import NO_ALLERGIES
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.enrollment.selectors.track import programs
from handrail.core.access import Action, Actor, can_access
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import about_forms as forms
from handrail.web.staff.clients import words
from handrail.web.staff.clients.chart import ChartFrame, chart_frame


@dataclass(frozen=True, slots=True)
class ListedLine:
    """An entry of a list: what it is and how long it held."""

    listed_id: UUID
    name: str
    detail: str
    held: str
    ended: bool
    end: Form
    void: Form


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
    lists: tuple[ListPart, ...]
    episode: EpisodeLine | None
    stays: tuple[StayLine, ...]
    closed: tuple[EpisodeLine, ...]
    allowed: Allowed
    no_allergies: str
    left_over: LeftOver | None
    forms: Mapping[str, Form]
    close_forms: Mapping[UUID, Form]

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def about(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The About tab."""
    return show(request, client_id)


def show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    """The About tab, with a form that has something wrong in it (or none)."""
    actor = request.actor
    framed = chart_frame(request, client_id, "staff:chart_about")
    summary = framed.summary
    left_over = _left_over(posted, summary) if posted else None
    status = posted.status if posted else 200
    posted = None if left_over else posted
    page = AboutPage(
        chart=framed,
        signed_for=frozenset(
            consents_selectors.told_to_contacts(client_id, by=actor, on=framed.today)
        ),
        details=_details(summary.client),
        lists=tuple(_list_part(kind, summary, posted) for kind in ListedKind),
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
        no_allergies="" if framed.allergies else NO_ALLERGIES,
        left_over=left_over,
        forms={one.key: one.unless(posted) for one in _forms(framed, actor)},
        close_forms={
            one.flag_id: forms.CloseFlagForm(key=f"close_flag-{one.flag_id}").unless(posted)
            for one in framed.flags
        },
    )
    return render(request, "staff/clients/about.jinja", {"page": page}, status=status)


def _forms(chart: ChartFrame, by: Actor) -> Iterator[Form]:
    """The forms of the tab that are there once, empty."""
    owners, today = charts_selectors.possible_owners(by=by), chart.today
    yield forms.DetailsForm(initial=model_to_dict(chart.summary.client))
    yield forms.FlagForm(owner=owners, other_colleague=owners)
    yield forms.OpenEpisodeForm(initial={"opened_date": today}, level=levels_offered(by))
    yield forms.ChangeLevelForm(initial={"from_date": today})
    yield forms.CloseEpisodeForm(initial={"closed_date": today})
    yield forms.ContactForm()
    yield forms.ListedForm()


def levels_offered(by: Actor) -> list[tuple[str, Any]]:
    """The levels of care that the programs here offer; then those to which people are referred."""
    offered = frozenset(one.level for one in programs(by=by))
    here = [one for one in words.levels() if not offered or one[0] in offered]
    elsewhere = [one for one in words.levels() if offered and one[0] not in offered]
    return [*here, ("Referred elsewhere", elsewhere)] if elsewhere else here


def _left_over(form: Form, summary: Summary) -> LeftOver | None:
    """What was typed into a card that someone else closed, ended or voided meanwhile."""
    name, _, row = form.key.partition("-")
    shown = {
        "close_flag": {str(one.pk) for one in summary.flags},
        "end_listed": {str(one.pk) for one in summary.listed if not one.until_date},
        "void_listed": {str(one.pk) for one in summary.listed},
    }
    gone = name in shown and row not in shown[name]
    gone = gone or (name in ("change_level", "close_episode") and bool(form.non_field_errors()))
    gone = gone or (name == "open_episode" and summary.episode is not None)
    if not gone or not form.errors:
        return None
    said = " ".join(str(each) for several in form.errors.values() for each in several)
    typed = ((str(field.label), _chosen(field)) for field in form.visible_fields())
    return LeftOver(said, tuple(one for one in typed if one[1].strip()))


def _chosen(field: BoundField) -> str:
    """A value as the form showed it: a level and an outcome by name."""
    known: dict[str, Any] = {}
    for key, said in getattr(field.field, "choices", ()):
        known |= dict(said) if isinstance(said, list) else {key: said}
    value = field.value()
    return str(known.get(value, value)) if isinstance(value, str) else ""


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


def _list_part(kind: ListedKind, summary: Summary, posted: Form | None) -> ListPart:
    title = {"diagnosis": "Diagnoses", "medicine": "Medicines", "allergy": "Allergies"}[kind]
    mine = [one for one in summary.listed if one.kind == kind]
    mine.sort(key=lambda one: one.until_date is not None)
    return ListPart(kind.value, title, tuple(_listed_line(one, posted) for one in mine))


def _listed_line(one: Listed, posted: Form | None) -> ListedLine:
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
        end=forms.EndListedForm(key=f"end_listed-{one.pk}").unless(posted),
        void=forms.VoidListedForm(key=f"void_listed-{one.pk}").unless(posted),
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
