"""Addresses of the staff pages of ledger."""

from django.urls import path

from handrail.web.staff.ledger import agreeing, deciding, report, views

urlpatterns = [
    path("staff/clients/<uuid:client_id>/level/", views.chart_level, name="chart_level"),
    path(
        "staff/clients/<uuid:client_id>/level/positions/", views.position_new, name="position_new"
    ),
    path("staff/positions/<uuid:position_id>/void/", views.position_void, name="position_void"),
    path("staff/clients/<uuid:client_id>/level/agree/", agreeing.agreement_new, name="agree"),
    path("staff/clients/<uuid:client_id>/level/refusal/", agreeing.refusal_new, name="refusal_new"),
    path(
        "staff/clients/<uuid:client_id>/level/client-view/",
        views.client_view,
        name="ledger_for_client",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/confirm/",
        deciding.confirm,
        name="recommendation_confirm",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/override/",
        deciding.override,
        name="recommendation_override",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/sets/",
        deciding.sets_side_by_side,
        name="side_by_side",
    ),
    path(
        "staff/confirmations/<uuid:confirmation_id>/co-sign/",
        deciding.co_sign_confirmation,
        name="recommendation_co_sign",
    ),
    path("staff/reports/placement/", report.placement, name="placement_report"),
]
