"""This slice as a part of Django."""

from django.apps import AppConfig


class EnrollmentConfig(AppConfig):
    """The course of each client: enrollment, attendance, make-ups, individual hours."""

    name = "handrail.areas.enrollment"
    label = "enrollment"
