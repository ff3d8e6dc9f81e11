"""The clients: finding one by name, everyone in care, and beginning a new chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors
from handrail.areas.charts.selectors.search import Found, FoundPage
from handrail.areas.clients import services
from handrail.core.access import Action, Actor, can_access
from handrail.core.name_search import name_words
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import progress, words
from handrail.web.staff.clients.about_forms import NewForm


@dataclass(frozen=True, slots=True)
class Line:
    """One client in a list. `papers` is the name of the papers where it is another."""

    client_id: UUID
    name: str
    papers: str
    initials: str
    born: str
    pronouns: str
    level: str
    place: str
    flags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClientsPage:
    """What was typed, who was found, and otherwise everyone in care."""

    frame: Frame
    typed: str
    searched: bool
    lines: tuple[Line, ...]
    more: bool
    next: str
    first: bool
    may_record: bool


@dataclass(frozen=True, slots=True)
class NewPage:
    """The form for a new client as typed, and who on file may be the same person."""

    frame: Frame
    form: NewForm
    alike: tuple[Line, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.FIND_CLIENTS)
def clients(request: StaffRequest) -> HttpResponse:
    """Find a client. What is typed is posted, so that no name stands in an address."""
    typed = request.POST.get("q", "")[:200]
    after = _key(request.GET.get("after", ""))
    if typed.strip():
        found = selectors.find(typed, by=request.actor)
    else:
        found = selectors.in_care(by=request.actor, after=after)
    page = ClientsPage(
        frame=frame(request, "Clients", here="staff:clients"),
        typed=typed,
        searched=bool(typed.strip()),
        lines=_lines(found, request),
        more=found.more,
        next=f"{reverse('staff:clients')}?after={found.next}" if found.next else "",
        first=after is None,
        may_record=can_access(request.actor, Action.RECORD_CLIENT),
    )
    return render(request, "staff/clients/clients.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_CLIENT)
def new(request: StaffRequest) -> HttpResponse:
    """Begin a chart. Someone who may be on file already is shown before anything is saved."""
    by = request.actor
    form = NewForm(request.POST if request.method == "POST" else None)
    same: tuple[Found, ...] = ()
    if form.is_valid():
        entered = form.cleaned_data
        services.hold_new_charts(entered["birth_date"], by=by)
        key, begun = services.chart_of_form(entered["form"] or uuid4(), by=by)
        if begun:  # sent twice
            return redirect("staff:chart_about", client_id=key)
        same = () if "anyway" in request.POST else _alike(entered, by)
        if not same and form.submit(services.record_client, by=by, at=clock.now(), client_id=key):
            messages.success(request, "The chart is begun. Next: open an episode of care.")
            return redirect("staff:chart_about", client_id=form.result.pk)
    alike = _lines(FoundPage(same), request) if same else ()
    page = NewPage(frame(request, "New client", here="staff:clients"), form, alike)
    return render(request, "staff/clients/new.jinja", {"page": page}, status=form.status)


def _alike(entered: Mapping[str, Any], by: Actor) -> tuple[Found, ...]:
    names = [entered[name] for name in ("given_name", "family_name", "called")]
    if not name_words(names):
        return ()
    return selectors.alike(names, entered["birth_date"], by=by)


def _lines(found: FoundPage, request: StaffRequest) -> tuple[Line, ...]:
    places = progress.places_of([one.id for one in found.people], by=request.actor)
    return tuple(_line(one, places.get(one.id, "")) for one in found.people)


def _line(one: Found, place: str) -> Line:
    return Line(
        client_id=one.id,
        name=one.name,
        papers=one.full_name if one.full_name != one.name else "",
        initials=one.initials,
        born=filters.plain_day(one.birth_date),
        pronouns=one.pronouns,
        level=words.level_short(one.level) if one.level else "",
        place=place,
        flags=tuple((words.flag_mark(kind), words.flag_words(kind)) for kind in one.flags),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
