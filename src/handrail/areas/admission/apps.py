"""This slice as a part of Django."""

from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    """Admission: what must be ready, the first session, the first contacts."""

    name = "handrail.areas.admission"
    label = "admission"
