"""Addresses of the staff pages of schedule."""

from django.urls import path

from handrail.web.staff.schedule import availability, planning, session, track, week, working_hours

urlpatterns = [
    path("staff/groups/", week.groups, name="groups"),
    path("staff/groups/new/", planning.new_track, name="new_track"),
    path("staff/groups/closures/", planning.closures, name="closures"),
    path("staff/groups/closures/close/", planning.close_day, name="close_day"),
    path("staff/groups/closures/<uuid:closure_id>/open/", planning.reopen_day, name="reopen_day"),
    path("staff/groups/availability/", availability.week, name="availability"),
    path("staff/groups/rooms/", availability.record_room, name="record_room"),
    path("staff/groups/rooms/<uuid:room_id>/end/", availability.end_room, name="end_room"),
    path(
        "staff/groups/availability/<uuid:membership_id>/", working_hours.hours, name="working_hours"
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/week/",
        working_hours.set_week,
        name="set_week_hours",
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/day/",
        working_hours.set_day,
        name="set_day_hours",
    ),
    path(
        "staff/groups/availability/<uuid:membership_id>/away/",
        working_hours.time_away,
        name="time_away",
    ),
    path(
        "staff/groups/away/<uuid:time_away_id>/cancel/",
        working_hours.cancel_time_away,
        name="cancel_time_away",
    ),
    path("staff/groups/<uuid:track_id>/", track.track, name="track"),
    path("staff/groups/<uuid:track_id>/find/", track.find, name="track_find"),
    path("staff/groups/<uuid:track_id>/enroll/", track.enroll, name="enroll"),
    path("staff/groups/<uuid:track_id>/lay-out/", track.lay_out, name="lay_out"),
    path("staff/groups/on/<uuid:session_id>/", session.session, name="group_session"),
    path("staff/groups/on/<uuid:session_id>/change/", session.change, name="change_session"),
    path("staff/groups/on/<uuid:session_id>/later/", session.change_later, name="change_later"),
    path("staff/groups/on/<uuid:session_id>/cancel/", session.cancel, name="cancel_session"),
    path("staff/groups/on/<uuid:session_id>/restore/", session.restore, name="restore_session"),
]
