"""This slice as a part of Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessments: the clinical record that a level of care rests on."""

    name = "handrail.areas.assessment"
    label = "assessment"
