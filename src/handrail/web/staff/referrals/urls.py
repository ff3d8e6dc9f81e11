"""Addresses of the staff pages of referrals."""

from django.urls import path

from handrail.web.staff.referrals import changing, pages

urlpatterns = [
    path(
        "staff/clients/<uuid:client_id>/referrals/", pages.chart_referrals, name="chart_referrals"
    ),
    path("staff/clients/<uuid:client_id>/referrals/new/", changing.refer, name="refer"),
    path("staff/referrals/", pages.expected, name="expected_back"),
    path("staff/referrals/<uuid:referral_id>/", pages.referral, name="referral"),
    path("staff/referrals/<uuid:referral_id>/send/", changing.send, name="send_referral"),
    path("staff/referrals/<uuid:referral_id>/papers/", changing.paper, name="referral_paper"),
    path("staff/referrals/<uuid:referral_id>/heard/", changing.hear, name="hear_referral"),
    path("staff/referrals/<uuid:referral_id>/return/", changing.expect_back, name="expect_back"),
    path("staff/referrals/<uuid:referral_id>/end/", changing.end, name="end_referral"),
    path("staff/referral-calls/<uuid:touch_id>/", changing.touch, name="log_touch"),
]
