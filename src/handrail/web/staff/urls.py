"""Addresses of the staff pages."""

from django.urls import path

from handrail.web.staff import (
    again,
    audit,
    idle,
    notes,
    organization,
    outreach,
    people,
    switch,
    today,
)
from handrail.web.staff.board import views as board

app_name = "staff"
urlpatterns = [
    path("staff", today.today, name="today"),
    path("staff/people", people.everyone, name="people"),
    path("staff/people/invite", people.invite, name="invite"),
    path(
        "staff/invitations/<uuid:invitation_id>/cancel",
        people.cancel_invitation,
        name="cancel_invitation",
    ),
    path("staff/people/<uuid:membership_id>", people.person, name="person"),
    path("staff/people/<uuid:membership_id>/roles", people.roles, name="roles"),
    path("staff/people/<uuid:membership_id>/deactivate", people.deactivate, name="deactivate"),
    path("staff/people/<uuid:membership_id>/reactivate", people.reactivate, name="reactivate"),
    path("staff/people/<uuid:membership_id>/licenses", people.license_, name="record_license"),
    path("staff/licenses/<uuid:credential_id>/void", people.void_license, name="void_license"),
    path("staff/organization", organization.rules, name="organization"),
    path("staff/organization/change", organization.change, name="change_organization"),
    path("staff/audit", audit.review, name="audit"),
    path("staff/switch", switch.choose, name="switch"),
    path("staff/sessions/<uuid:session_id>/", board.board, name="board"),
    path("staff/sessions/<uuid:session_id>/changes/", board.changes, name="board_changes"),
    path("staff/sessions/<uuid:session_id>/start/", board.start, name="board_start"),
    path("staff/sessions/<uuid:session_id>/mark/", board.mark, name="board_mark"),
    path("staff/sessions/<uuid:session_id>/save/", board.save, name="board_save"),
    path("staff/sessions/<uuid:session_id>/settle/", board.settle, name="board_settle"),
    path("staff/sessions/<uuid:session_id>/arrive/", board.arrive, name="board_arrive"),
    path("staff/sessions/<uuid:session_id>/close/", board.close, name="board_close"),
    path("staff/sessions/<uuid:session_id>/reopen/", board.reopen, name="board_reopen"),
    path("staff/sessions/<uuid:session_id>/sign/", board.sign, name="board_sign"),
    path("staff/outreach/", outreach.tonight, name="outreach"),
    path("staff/outreach/<uuid:outreach_id>/attempt/", outreach.attempt, name="outreach_attempt"),
    path("staff/outreach/<uuid:outreach_id>/close/", outreach.close, name="outreach_close"),
    path("staff/notes/", notes.queue, name="notes_to_sign"),
    path("staff/notes/co-sign/", notes.co_sign_several, name="co_sign_notes"),
    path("staff/notes/<uuid:note_id>/", notes.note, name="note"),
    path("staff/notes/<uuid:note_id>/co-sign/", notes.co_sign, name="note_co_sign"),
    path("staff/notes/<uuid:note_id>/lock/", notes.lock, name="note_lock"),
    path("staff/notes/<uuid:note_id>/add/", notes.add, name="note_add"),
    path("staff/notes/<uuid:note_id>/void/", notes.void, name="note_void"),
    path("staff/again", again.again, name="again"),
    path("staff/idle", idle.left, name="idle"),
    path("staff/stay", idle.stay, name="stay"),
]
