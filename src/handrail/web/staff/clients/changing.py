"""What can be changed on a chart's About tab: each view does one thing and comes back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.areas.charts import selectors
from handrail.areas.clients import services as clients_services
from handrail.areas.enrollment.selectors.meetings import meetings
from handrail.areas.enrollment.services.discharge import discharge
from handrail.areas.safety import services as safety_services
from handrail.areas.safety.errors import OtherUnclear
from handrail.areas.safety.models import FlagKind
from handrail.core.access import Action, Actor
from handrail.foundation import clock
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import about
from handrail.web.staff.clients import about_forms as forms
from handrail.web.staff.clients.posted import posted
from handrail.web.staff.schedule import words


@posted(Action.RECORD_CLIENT, part="details")
def details(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Change the client's details."""
    form = forms.DetailsForm(request.POST)
    service = partial(clients_services.change_client, client_id=client_id)
    return _do(request, client_id, form, service, "The details are changed.", at="details")


# ---- flags -------------------------------------------------------------------------------------


@posted(Action.RAISE_FLAG, part="flags")
def raise_flag(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Raise a flag."""
    owners = selectors.possible_owners(by=request.actor)
    form = forms.FlagForm(request.POST, owner=owners, other_colleague=owners)

    def service(other_client: str, other_colleague: UUID | None, **entered: Any) -> None:
        no_contact = entered["kind"] == FlagKind.NO_CONTACT
        safety_services.raise_flag(
            client_id=client_id,
            other_client_id=_other_client(other_client, request.actor) if no_contact else None,
            other_colleague_id=other_colleague if no_contact else None,
            **entered,
        )
        if no_contact:
            _say_who_would_meet(request, client_id)

    done = "The flag is raised. Everyone who opens this chart sees it first."
    return _do(request, client_id, form, service, done, at="flags")


def _say_who_would_meet(request: StaffRequest, client_id: UUID) -> None:
    """A flag alone keeps nobody apart who is in a group together already."""
    for one in meetings(by=request.actor, at=clock.now(), client_id=client_id):
        messages.warning(request, words.would_meet(one))


@posted(Action.CLOSE_FLAG, part="flags", of="flag")
def close_flag(request: StaffRequest, flag_id: UUID) -> HttpResponse:
    """Close a flag with a formulation."""
    client_id = selectors.whose("flag", flag_id, by=request.actor)
    form = forms.CloseFlagForm(request.POST, key=f"close_flag-{flag_id}")
    service = partial(safety_services.close_flag, flag_id=flag_id)
    done = "The flag is closed. Your formulation stands on the timeline."
    return _do(request, client_id, form, service, done, at="flags")


def _other_client(typed: str, by: Actor) -> UUID | None:
    """The other client by name and birth date as typed; there has to be exactly one."""
    if not typed:
        return None
    found = selectors.find(typed, by=by, limit=2)
    if len(found.people) == 1:
        return found.people[0].id
    raise OtherUnclear(nobody=not found.people)


# ---- contacts and lists ------------------------------------------------------------------------


@posted(Action.RECORD_CLIENT, part="contacts")
def contact(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put a contact on the chart."""
    form = forms.ContactForm(request.POST)
    service = partial(clients_services.record_contact, client_id=client_id)
    return _do(request, client_id, form, service, "The contact is on the chart.", at="contacts")


@posted(Action.RECORD_CLIENT, part="contacts", of="contact")
def end_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """From now on this person is told nothing."""
    client_id = selectors.whose("contact", contact_id, by=request.actor)
    clients_services.end_contact(contact_id=contact_id, by=request.actor, at=clock.now())
    return _back(request, client_id, "From now on this contact is told nothing.", at="contacts")


@posted(Action.RECORD_CLIENT, part="lists")
def listed(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put a diagnosis, medicine or allergy on its list."""
    form = forms.ListedForm(request.POST)
    service = partial(clients_services.record_listed, client_id=client_id)
    return _do(request, client_id, form, service, "It is on the list.", at="lists")


@posted(Action.RECORD_CLIENT, part="lists", of="listed")
def end_listed(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """An entry no longer holds, from a day on: today when none is given."""
    client_id = selectors.whose("listed", listed_id, by=request.actor)
    form = forms.EndListedForm(request.POST, key=f"end_listed-{listed_id}")

    def service(until_date: date | None, **said: Any) -> None:
        day = until_date or clock.today(request.rules.zone)
        clients_services.end_listed(listed_id=listed_id, until_date=day, **said)

    return _do(request, client_id, form, service, "The entry has ended.", at="lists")


@posted(Action.RECORD_CLIENT, part="lists", of="listed")
def void_listed(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """Take back an entry that never held."""
    client_id = selectors.whose("listed", listed_id, by=request.actor)
    form = forms.VoidListedForm(request.POST, key=f"void_listed-{listed_id}")
    service = partial(clients_services.void_listed, listed_id=listed_id)
    return _do(request, client_id, form, service, "The entry is voided.", at="lists")


# ---- the episode -------------------------------------------------------------------------------


@posted(Action.OPEN_EPISODE, part="episode")
def open_episode(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Admit the client at a level of care."""
    form = forms.OpenEpisodeForm(request.POST, level=about.levels_offered(request.actor))
    service = partial(clients_services.open_episode, client_id=client_id)
    return _do(request, client_id, form, service, "The episode of care is open.", at="episode")


@posted(Action.CHANGE_LEVEL, part="episode", of="episode")
def change_level(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Step up or down."""
    client_id = selectors.whose("episode", episode_id, by=request.actor)
    form = forms.ChangeLevelForm(request.POST)
    service = partial(clients_services.change_level, episode_id=episode_id)
    return _do(request, client_id, form, service, "The level of care is changed.", at="episode")


@posted(Action.CLOSE_EPISODE, part="episode", of="episode")
def close_episode(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Discharge the client."""
    client_id = selectors.whose("episode", episode_id, by=request.actor)
    form, service = forms.CloseEpisodeForm(request.POST), partial(discharge, episode_id=episode_id)
    return _do(request, client_id, form, service, "The episode of care is closed.", at="episode")


# ---- doing it and coming back ------------------------------------------------------------------


def _do(
    request: StaffRequest,
    client_id: UUID,
    form: Form,
    service: Callable[..., object],
    done: str,
    *,
    at: str,
) -> HttpResponse:
    """Do it and come back, or show the page with what is wrong and everything typed."""
    if not form.submit(service, by=request.actor, at=clock.now()):
        return about.show(request, client_id, form)
    return _back(request, client_id, done, at=at)


def _back(request: StaffRequest, client_id: UUID, done: str, *, at: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(f"{reverse('staff:chart_about', args=[client_id])}#{at}")
