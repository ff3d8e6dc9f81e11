"""This slice as a part of Django."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Screening slots, published programs, bookings and the messages about them."""

    name = "handrail.areas.booking"
    label = "booking"
