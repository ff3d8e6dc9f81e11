"""Addresses of the staff pages of safety."""

from django.urls import path

from handrail.web.staff.safety import giving, views

urlpatterns = [
    path("staff/clients/<uuid:client_id>/safety-plan/", views.tab, name="chart_safety_plan"),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/begin/", views.begin, name="safety_plan_begin"
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/write/", views.write, name="safety_plan_write"
    ),
    path("staff/clients/<uuid:client_id>/safety-plan/save/", views.save, name="safety_plan_save"),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/settle/",
        views.settle,
        name="safety_plan_settle",
    ),
    path("staff/clients/<uuid:client_id>/safety-plan/look/", views.look, name="safety_plan_look"),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/declined/",
        views.decline,
        name="safety_plan_decline",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/",
        views.version,
        name="safety_plan_version",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/paper/",
        giving.paper,
        name="safety_plan_print",
    ),
    path(
        "staff/clients/<uuid:client_id>/safety-plan/<uuid:plan_id>/phone/",
        giving.phone,
        name="safety_plan_phone",
    ),
]
