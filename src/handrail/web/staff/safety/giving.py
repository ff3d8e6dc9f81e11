"""Giving the person their plan: on paper, or on their own phone. Both pass the disclosure gate."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import qrcode
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.areas.consents.services.disclosures import disclose
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.areas.safety.services import handover
from handrail.core.access import Action
from handrail.core.consents import Content, Purpose, Recipient, RecipientKind
from handrail.data.languages import ENGLISH
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.public.words import speaking
from handrail.web.staff.safety.page import Leaf, leaf_of


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The plan as it is printed."""

    frame: Frame
    client_id: UUID
    leaf: Leaf
    statement: str


@dataclass(frozen=True, slots=True)
class PhonePage:
    """The square that the person's phone reads, and the address in it."""

    frame: Frame
    client_id: UUID
    address: str
    until: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file that is handed over."""

    leaf: Leaf


@require_POST
@staff(Action.DISCLOSE)
def paper(request: StaffRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """The plan to be printed. Pressing the button is what is accounted for."""
    leaf, statement = _give(request, client_id, plan_id, how="printed")
    page = PaperPage(
        frame(request, "Safety plan", here="staff:clients"), client_id, leaf, statement
    )
    with speaking(leaf.language):
        return render(request, "staff/safety/paper.jinja", {"page": page})


@require_POST
@staff(Action.DISCLOSE)
def phone(request: StaffRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """The square for the person's phone: an address that works once, for ten minutes."""
    leaf, _ = _give(request, client_id, plan_id, how="export")
    at = clock.real_now()
    with speaking(leaf.language):
        text = render_to_string("staff/safety/file.jinja", {"page": FilePage(leaf)})
        token = handover.offer(page=text, at=at)
        address = request.build_absolute_uri(reverse("public:plan", args=[token]))
    size, path = square(address)
    page = PhonePage(
        frame=frame(request, "Safety plan", here="staff:clients"),
        client_id=client_id,
        address=address,
        until=filters.clock_time(
            clock.now() + timedelta(minutes=handover.MINUTES), request.rules.zone
        ),
        size=size,
        path=path,
    )
    return render(request, "staff/safety/phone.jinja", {"page": page})


def _give(request: StaffRequest, client_id: UUID, plan_id: UUID, *, how: str) -> tuple[Leaf, str]:
    """The plan, once the gate let it go to the person themself and wrote it down."""
    version = safety.safety_plan_version(client_id, plan_id, by=request.actor)
    client = version.row.client
    let = disclose(
        client_id=client_id,
        recipient=Recipient(RecipientKind.CLIENT, client.name),
        purpose=Purpose.AT_MY_REQUEST,
        contents=[Content.SAFETY_PLAN],
        what=f"Safety plan, version {version.row.number}",
        how=how,
        by=request.actor,
        at=clock.now(),
    )
    with speaking(spoken(client.language)):
        return leaf_of(version, client.name, request.rules.zone), let.statement


def spoken(said: str) -> str:
    """The language a person's plan is in, by what the chart says they speak; else English."""
    known = {"spanish": "es", "español": "es", "espanol": "es"}
    return known.get(said.strip().casefold(), ENGLISH)


def square(text: str) -> tuple[int, str]:
    """A text as a square code: how many modules wide with its quiet edge, and its dark path."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return len(rows), "".join(dark)
