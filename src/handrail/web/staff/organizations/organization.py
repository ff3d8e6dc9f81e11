"""The organization's rules."""

from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.organizations import services
from handrail.areas.organizations.models import SecondFactor
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.kit.access import staff, still_me
from handrail.web.kit.page import show
from handrail.web.kit.request import StaffRequest

ZONES = tuple(
    sorted(
        one
        for one in available_timezones()
        if one.startswith(("America/", "Pacific/")) or one in {"UTC", "Europe/London"}
    )
)


class RulesForm(forms.Form):
    """The rules everyone here works by."""

    zone = forms.Choice(
        "Time zone",
        empty="",
        help_text="Days, deadlines and session times are counted here.",
        missing="Choose a time zone from the list.",
    )
    after_hours = forms.Text(
        "Whom clients reach when this program is closed",
        max_length=services.LONGEST_AFTER_HOURS,
        required=False,
        help_text="Name and number. New safety plans begin with it.",
    )
    second_factor = forms.Choice(
        "Who must show a second factor",
        SecondFactor.choices,
        radio=True,
        help_text=(
            "A code from an app, or a passkey. Whoever lacks one is asked to set it up before "
            "anything else."
        ),
        missing="Choose who must show a second factor.",
    )
    idle_minutes = forms.Whole(
        "Sign out after this many idle minutes",
        least=services.IDLE_MINUTES[0],
        most=services.IDLE_MINUTES[1],
        help_text=(
            "5 to 60. An open page that refreshes itself does not count as someone being there."
        ),
    )


@require_safe
@staff(Action.SEE_SETTINGS)
def rules(request: StaffRequest) -> HttpResponse:
    """Show the rules."""
    now = request.rules
    before = {name: getattr(now, name) for name in RulesForm.base_fields}
    return _show(request, RulesForm(initial=before, zone=_zones(request)))


@require_POST
@staff(Action.CHANGE_SETTINGS)
@still_me
def change(request: StaffRequest) -> HttpResponse:
    """Change the rules."""
    form = RulesForm(request.POST, zone=_zones(request))
    if not form.submit(services.change_settings, by=request.actor, at=clock.now()):
        return _show(request, form)
    messages.success(request, "The rules are changed. They hold from everyone’s next click on.")
    return redirect("staff:organization")


def _zones(request: StaffRequest) -> list[tuple[str, str]]:
    """The zones of the country, and the one that holds now wherever it is."""
    return [(one, one) for one in sorted({*ZONES, request.rules.zone})]


def _show(request: StaffRequest, form: RulesForm) -> HttpResponse:
    return show(
        request,
        "staff/organizations/organization.jinja",
        "Organization",
        here="staff:organization",
        status=form.status,
        form=form,
        rules=request.rules,
    )
