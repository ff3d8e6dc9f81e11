"""How long until someone who is not there is signed out, and staying."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from handrail.core.access import Action
from handrail.web.kit.access import quiet, seconds_left, staff
from handrail.web.kit.request import StaffRequest


@require_safe
@quiet
@staff(Action.SEE_TODAY)
def left(request: StaffRequest) -> HttpResponse:
    """Seconds left. An open page asks this by itself, so it keeps nobody signed in."""
    return JsonResponse({"seconds": seconds_left(request)})


@require_POST
@staff(Action.SEE_TODAY)
def stay(request: StaffRequest) -> HttpResponse:
    """Someone said that they are still there."""
    return JsonResponse({"seconds": request.rules.idle_minutes * 60})
