"""This slice as a part of Django."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Inquiries: who asked for care, what happens next, and the chart that comes of it."""

    name = "handrail.areas.inquiries"
    label = "inquiries"
