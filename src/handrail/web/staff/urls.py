"""Addresses of the staff pages."""

from django.urls import path

from handrail.web.staff import again, audit, idle, organization, people, switch, today
from handrail.web.staff.clients import about, changing, level, listing, looked, timeline

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
    path("staff/again", again.again, name="again"),
    path("staff/clients/", listing.clients, name="clients"),
    path("staff/clients/new/", listing.new, name="client_new"),
    path("staff/clients/<uuid:client_id>/", timeline.chart, name="chart"),
    path("staff/clients/<uuid:client_id>/about/", about.about, name="chart_about"),
    path("staff/clients/<uuid:client_id>/looked/", looked.looked, name="chart_looked"),
    path("staff/clients/<uuid:client_id>/level/", level.chart_level, name="chart_level"),
    path(
        "staff/clients/<uuid:client_id>/level/new/",
        level.recommendation_new,
        name="recommendation_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/",
        level.recommendation,
        name="recommendation",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/void/",
        level.recommendation_void,
        name="recommendation_void",
    ),
    path("staff/clients/<uuid:client_id>/details/", changing.details, name="change_client"),
    path("staff/clients/<uuid:client_id>/flags/", changing.raise_flag, name="raise_flag"),
    path("staff/flags/<uuid:flag_id>/close/", changing.close_flag, name="close_flag"),
    path("staff/clients/<uuid:client_id>/contacts/", changing.contact, name="record_contact"),
    path("staff/contacts/<uuid:contact_id>/end/", changing.end_contact, name="end_contact"),
    path("staff/clients/<uuid:client_id>/lists/", changing.listed, name="record_listed"),
    path("staff/lists/<uuid:listed_id>/end/", changing.end_listed, name="end_listed"),
    path("staff/lists/<uuid:listed_id>/void/", changing.void_listed, name="void_listed"),
    path("staff/clients/<uuid:client_id>/episodes/", changing.open_episode, name="open_episode"),
    path("staff/episodes/<uuid:episode_id>/level/", changing.change_level, name="change_level"),
    path("staff/episodes/<uuid:episode_id>/close/", changing.close_episode, name="close_episode"),
    path("staff/idle", idle.left, name="idle"),
    path("staff/stay", idle.stay, name="stay"),
]
