"""Addresses of the staff pages of inquiries."""

from django.urls import path

from handrail.web.staff.inquiries import changing, detail, listing

urlpatterns = [
    path("staff/inquiries/", listing.inquiries, name="inquiries"),
    path("staff/inquiries/new/", listing.new, name="inquiry_new"),
    path("staff/inquiries/answering/", listing.answering, name="answering"),
    path("staff/inquiries/<uuid:inquiry_id>/", detail.inquiry, name="inquiry"),
    path("staff/inquiries/<uuid:inquiry_id>/change/", changing.change, name="inquiry_change"),
    path("staff/inquiries/<uuid:inquiry_id>/attempt/", changing.attempt, name="inquiry_attempt"),
    path("staff/inquiries/<uuid:inquiry_id>/carry-on/", changing.carry_on, name="inquiry_carry_on"),
    path("staff/inquiries/<uuid:inquiry_id>/confide/", changing.confide, name="inquiry_confide"),
    path("staff/inquiries/<uuid:inquiry_id>/chart/", changing.chart, name="inquiry_chart"),
    path("staff/inquiries/<uuid:inquiry_id>/merge/", changing.merge, name="inquiry_merge"),
    path("staff/inquiries/<uuid:inquiry_id>/separate/", changing.separate, name="inquiry_separate"),
    path("staff/inquiries/<uuid:inquiry_id>/close/", changing.close, name="inquiry_close"),
]
