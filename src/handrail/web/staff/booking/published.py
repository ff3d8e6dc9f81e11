"""What the public sees: the program director's page, with “verified today”."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.booking.selectors import publishing as selectors
from handrail.areas.booking.selectors.publishing import ToPublish
from handrail.areas.booking.services import publishing as services
from handrail.areas.booking.services.publishing import Said
from handrail.core.access import Action
from handrail.core.errors import NotHere
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words

OLD = 30
"""After so many days without "verified today" a page asks for a look."""
MOST_YEARS = 120


class PublishForm(forms.Form):
    """What the director says of a program, beyond what its groups say by themselves."""

    about = forms.Text(
        "In a sentence or two", lines=3, max_length=services.LONGEST["about"], required=False
    )
    phone = forms.Text(
        "Phone",
        max_length=services.LONGEST["phone"],
        missing="Enter the phone number that people call.",
    )
    insurance = forms.Text("Insurance taken, with commas between", max_length=400, required=False)
    languages = forms.Text("Languages, with commas between", required=False)
    street = forms.Text("Street", max_length=services.LONGEST["street"], required=False)
    city = forms.Text("City", max_length=services.LONGEST["city"], required=False)
    state = forms.Text("State, two letters", required=False)
    zip_code = forms.Text("ZIP code", required=False)
    ages_from = forms.Whole("From age", most=MOST_YEARS, required=False)
    ages_to = forms.Whole("To age", most=MOST_YEARS, required=False)

    def arguments(self) -> dict[str, Any]:
        """All of it as one; plans and languages as lists."""
        entered = self.cleaned_data
        lists = {name: tuple(entered[name].split(",")) for name in ("insurance", "languages")}
        return {"said": Said(**entered | lists)}


@dataclass(frozen=True, slots=True)
class ProgramView:
    """One program: what is shown now, and the form."""

    row: ToPublish
    meets: str
    is_old: bool
    form: PublishForm


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Every program with what the public sees of it."""

    frame: Frame
    programs: tuple[ProgramView, ...]


@require_safe
@staff(Action.PUBLISH_PROGRAMS)
def published(request: StaffRequest) -> HttpResponse:
    """Show what the public sees."""
    return _show(request)


@require_POST
@staff(Action.PUBLISH_PROGRAMS)
def publish(request: StaffRequest, program_id: UUID) -> HttpResponse:
    """Publish a program, or change what is shown."""
    form = PublishForm(request.POST, key=str(program_id))
    if not form.submit(
        services.publish_program,
        program_id=program_id,
        verified_date=clock.today(request.rules.zone),
        by=request.actor,
        at=clock.now(),
    ):
        return _show(request, form)
    messages.success(request, f"{form.result.name} is public, and verified today.")
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


def _show(request: StaffRequest, posted: PublishForm | None = None) -> HttpResponse:
    today = clock.today(request.rules.zone)
    found = selectors.programs_to_publish(by=request.actor, at=clock.now())
    if posted and posted.key not in {str(one.program_id) for one in found}:
        raise NotHere
    page = PublishedPage(
        frame=frame(request, "What the public sees", here="staff:slots"),
        programs=tuple(_program(one, posted, today) for one in found),
    )
    status = posted.status if posted else 200
    return render(request, "staff/booking/published.jinja", {"page": page}, status=status)


def _program(one: ToPublish, posted: PublishForm | None, today: date) -> ProgramView:
    key = str(one.program_id)
    groups = (
        f"{words.on_days(each.days)}, {words.span(each.start, each.end)}" for each in one.meets
    )
    return ProgramView(
        row=one,
        meets="; ".join(groups),
        is_old=bool(one.verified_date and (today - one.verified_date).days > OLD),
        form=posted if posted and posted.key == key else PublishForm(key=key, initial=one.values),
    )
