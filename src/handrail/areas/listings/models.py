"""Programs elsewhere that people can turn to, as the national locator lists them."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Listing(models.Model):
    """A facility of the locator's file, with the day somebody last made sure of it.

    It belongs to the whole installation, says nothing about any client, and is read by people
    who are not signed in: there is no organization and no row-level security on it. Codes are
    those of data/locator.toml.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=40, blank=True)
    zip_code = models.CharField(max_length=5, blank=True)
    phones = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    website = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    levels = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    online = models.BooleanField(default=False)
    in_a_room = models.BooleanField(default=False)
    medication = models.BooleanField(default=False)
    treats = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    insurance = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sliding_fee = models.BooleanField(default=False)
    ages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    verified_date = models.DateField()
    imported_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A listing has a key and a name, and its place is on the map whole or not at all."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(name=""), name="listing_has_key_and_name"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="listing_on_the_map",
            ),
        )
        indexes = (
            GinIndex(fields=["levels"], name="listing_by_level"),
            models.Index(fields=["latitude", "longitude"], name="listing_by_place"),
        )

    def __str__(self) -> str:
        return self.name
