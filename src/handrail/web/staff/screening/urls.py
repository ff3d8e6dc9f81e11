"""Addresses of the staff pages of screening."""

from django.urls import path

from handrail.web.staff.screening import views

urlpatterns = [
    path("staff/inquiries/<uuid:inquiry_id>/screening/", views.start, name="start_screening"),
    path("staff/screenings/<uuid:screening_id>/", views.call, name="screening"),
    path("staff/screenings/<uuid:screening_id>/changes/", views.changes, name="screening_changes"),
    path("staff/screenings/<uuid:screening_id>/save/", views.save, name="screening_save"),
    path("staff/screenings/<uuid:screening_id>/settle/", views.settle, name="screening_settle"),
    path("staff/screenings/<uuid:screening_id>/voice/", views.voice, name="screening_voice"),
    path(
        "staff/screenings/<uuid:screening_id>/hand-over/",
        views.hand_over,
        name="screening_hand_over",
    ),
    path("staff/screenings/<uuid:screening_id>/check/", views.take_check, name="screening_check"),
    path(
        "staff/screenings/<uuid:screening_id>/emergency/",
        views.emergency,
        name="screening_emergency",
    ),
    path("staff/screenings/<uuid:screening_id>/finish/", views.finish, name="screening_finish"),
]
