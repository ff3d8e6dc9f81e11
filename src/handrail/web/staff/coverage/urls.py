"""Addresses of the staff pages of coverage."""

from django.urls import path

from handrail.web.staff.coverage import changing, check, costs, fees, handing_over, listing, page

urlpatterns = [
    path("staff/coverage/", listing.coverage, name="coverage"),
    path("staff/coverage/<uuid:client_id>/", page.coverage_alone, name="coverage_alone"),
    path("staff/clients/<uuid:client_id>/coverage/", page.chart_coverage, name="chart_coverage"),
    path(
        "staff/coverage/<uuid:client_id>/plans/", changing.record_coverage, name="record_coverage"
    ),
    path("staff/coverage/<uuid:client_id>/income/", changing.declare_income, name="declare_income"),
    path("staff/coverage/<uuid:client_id>/costs/", costs.client_costs, name="client_costs"),
    path(
        "staff/coverage/<uuid:client_id>/costs/hand-over/",
        handing_over.hand_over_costs,
        name="hand_over_costs",
    ),
    path("staff/plans/<uuid:coverage_id>/check/", check.benefit_check, name="benefit_check"),
    path("staff/plans/<uuid:coverage_id>/end/", changing.end_coverage, name="end_coverage"),
    path("staff/plans/<uuid:coverage_id>/void/", changing.void_coverage, name="void_coverage"),
    path("staff/fees/", fees.fees, name="fees"),
    path("staff/fees/payers/", fees.record_payer, name="record_payer"),
    path("staff/fees/payers/<uuid:payer_id>/", fees.change_payer, name="change_payer"),
    path("staff/fees/payers/<uuid:payer_id>/end/", fees.end_payer, name="end_payer"),
    path("staff/fees/rates/", fees.set_rate, name="set_rate"),
    path("staff/fees/rates/<uuid:rate_id>/void/", fees.void_rate, name="void_rate"),
    path("staff/fees/scale/", fees.set_scale, name="set_scale"),
    path("staff/fees/scale/<uuid:scale_id>/void/", fees.void_scale, name="void_scale"),
    path("staff/fees/house/", fees.set_house, name="set_house"),
]
