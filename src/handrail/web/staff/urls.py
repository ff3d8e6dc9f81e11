"""Addresses of the staff pages."""

from django.urls import path

from handrail.web.staff import audit, idle, organization, people, switch, today
from handrail.web.staff.groups import membership, planning, session, track, week

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
    path("staff/groups/", week.groups, name="groups"),
    path("staff/groups/new/", planning.new_track, name="new_track"),
    path("staff/groups/closures/", planning.closures, name="closures"),
    path("staff/groups/closures/close/", planning.close_day, name="close_day"),
    path("staff/groups/<uuid:track_id>/", track.track, name="track"),
    path("staff/groups/<uuid:track_id>/enroll/", track.enroll, name="enroll"),
    path("staff/groups/<uuid:track_id>/lay-out/", track.lay_out, name="lay_out"),
    path("staff/groups/on/<uuid:session_id>/", session.session, name="group_session"),
    path("staff/groups/on/<uuid:session_id>/change/", session.change, name="change_session"),
    path("staff/groups/on/<uuid:session_id>/later/", session.change_later, name="change_later"),
    path("staff/groups/on/<uuid:session_id>/cancel/", session.cancel, name="cancel_session"),
    path("staff/groups/on/<uuid:session_id>/restore/", session.restore, name="restore_session"),
    path("staff/memberships/<uuid:enrollment_id>/", membership.membership, name="membership"),
    path("staff/memberships/<uuid:enrollment_id>/transfer/", membership.transfer, name="transfer"),
    path("staff/memberships/<uuid:enrollment_id>/days/", membership.other_days, name="other_days"),
    path("staff/memberships/<uuid:enrollment_id>/pause/", membership.pause, name="pause"),
    path("staff/memberships/<uuid:enrollment_id>/end/", membership.end, name="end_membership"),
    path("staff/pauses/<uuid:pause_id>/end/", membership.end_pause, name="end_pause"),
    path("staff/idle", idle.left, name="idle"),
    path("staff/stay", idle.stay, name="stay"),
]
