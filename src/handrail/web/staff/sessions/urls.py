"""Addresses of the staff pages of sessions."""

from django.urls import path

from handrail.web.staff.sessions import views

urlpatterns = [
    path("staff/sessions/<uuid:session_id>/", views.board, name="board"),
    path("staff/sessions/<uuid:session_id>/changes/", views.changes, name="board_changes"),
    path("staff/sessions/<uuid:session_id>/start/", views.start, name="board_start"),
    path("staff/sessions/<uuid:session_id>/mark/", views.mark, name="board_mark"),
    path("staff/sessions/<uuid:session_id>/save/", views.save, name="board_save"),
    path("staff/sessions/<uuid:session_id>/settle/", views.settle, name="board_settle"),
    path("staff/sessions/<uuid:session_id>/arrive/", views.arrive, name="board_arrive"),
    path("staff/sessions/<uuid:session_id>/close/", views.close, name="board_close"),
    path("staff/sessions/<uuid:session_id>/reopen/", views.reopen, name="board_reopen"),
    path("staff/sessions/<uuid:session_id>/sign/", views.sign, name="board_sign"),
]
