"""Who was there and what it counts for; appointments beside the group."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client, Episode
from handrail.areas.organizations.models import Membership, Organization
from handrail.areas.schedule.models import Session
from handrail.core.course.attendance import Status
from handrail.core.course.roster import Place
from handrail.core.course.weeks import Service


class Attendance(models.Model):
    """One person at one session: first what was marked on the board, then what closing decided.

    `arrived` and `left` are minutes of the session; `left` empty is to the end. Everything from
    `status` on is empty until the session's attendance is closed. `version` guards against two
    people marking at once. `billable` is empty when no payer's minimum is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="attendances", db_constraint=False
    )
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="attendances", db_constraint=False
    )
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="attendances", db_constraint=False
    )
    place = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Place])
    absent = models.BooleanField(default=False)
    excuse = models.CharField(max_length=300, blank=True)
    arrived = models.PositiveSmallIntegerField(default=0)
    left = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=200)

    status = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in Status], blank=True
    )
    scheduled = models.PositiveSmallIntegerField(default=0)
    attended = models.PositiveSmallIntegerField(default=0)
    therapeutic = models.PositiveSmallIntegerField(default=0)
    counts = models.BooleanField(default=False)
    shortfall = models.PositiveSmallIntegerField(default=0)
    billable = models.BooleanField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        """Once for each person and session; nobody leaves before coming."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "session", "client"], name="attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(left__gt=F("arrived")),
                name="left_after_arriving",
            ),
            models.CheckConstraint(
                condition=Q(status="") | Q(status__in=[one.value for one in Status]),
                name="attendance_known_status",
            ),
            models.CheckConstraint(
                condition=Q(absent=True) | Q(excuse=""), name="excuse_for_an_absence"
            ),
            models.CheckConstraint(
                condition=~Q(status="") | Q(counts=False), name="credit_when_closed"
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="attendance_by_client"),)

    def __str__(self) -> str:
        return f"Attendance {self.id}"


class Appointment(models.Model):
    """An individual or family hour. `held` is empty until someone says whether it took place."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="appointments", db_constraint=False
    )
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="appointments", db_constraint=False
    )
    service = models.CharField(
        max_length=20,
        choices=[(one.value, one.name) for one in Service if one is not Service.GROUP],
    )
    local_date = models.DateField()
    start = models.TimeField()
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="appointments", db_constraint=False
    )
    held = models.BooleanField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """Individual or family, of at least a minute."""

        constraints = (
            models.CheckConstraint(
                condition=Q(service__in=["individual", "family"]) & Q(minutes__gte=1),
                name="appointment_of_a_service",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "local_date"], name="appointment_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"Appointment {self.id}"
