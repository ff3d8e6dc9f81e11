"""Addresses of the staff pages of waitlist."""

from django.urls import path

from handrail.web.staff.waitlist import views

urlpatterns = [
    path("staff/groups/waiting/", views.waiting, name="waiting"),
    path("staff/clients/<uuid:client_id>/waiting/", views.put_on, name="waiting_new"),
    path("staff/waiting/<uuid:waiting_id>/attempt/", views.attempt, name="waiting_attempt"),
    path("staff/waiting/<uuid:waiting_id>/offer/", views.offer, name="waiting_offer"),
    path("staff/waiting/<uuid:waiting_id>/end/", views.end, name="waiting_end"),
]
