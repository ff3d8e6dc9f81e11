"""Addresses of the staff pages of outreach."""

from django.urls import path

from handrail.web.staff.outreach import views

urlpatterns = [
    path("staff/outreach/", views.tonight, name="outreach"),
    path("staff/outreach/<uuid:outreach_id>/attempt/", views.attempt, name="outreach_attempt"),
    path("staff/outreach/<uuid:outreach_id>/close/", views.close, name="outreach_close"),
]
