"""Addresses of the staff pages of enrollment."""

from django.urls import path

from handrail.web.staff.enrollment import course, make_up, membership

urlpatterns = [
    path("staff/memberships/<uuid:enrollment_id>/", membership.membership, name="membership"),
    path("staff/memberships/<uuid:enrollment_id>/transfer/", membership.transfer, name="transfer"),
    path("staff/memberships/<uuid:enrollment_id>/days/", membership.other_days, name="other_days"),
    path("staff/memberships/<uuid:enrollment_id>/pause/", membership.pause, name="pause"),
    path("staff/memberships/<uuid:enrollment_id>/end/", membership.end, name="end_membership"),
    path("staff/pauses/<uuid:pause_id>/end/", membership.end_pause, name="end_pause"),
    path("staff/clients/<uuid:client_id>/make-up/", make_up.finder, name="make_up"),
    path("staff/clients/<uuid:client_id>/make-up/book/", make_up.book, name="book_make_up"),
    path("staff/make-ups/<uuid:make_up_id>/cancel/", make_up.cancel, name="cancel_make_up"),
    path("staff/clients/<uuid:client_id>/course/", course.chart_course, name="chart_course"),
    path("staff/clients/<uuid:client_id>/course/hours/", course.book_hour, name="book_hour"),
    path("staff/clients/<uuid:client_id>/course/goals/", course.set_goal, name="set_goal"),
    path("staff/hours/<uuid:appointment_id>/held/", course.held, name="record_held"),
    path("staff/goals/<uuid:goal_id>/end/", course.end_goal, name="end_goal"),
]
