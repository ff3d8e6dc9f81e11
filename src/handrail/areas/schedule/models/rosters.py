"""Who belongs to which track from when to when, who pauses, who makes up where."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client, Episode
from handrail.areas.organizations.models import Organization
from handrail.areas.schedule.models.calendar import Session, Track


class Enrollment(models.Model):
    """A dated membership in a track, both ends included; empty `days` is every day of the track.

    One that was replaced before it began ends on the day before it begins (core/course).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="enrollments", db_constraint=False
    )
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="enrollments", db_constraint=False
    )
    track = models.ForeignKey(
        Track, models.PROTECT, related_name="enrollments", db_constraint=False
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=200)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """At one time in one track once."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "track"],
                condition=Q(until_date__isnull=True),
                name="one_open_enrollment_each",
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="enrollment_known_days",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "track", "until_date"], name="enrollment_by_track"
            ),
            models.Index(fields=["organization", "client"], name="enrollment_by_client"),
        )

    def __str__(self) -> str:
        return f"Enrollment {self.id}"


class Pause(models.Model):
    """Days on which someone does not come and is not missed; both ends included."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    enrollment = models.ForeignKey(
        Enrollment, models.PROTECT, related_name="pauses", db_constraint=False
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """It ends after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="pause_ends_later",
            ),
        )
        indexes = (models.Index(fields=["organization", "enrollment"], name="pause_by_enrollment"),)

    def __str__(self) -> str:
        return f"Pause {self.id}"


class MakeUp(models.Model):
    """A session booked in place of one that was missed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="make_ups", db_constraint=False)
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="make_ups", db_constraint=False
    )
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="make_ups", db_constraint=False
    )
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=200)
    canceled_at = models.DateTimeField(null=True, blank=True)
    canceled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Booked once; canceled means when and by whom."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "session"],
                condition=Q(canceled_at__isnull=True),
                name="made_up_once",
            ),
            models.CheckConstraint(
                condition=Q(canceled_at__isnull=True, canceled_by="")
                | (Q(canceled_at__isnull=False) & ~Q(canceled_by="")),
                name="make_up_canceled_by_someone",
            ),
        )
        indexes = (models.Index(fields=["organization", "session"], name="make_up_by_session"),)

    def __str__(self) -> str:
        return f"Make-up {self.id}"
