"""The demo's own clock: moved on by hand, so that an evening can be played in ten minutes."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit import error_pages
from handrail.web.kit.access import staff
from handrail.web.kit.page import STEPS
from handrail.web.kit.request import StaffRequest


@require_POST
@staff(Action.SEE_TODAY)
def move(request: StaffRequest) -> HttpResponse:
    """Move the demo's clock on and come back to the same page. Only a demo has this."""
    if not settings.DEMO:
        return error_pages.refused(request, "Only the demo’s clock can be moved.")
    minutes = request.POST.get("minutes", "")
    if minutes in {str(step) for step, _ in STEPS}:
        clock.move_demo_clock(int(minutes))
    back = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if here else "staff:today")
