"""Addresses of the staff pages of counseling."""

from django.urls import path

from handrail.web.staff.counseling import views

urlpatterns = [
    path(
        "staff/clients/<uuid:client_id>/counseling-notes/",
        views.counseling_notes,
        name="counseling_notes",
    ),
    path(
        "staff/counseling-notes/<uuid:counseling_note_id>/add/",
        views.counseling_note_add,
        name="counseling_note_add",
    ),
    path(
        "staff/counseling-notes/<uuid:counseling_note_id>/leave/",
        views.counseling_note_let_out,
        name="counseling_note_let_out",
    ),
]
