"""This slice as a part of Django."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals to other care, and the return that is expected."""

    name = "handrail.areas.referrals"
    label = "referrals"
