"""Taking a consent back, renewing it, ending it; requests to restrict."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.areas.consents import selectors, services
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.consents import forms, signing
from handrail.web.staff.consents import view_models as shown


@require_POST
@staff(Action.REVOKE_CONSENT)
def consent_revoke(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The client takes a consent back; whoever takes the call writes it down."""
    form = forms.RevokeForm(request.POST)
    if not _do(request, form, services.revoke_consent, consent_id=consent_id):
        return signing.show(request, consent_id, form)
    messages.success(request, "It is taken back from now on. What waited under it has stopped.")
    return _to_tab(form.result.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_renew(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Prepare the same consent with another end, to be signed."""
    form = forms.RenewForm(request.POST)
    if not _do(request, form, services.renew_consent, consent_id=consent_id):
        return signing.show(request, consent_id, form)
    return redirect("staff:consent", consent_id=form.result.pk)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_end(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The event a consent names has come, or it is known to be false."""
    form = forms.EndForm(request.POST)
    if not _do(request, form, services.end_consent, consent_id=consent_id):
        return signing.show(request, consent_id, form)
    messages.success(request, "The consent has ended. What waited under it has stopped.")
    return _to_tab(form.result.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_put_away(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Put a prepared consent away unsigned."""
    form = forms.PutAwayForm(request.POST)
    if not _do(request, form, services.put_away_consent, consent_id=consent_id):
        return signing.show(request, consent_id, form)
    messages.success(request, "It is put away unsigned.")
    return _to_tab(form.result.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def record_restriction(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Record what the client asked to be kept from someone, and the answer."""
    form = forms.RestrictionForm(request.POST)
    if not _do(request, form, services.request_restriction, client_id=client_id):
        return shown.show(request, client_id, form)
    messages.success(request, "The request is recorded, with its answer.")
    return _to_tab(client_id, "restrictions")


@require_POST
@staff(Action.RECORD_CONSENT)
def lift_restriction(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """The client no longer wants something kept back."""
    found = services.lift_restriction(
        restriction_id=restriction_id, by=request.actor, at=clock.now()
    )
    messages.success(request, "It is no longer kept back.")
    return _to_tab(found.client_id, "restrictions")


@require_POST
@staff(Action.DISCLOSE)
def disclosure_stop(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """Stop something that waits to leave."""
    form = forms.StopForm(request.POST, key=f"stop-{disclosure_id}")
    if not _do(request, form, services.stop_queued, disclosure_id=disclosure_id):
        client_id = selectors.disclosed_about(disclosure_id, by=request.actor)
        return shown.show(request, client_id, form)
    messages.success(request, "It does not leave.")
    return _to_tab(form.result.client_id, "waiting")


def _do(request: StaffRequest, form: Form, service: Callable[..., object], **about: UUID) -> bool:
    return form.submit(service, **about, by=request.actor, at=clock.now())


def _to_tab(client_id: UUID, part: str = "") -> HttpResponse:
    address = reverse("staff:chart_consents", args=[client_id])
    return redirect(f"{address}#{part}" if part else address)
