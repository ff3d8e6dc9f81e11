"""Waiting for a seat: a place on the list of a program, and every attempt to reach the person."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Organization
from handrail.areas.schedule.models import Program, Track


class EndedHow(models.TextChoices):
    """How waiting ended."""

    ADMITTED = "admitted", "Admitted here"
    ELSEWHERE = "elsewhere", "Took another place"
    DECLINED = "declined", "Does not want it any more"
    NOT_REACHED = "not_reached", "Could not be reached"


class WaitingPlace(models.Model):
    """Someone who waits for a seat of a program, and what is done for them meanwhile.

    `priority` is a code of data/waiting.toml, `priority_source` how we know; `since` the day on
    which they asked. `interim` are codes of what was offered, `instead` the same in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="waiting_places", db_constraint=False
    )
    program = models.ForeignKey(
        Program, models.PROTECT, related_name="waiting_places", db_constraint=False
    )
    track = models.ForeignKey(
        Track,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waiting_places",
        db_constraint=False,
    )
    since = models.DateField()
    priority = models.CharField(max_length=30)
    priority_source = models.CharField(max_length=300)
    interim = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    instead = models.CharField(max_length=500, blank=True)
    interim_at = models.DateTimeField(null=True, blank=True)
    interim_by = models.CharField(max_length=200, blank=True)
    put_on_at = models.DateTimeField()
    put_on_by = models.CharField(max_length=200)
    ended_how = models.CharField(max_length=20, choices=EndedHow.choices, blank=True)
    ended_words = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Once on each list at a time; ended says how and by whom; offered says by whom."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "program"],
                condition=Q(ended_at__isnull=True),
                name="waits_once_for_a_program",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="", ended_words="", ended_by="")
                | (Q(ended_at__isnull=False, ended_how__in=EndedHow.values) & ~Q(ended_by="")),
                name="waiting_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(interim_at__isnull=True, interim_by="")
                | (Q(interim_at__isnull=False) & ~Q(interim_by="")),
                name="interim_offered_by_someone",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "since"],
                condition=Q(ended_at__isnull=True),
                name="open_waiting_by_since",
            ),
            models.Index(fields=["organization", "client"], name="waiting_by_client"),
        )

    def __str__(self) -> str:
        return f"Place on a waiting list {self.id}"


class WayTried(models.TextChoices):
    """How someone tried to reach who waits."""

    CALL = "call", "Called"
    TEXT = "text", "Sent a neutral text"
    LETTER = "letter", "Sent a neutral letter"
    IN_PERSON = "in_person", "Talked in person"


class CameOfIt(models.TextChoices):
    """What came of an attempt."""

    STILL_WAITS = "still_waits", "Reached: still waits"
    TAKES_SEAT = "takes_seat", "Reached: takes the seat"
    NO_ANSWER = "no_answer", "No answer"
    LEFT_MESSAGE = "left_message", "Left a message that names nothing"
    WRONG_NUMBER = "wrong_number", "Wrong number"


class WaitingAttempt(models.Model):
    """One attempt to reach someone who waits: when, by whom, how, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    place = models.ForeignKey(
        WaitingPlace, models.PROTECT, related_name="attempts", db_constraint=False
    )
    way = models.CharField(max_length=20, choices=WayTried.choices)
    outcome = models.CharField(max_length=20, choices=CameOfIt.choices)
    words = models.CharField(max_length=500, blank=True)
    attempted_at = models.DateTimeField()
    attempted_by = models.CharField(max_length=200)

    class Meta:
        """A known way and a known outcome."""

        constraints = (
            models.CheckConstraint(
                condition=Q(way__in=WayTried.values, outcome__in=CameOfIt.values),
                name="waiting_attempt_known",
            ),
        )
        indexes = (models.Index(fields=["organization", "place"], name="attempt_by_waiting_place"),)

    def __str__(self) -> str:
        return f"Attempt {self.id}"
