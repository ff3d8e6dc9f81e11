"""Addresses of the staff pages of booking."""

from django.urls import path

from handrail.web.staff.booking import published, slots

urlpatterns = [
    path("staff/slots/", slots.listing, name="slots"),
    path("staff/slots/offer/", slots.offer, name="offer_slots"),
    path("staff/slots/<uuid:slot_id>/", slots.book_form, name="book_slot"),
    path("staff/slots/<uuid:slot_id>/book/", slots.book, name="book_slot_for"),
    path("staff/slots/<uuid:slot_id>/withdraw/", slots.withdraw, name="withdraw_slot"),
    path("staff/bookings/<uuid:booking_id>/", slots.move_form, name="move_booking"),
    path("staff/bookings/<uuid:booking_id>/move/", slots.move, name="move_booking_to"),
    path("staff/bookings/<uuid:booking_id>/came/", slots.came, name="booking_came"),
    path("staff/bookings/<uuid:booking_id>/cancel/", slots.cancel, name="cancel_booking"),
    path("staff/published/", published.published, name="published"),
    path("staff/published/<uuid:program_id>/", published.publish, name="publish_program"),
    path("staff/published/<uuid:published_id>/verify/", published.verify, name="verify_program"),
    path(
        "staff/published/<uuid:published_id>/withdraw/", published.withdraw, name="withdraw_program"
    ),
]
