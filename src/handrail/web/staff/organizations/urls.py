"""Addresses of the staff pages of organizations."""

from django.urls import path

from handrail.web.staff.organizations import organization, people, switch

urlpatterns = [
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
    path("staff/switch", switch.choose, name="switch"),
]
