"""What the public sees: the program director's page, with “verified today”."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.booking.selectors import publishing as selectors
from handrail.areas.booking.services import publishing as services
from handrail.areas.booking.services.publishing import Said
from handrail.areas.organizations.services import Mistaken
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.typed import NOTHING, Typed

OLD = 30
"""After so many days without "verified today" a page asks for a look."""
FIELDS = (
    ("phone", "Phone", 40),
    ("insurance", "Insurance taken, with commas between", 400),
    ("languages", "Languages, with commas between", 200),
    ("street", "Street", 120),
    ("city", "City", 80),
    ("state", "State, two letters", 2),
    ("zip_code", "ZIP code", 10),
    ("ages_from", "From age", 3),
    ("ages_to", "To age", 3),
)


@dataclass(frozen=True, slots=True)
class ProgramView:
    """One program: what is shown now, and the form. `key` names its form on the page."""

    program_id: UUID
    published_id: UUID | None
    key: str
    name: str
    level: str
    meets: str
    verified: str
    is_old: bool
    open_times: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Every program with what the public sees of it."""

    frame: Frame
    programs: tuple[ProgramView, ...]
    fields: tuple[tuple[str, str, int], ...]
    typed: Typed


@require_safe
@staff(Action.PUBLISH_PROGRAMS)
def published(request: StaffRequest) -> HttpResponse:
    """Show what the public sees."""
    return _show(request)


@require_POST
@staff(Action.PUBLISH_PROGRAMS)
def publish(request: StaffRequest, program_id: UUID) -> HttpResponse:
    """Publish a program, or change what is shown."""
    try:
        made = services.publish_program(
            program_id=program_id,
            said=_said(request),
            verified_date=clock.today(request.rules.zone),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as problem:
        return _show(request, typed.keep(request, str(program_id), problem))
    messages.success(request, f"{made.name} is public, and verified today.")
    return redirect("staff:published")


@require_POST
@staff(Action.PUBLISH_PROGRAMS)
def verify(request: StaffRequest, published_id: UUID) -> HttpResponse:
    """Say that what is shown is still true."""
    made = services.verify_program(
        published_id=published_id,
        on_date=clock.today(request.rules.zone),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, f"{made.name} is verified today, with its days and hours.")
    return redirect("staff:published")


@require_POST
@staff(Action.PUBLISH_PROGRAMS)
def withdraw(request: StaffRequest, published_id: UUID) -> HttpResponse:
    """Take a program from the public pages."""
    made = services.withdraw_program(published_id=published_id, by=request.actor, at=clock.now())
    messages.success(request, f"{made.name} is not public any more. Bookings stay.")
    return redirect("staff:published")


def _said(request: StaffRequest) -> Said:
    said = Said(
        phone=typed.text(request, "phone")[:40],
        about=typed.text(request, "about")[:400],
        insurance=tuple(typed.text(request, "insurance").split(",")),
        languages=tuple(typed.text(request, "languages").split(",")),
        street=typed.text(request, "street")[:120],
        city=typed.text(request, "city")[:80],
        state=typed.text(request, "state"),
        zip_code=typed.text(request, "zip_code"),
    )
    return replace(said, ages_from=_age(request, "ages_from"), ages_to=_age(request, "ages_to"))


def _age(request: StaffRequest, name: str) -> int | None:
    return typed.a_number(request, name, "the age") if typed.text(request, name) else None


def _show(request: StaffRequest, form: Typed = NOTHING) -> HttpResponse:
    today = clock.today(request.rules.zone)
    found = selectors.programs_to_publish(by=request.actor, at=clock.now())
    page = PublishedPage(
        frame=frame(request, "What the public sees", here="staff:slots"),
        programs=tuple(
            ProgramView(
                program_id=one.program_id,
                published_id=one.published_id,
                key=str(one.program_id),
                name=one.name,
                level=words.level_name(one.level),
                meets="; ".join(
                    f"{words.on_days(group.days)}, {words.span(group.start, group.end)}"
                    for group in one.meets
                ),
                verified=filters.plain_day(one.verified_date) if one.verified_date else "",
                is_old=bool(one.verified_date and (today - one.verified_date).days > OLD),
                open_times=one.open_times,
                values=one.values,
            )
            for one in found
        ),
        fields=FIELDS,
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/booking/published.jinja", {"page": page}, status=status)
