"""This slice as a part of Django."""

from django.apps import AppConfig


class ListingsConfig(AppConfig):
    """Programs elsewhere that a person can be referred to."""

    name = "handrail.areas.listings"
    label = "listings"
