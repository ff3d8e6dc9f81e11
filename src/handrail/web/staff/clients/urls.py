"""Addresses of the staff pages of clients."""

from django.urls import path

from handrail.web.staff.clients import about, access_log, changing, listing, timeline

urlpatterns = [
    path("staff/clients/", listing.clients, name="clients"),
    path("staff/clients/new/", listing.new, name="client_new"),
    path("staff/clients/<uuid:client_id>/", timeline.chart, name="chart"),
    path("staff/clients/<uuid:client_id>/about/", about.about, name="chart_about"),
    path("staff/clients/<uuid:client_id>/looked/", access_log.looked, name="chart_looked"),
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
]
