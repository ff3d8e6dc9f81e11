"""Programs, their tracks, and the sessions on the calendar."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.organizations.models import Membership, Organization
from handrail.core.course.schedule import HowMoved, Modality
from handrail.core.course.session_states import State


class Program(models.Model):
    """A level of care offered here, with the shape of its course (data/course_templates.toml)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    sessions = models.PositiveSmallIntegerField()
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        """A course has at least one session."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & Q(sessions__gte=1), name="program_says_what"
            ),
            models.UniqueConstraint(fields=["organization", "name"], name="program_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Track(models.Model):
    """A group that meets in a weekly pattern: days (0 is Monday), local start, parts, topics."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    program = models.ForeignKey(Program, models.PROTECT, related_name="tracks", db_constraint=False)
    name = models.CharField(max_length=120)
    days = ArrayField(models.PositiveSmallIntegerField())
    start = models.TimeField()
    zone = models.CharField(max_length=64)
    modality = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Modality])
    room = models.CharField(max_length=80, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    segments = models.JSONField()
    topics = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        """It meets on a day of the week."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "name"], name="track_name_once"),
            models.CheckConstraint(
                condition=Q(days__len__gt=0) & Q(days__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="track_meets_on_days",
            ),
        )

    def __str__(self) -> str:
        return self.name


class TrackFacilitator(models.Model):
    """Who usually leads a track."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    track = models.ForeignKey(
        Track, models.CASCADE, related_name="facilitators", db_constraint=False
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="tracks_led", db_constraint=False
    )

    class Meta:
        """Each once."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "track", "membership"], name="track_facilitator_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} leads {self.track_id}"


class Session(models.Model):
    """One meeting of a track. Local date, start and zone are the truth; UTC is derived from them.

    `ended_minute` is set when it ended early. `board_version` grows with everything saved on its
    board, so that a board can ask what is new.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    track = models.ForeignKey(Track, models.PROTECT, related_name="sessions", db_constraint=False)
    number = models.PositiveIntegerField()
    local_date = models.DateField()
    start = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    modality = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Modality])
    room = models.CharField(max_length=80, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    segments = models.JSONField()
    topics = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    moved_from_date = models.DateField(null=True, blank=True)
    moved_how = models.CharField(
        max_length=30, choices=[(one.value, one.name) for one in HowMoved], blank=True
    )
    moved_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=20,
        choices=[(one.value, one.name) for one in State],
        default=State.PLANNED.value,
    )
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    canceled_reason = models.CharField(max_length=300, blank=True)
    board_version = models.PositiveIntegerField(default=0)

    class Meta:
        """A number once in a track; it ends after it starts; its state is a known one.

        That a track or a room has one session at a time is an exclusion constraint, made in the
        migration: checked at the end of a change, so that a whole row of sessions can move.
        """

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "track", "number"], name="session_number_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="session_known_state"
            ),
            models.CheckConstraint(
                condition=Q(moved_from_date__isnull=True, moved_how="")
                | (Q(moved_from_date__isnull=False) & ~Q(moved_how="")),
                name="session_moved_somehow",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "local_date"], name="session_by_date"),
            models.Index(fields=["organization", "starts_at"], name="session_by_start"),
            models.Index(
                fields=["organization", "state"],
                condition=Q(state__in=["in progress", "to be signed"]),
                name="session_open",
            ),
        )

    def __str__(self) -> str:
        return f"Session {self.number} of {self.track_id}"


class SessionFacilitator(models.Model):
    """Who leads one session."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="facilitators", db_constraint=False
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="sessions_led", db_constraint=False
    )

    class Meta:
        """Each once."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "session", "membership"], name="session_facilitator_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} leads session {self.session_id}"


class Closure(models.Model):
    """A day on which the house is closed; its sessions move and are never dropped."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    local_date = models.DateField()
    reason = models.CharField(max_length=200)
    instead_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """A day is closed once, and not replaced by itself."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "local_date"], name="closed_once"),
            models.CheckConstraint(
                condition=Q(instead_date__isnull=True) | ~Q(instead_date=F("local_date")),
                name="closed_instead_another_day",
            ),
        )

    def __str__(self) -> str:
        return f"Closed {self.local_date}"
