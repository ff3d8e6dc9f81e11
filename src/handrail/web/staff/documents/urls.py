"""Addresses of the staff pages of documents."""

from django.urls import path

from handrail.web.staff.documents import chart_export, letter

urlpatterns = [
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/letter/",
        letter.recommendation_letter,
        name="recommendation_letter",
    ),
    path("staff/clients/<uuid:client_id>/send/", chart_export.chart_send, name="chart_send"),
]
