"""What can be changed on a chart's About tab: each view does one thing and comes back."""

from collections.abc import Callable
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
from handrail.core.errors import Invalid, NotAChoice
from handrail.foundation import clock
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import about
from handrail.web.staff.clients.forms import (
    Filled,
    filled,
    needed_day,
    problems_of,
    some_day,
    with_problems,
)
from handrail.web.staff.clients.listing import FIELDS
from handrail.web.staff.clients.posted import posted
from handrail.web.staff.schedule import words


@posted(Action.RECORD_CLIENT, part="details")
def details(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Change the client's details."""
    form = filled(request.POST, FIELDS, key="details")

    def change() -> None:
        clients_services.change_client(
            client_id=client_id,
            given_name=form.value("given_name"),
            family_name=form.value("family_name"),
            called=form.value("called"),
            pronouns=form.value("pronouns"),
            birth_date=needed_day(form, "birth_date"),
            phone=form.value("phone"),
            email=form.value("email"),
            language=form.value("language"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The details are changed.", at="details")


# ---- flags -------------------------------------------------------------------------------------


@posted(Action.RAISE_FLAG, part="flags")
def raise_flag(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Raise a flag."""
    fields = ("kind", "why", "owner", "review_date", "other_client", "other_colleague")
    form = filled(request.POST, fields, key="raise_flag")

    def change() -> None:
        no_contact = form.value("kind") == FlagKind.NO_CONTACT
        safety_services.raise_flag(
            client_id=client_id,
            kind=form.value("kind"),
            why=form.value("why"),
            owner_id=_key(form, "owner", "Choose an owner."),
            review_date=some_day(form, "review_date"),
            other_client_id=_other_client(form, request.actor) if no_contact else None,
            other_colleague_id=_colleague(form) if no_contact else None,
            by=request.actor,
            at=clock.now(),
        )
        if no_contact:
            _say_who_would_meet(request, client_id)

    done = "The flag is raised. Everyone who opens this chart sees it first."
    return _do(request, client_id, form, change, done, at="flags")


def _say_who_would_meet(request: StaffRequest, client_id: UUID) -> None:
    """A flag alone keeps nobody apart who is in a group together already."""
    for one in meetings(by=request.actor, at=clock.now(), client_id=client_id):
        messages.warning(request, words.would_meet(one))


@posted(Action.CLOSE_FLAG, part="flags", of="flag")
def close_flag(request: StaffRequest, flag_id: UUID) -> HttpResponse:
    """Close a flag with a formulation."""
    client_id = selectors.whose("flag", flag_id, by=request.actor)
    form = filled(request.POST, ("formulation",), key=f"close_flag {flag_id}")

    def change() -> None:
        safety_services.close_flag(
            flag_id=flag_id,
            formulation=form.value("formulation"),
            by=request.actor,
            at=clock.now(),
        )

    done = "The flag is closed. Your formulation stands on the timeline."
    return _do(request, client_id, form, change, done, at="flags")


def _other_client(form: Filled, by: Actor) -> UUID | None:
    """The other client by name and birth date as typed; there has to be exactly one."""
    typed = form.value("other_client").strip()
    if not typed:
        return None
    found = selectors.find(typed, by=by, limit=2)
    if len(found.people) == 1:
        return found.people[0].id
    raise OtherUnclear(nobody=not found.people)


def _colleague(form: Filled) -> UUID | None:
    if not form.value("other_colleague"):
        return None
    return _key(form, "other_colleague", "Choose a colleague from the list.")


# ---- contacts and lists ------------------------------------------------------------------------


@posted(Action.RECORD_CLIENT, part="contacts")
def contact(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put a contact on the chart."""
    fields = ("name", "relationship", "phone", "call_if_missed")
    form = filled(request.POST, fields, several=("may_know",), key="contact")

    def change() -> None:
        clients_services.record_contact(
            client_id=client_id,
            name=form.value("name"),
            relationship=form.value("relationship"),
            phone=form.value("phone"),
            may_know=form.chosen["may_know"],
            call_if_missed=bool(form.value("call_if_missed")),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The contact is on the chart.", at="contacts")


@posted(Action.RECORD_CLIENT, part="contacts", of="contact")
def end_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """From now on this person is told nothing."""
    client_id = selectors.whose("contact", contact_id, by=request.actor)
    clients_services.end_contact(contact_id=contact_id, by=request.actor, at=clock.now())
    return _back(request, client_id, "From now on this contact is told nothing.", at="contacts")


@posted(Action.RECORD_CLIENT, part="lists")
def listed(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put a diagnosis, medicine or allergy on its list."""
    fields = ("kind", "name", "code", "severity", "detail", "by_whom", "from_date")
    form = filled(request.POST, fields, key="listed")

    def change() -> None:
        clients_services.record_listed(
            client_id=client_id,
            kind=form.value("kind"),
            name=form.value("name"),
            code=form.value("code"),
            severity=form.value("severity"),
            detail=form.value("detail"),
            by_whom=form.value("by_whom"),
            from_date=some_day(form, "from_date"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "It is on the list.", at="lists")


@posted(Action.RECORD_CLIENT, part="lists", of="listed")
def end_listed(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """An entry no longer holds, from a day on: today when none is given."""
    client_id = selectors.whose("listed", listed_id, by=request.actor)
    form = filled(request.POST, ("until_date",), key=f"end_listed {listed_id}")

    def change() -> None:
        clients_services.end_listed(
            listed_id=listed_id,
            until_date=some_day(form, "until_date") or clock.today(request.rules.zone),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The entry has ended.", at="lists")


@posted(Action.RECORD_CLIENT, part="lists", of="listed")
def void_listed(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """Take back an entry that never held."""
    client_id = selectors.whose("listed", listed_id, by=request.actor)
    form = filled(request.POST, ("reason",), key=f"void_listed {listed_id}")

    def change() -> None:
        clients_services.void_listed(
            listed_id=listed_id, reason=form.value("reason"), by=request.actor, at=clock.now()
        )

    return _do(request, client_id, form, change, "The entry is voided.", at="lists")


# ---- the episode -------------------------------------------------------------------------------


@posted(Action.OPEN_EPISODE, part="episode")
def open_episode(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Admit the client at a level of care."""
    fields = ("level", "opened_date", "reason", "payer_minimum")
    form = filled(request.POST, fields, several=("week_rules",), key="open_episode")

    def change() -> None:
        clients_services.open_episode(
            client_id=client_id,
            level=form.value("level"),
            opened_date=needed_day(form, "opened_date"),
            reason=form.value("reason"),
            week_rules=form.chosen["week_rules"],
            payer_minimum=form.value("payer_minimum"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The episode of care is open.", at="episode")


@posted(Action.CHANGE_LEVEL, part="episode", of="episode")
def change_level(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Step up or down."""
    client_id = selectors.whose("episode", episode_id, by=request.actor)
    form = filled(request.POST, ("level", "from_date", "reason"), key="change_level")

    def change() -> None:
        clients_services.change_level(
            episode_id=episode_id,
            level=form.value("level"),
            from_date=needed_day(form, "from_date"),
            reason=form.value("reason"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The level of care is changed.", at="episode")


@posted(Action.CLOSE_EPISODE, part="episode", of="episode")
def close_episode(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Discharge the client."""
    client_id = selectors.whose("episode", episode_id, by=request.actor)
    form = filled(request.POST, ("outcome", "summary", "closed_date"), key="close_episode")

    def change() -> None:
        discharge(
            episode_id=episode_id,
            outcome=form.value("outcome"),
            summary=form.value("summary"),
            closed_date=some_day(form, "closed_date"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, client_id, form, change, "The episode of care is closed.", at="episode")


# ---- doing it and coming back ------------------------------------------------------------------


def _key(form: Filled, name: str, otherwise: str) -> UUID:
    try:
        return UUID(form.value(name))
    except ValueError as wrong:
        raise NotAChoice().at(name) from wrong


def _do(
    request: StaffRequest,
    client_id: UUID,
    form: Filled,
    change: Callable[[], None],
    done: str,
    *,
    at: str,
) -> HttpResponse:
    """Do it and come back, or show the page with what is wrong and everything typed."""
    try:
        change()
    except Invalid as wrong:
        return about.show(request, client_id, with_problems(form, problems_of(wrong)))
    return _back(request, client_id, done, at=at)


def _back(request: StaffRequest, client_id: UUID, done: str, *, at: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(f"{reverse('staff:chart_about', args=[client_id])}#{at}")
