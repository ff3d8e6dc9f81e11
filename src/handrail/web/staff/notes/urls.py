"""Addresses of the staff pages of notes."""

from django.urls import path

from handrail.web.staff.notes import chart_notes, views

urlpatterns = [
    path("staff/notes/", views.queue, name="notes_to_sign"),
    path("staff/notes/co-sign/", views.co_sign_several, name="co_sign_notes"),
    path("staff/notes/<uuid:note_id>/", views.note, name="note"),
    path("staff/notes/<uuid:note_id>/co-sign/", views.co_sign, name="note_co_sign"),
    path("staff/notes/<uuid:note_id>/lock/", views.lock, name="note_lock"),
    path("staff/notes/<uuid:note_id>/add/", views.add, name="note_add"),
    path("staff/notes/<uuid:note_id>/void/", views.void, name="note_void"),
    path("staff/clients/<uuid:client_id>/notes/", chart_notes.notes, name="chart_notes"),
]
