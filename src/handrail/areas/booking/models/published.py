"""What the public sees: programs and their open times. Outside row-level security on purpose.

Public pages have no organization. These two tables are a projection that services write; they
hold nothing about a client, and nothing that the program director did not publish.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handrail.areas.organizations.models import Organization
from handrail.areas.schedule.models import Program


class PublishedProgram(models.Model):
    """A program as the public sees it. `meets` holds when its groups meet, one entry a group:
    {"days": [0, 2, 3], "start": "18:00", "end": "21:00", "modality": "room"}.

    `insurance` and `languages` are names as people say them. Ages without a number are open.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    program = models.ForeignKey(
        Program, models.PROTECT, related_name="published", db_constraint=False
    )
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=40)
    about = models.CharField(max_length=400, blank=True)
    online = models.BooleanField(default=False)
    in_a_room = models.BooleanField(default=False)
    meets = models.JSONField(default=list)
    zone = models.CharField(max_length=64)
    insurance = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=40)
    run_by = models.CharField(max_length=150)
    verified_date = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once for each program; somebody to call, and who runs it."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "program"], name="published_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone="") & ~Q(run_by=""), name="published_says_who"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="published_place_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OpenSlot(models.Model):
    """One open screening time of a published program: when, and an opaque key. Nothing else."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    program = models.ForeignKey(
        PublishedProgram, models.CASCADE, related_name="open_slots", db_constraint=False
    )
    slot = models.UUIDField()
    starts_at = models.DateTimeField()

    class Meta:
        """A time once in a program."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "program", "slot"], name="open_slot_once"
            ),
        )
        indexes = (models.Index(fields=["program", "starts_at"], name="open_slot_by_start"),)

    def __str__(self) -> str:
        return f"Open at {self.starts_at}"
