"""Addresses of the staff pages of assessment."""

from django.urls import path

from handrail.web.staff.assessment import finding, views

urlpatterns = [
    path("staff/clients/<uuid:client_id>/assessment/", views.tab, name="chart_assessment"),
    path("staff/clients/<uuid:client_id>/assessment/begin/", views.begin, name="assessment_begin"),
    path("staff/clients/<uuid:client_id>/assessment/words/", views.write, name="assessment_write"),
    path("staff/clients/<uuid:client_id>/assessment/save/", views.save, name="assessment_save"),
    path(
        "staff/clients/<uuid:client_id>/assessment/settle/", views.settle, name="assessment_settle"
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/baseline/",
        views.baseline,
        name="assessment_baseline",
    ),
    path("staff/clients/<uuid:client_id>/assessment/sign/", views.sign, name="assessment_sign"),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/",
        views.one,
        name="assessment",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/co-sign/",
        views.co_sign,
        name="assessment_co_sign",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/add/",
        views.add,
        name="assessment_add",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/<uuid:assessment_id>/void/",
        views.void,
        name="assessment_void",
    ),
    path(
        "staff/clients/<uuid:client_id>/assessment/findings/",
        finding.findings,
        name="assessment_findings",
    ),
]
