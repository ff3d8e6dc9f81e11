"""When colleagues work and are away, and the rooms there are."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.organizations.models import Membership, Organization


class Room(models.Model):
    """A room of the house. Sessions name their room; a room on this list is kept apart by name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        """A name once; a room that is given holds somebody."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "name"], name="room_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="room_has_a_name"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="room_holds_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """From when to when a colleague works: each week on a day (0 is Monday), or on one date alone.

    Hours of a date stand in place of the week's; without a start they say "not here that day".
    An end at or before the start is on the next day. Local time and zone are the truth.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="working_hours", db_constraint=False
    )
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    local_date = models.DateField(null=True, blank=True)
    start = models.TimeField(null=True, blank=True)
    end = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """Weekly, in force from a day on; or of one date, which may say that nobody is here."""

        constraints = (
            models.CheckConstraint(
                condition=Q(
                    weekday__gte=0,
                    weekday__lte=6,
                    local_date__isnull=True,
                    from_date__isnull=False,
                    start__isnull=False,
                )
                | Q(
                    weekday__isnull=True,
                    local_date__isnull=False,
                    from_date__isnull=True,
                    until_date__isnull=True,
                ),
                name="hours_weekly_or_of_a_date",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | (Q(start__isnull=False, end__isnull=False) & ~Q(start=F("end"))),
                name="hours_from_when_to_when",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="hours_end_later",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "membership"], name="hours_by_person"),
            models.Index(fields=["organization", "local_date"], name="hours_by_date"),
        )

    def __str__(self) -> str:
        return f"Hours of {self.membership_id}"


class TimeAway(models.Model):
    """Days, or hours of one day, on which a colleague is not there. Canceled, never deleted.

    Local dates and times are the truth, `starts_at` and `ends_at` are derived from them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="time_away", db_constraint=False
    )
    from_date = models.DateField()
    until_date = models.DateField()
    start = models.TimeField(null=True, blank=True)
    end = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    why = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    canceled_at = models.DateTimeField(null=True, blank=True)
    canceled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """It ends after it begins; hours belong to one day."""

        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="away_ends_later"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True, until_date__gte=F("from_date"))
                | Q(start__isnull=False, end__gt=F("start"), until_date=F("from_date")),
                name="away_days_or_hours",
            ),
            models.CheckConstraint(
                condition=Q(canceled_at__isnull=True, canceled_by="")
                | (Q(canceled_at__isnull=False) & ~Q(canceled_by="")),
                name="away_canceled_by_someone",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "membership", "ends_at"], name="away_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} away from {self.from_date}"
