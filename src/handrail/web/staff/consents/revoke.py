"""Taking a consent back, renewing it, ending it; requests to restrict."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.areas.consents import selectors, services
from handrail.core.access import Action
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import filled, problems_of, some_day, with_problems
from handrail.web.staff.consents import signing
from handrail.web.staff.consents import view_models as shown


@require_POST
@staff(Action.REVOKE_CONSENT)
def consent_revoke(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The client takes a consent back; whoever takes the call writes it down."""
    form = filled(request.POST, ("said_how", "why"), key="revoke")
    try:
        found = services.revoke_consent(
            consent_id=consent_id,
            said_how=form.value("said_how"),
            why=form.value("why"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return signing.show(request, consent_id, with_problems(form, problems_of(wrong)))
    messages.success(request, "It is taken back from now on. What waited under it has stopped.")
    return _to_tab(found.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_renew(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Prepare the same consent with another end, to be signed."""
    form = filled(request.POST, ("expires_date", "expires_when"), key="renew")
    try:
        made = services.renew_consent(
            consent_id=consent_id,
            expires_date=some_day(form, "expires_date"),
            expires_when=form.value("expires_when"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return signing.show(request, consent_id, with_problems(form, problems_of(wrong)))
    return redirect("staff:consent", consent_id=made.pk)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_end(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The event a consent names has come, or it is known to be false."""
    form = filled(request.POST, ("ended", "why"), key="end")
    try:
        found = services.end_consent(
            consent_id=consent_id,
            ended=form.value("ended"),
            why=form.value("why"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return signing.show(request, consent_id, with_problems(form, problems_of(wrong)))
    messages.success(request, "The consent has ended. What waited under it has stopped.")
    return _to_tab(found.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_put_away(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Put a prepared consent away unsigned."""
    form = filled(request.POST, (), key="put_away")
    try:
        found = services.put_away_consent(consent_id=consent_id, by=request.actor, at=clock.now())
    except Invalid as wrong:
        return signing.show(request, consent_id, with_problems(form, problems_of(wrong)))
    messages.success(request, "It is put away unsigned.")
    return _to_tab(found.client_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def record_restriction(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Record what the client asked to be kept from someone, and the answer."""
    fields = ("recipient_kind", "recipient_name", "asked", "paid_in_full", "answer", "answer_why")
    form = filled(request.POST, fields, several=("contents",), key="restriction")
    try:
        services.request_restriction(
            client_id=client_id,
            recipient_kind=form.value("recipient_kind"),
            recipient_name=form.value("recipient_name"),
            contents=form.chosen["contents"],
            asked=form.value("asked"),
            paid_in_full=bool(form.value("paid_in_full")),
            answer=form.value("answer"),
            answer_why=form.value("answer_why"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return shown.show(request, client_id, with_problems(form, problems_of(wrong)))
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
    form = filled(request.POST, ("why",), key=f"stop {disclosure_id}")
    try:
        found = services.stop_queued(
            disclosure_id=disclosure_id, why=form.value("why"), by=request.actor, at=clock.now()
        )
    except Invalid as wrong:
        client_id = selectors.disclosed_about(disclosure_id, by=request.actor)
        return shown.show(request, client_id, with_problems(form, problems_of(wrong)))
    messages.success(request, "It does not leave.")
    return _to_tab(found.client_id, "waiting")


def _to_tab(client_id: UUID, part: str = "") -> HttpResponse:
    address = reverse("staff:chart_consents", args=[client_id])
    return redirect(f"{address}#{part}" if part else address)
