"""Reaching someone who was not there: one task for each absence, every attempt on record."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client, Contact
from handrail.areas.organizations.models import Organization
from handrail.areas.schedule.models import Session


class ReachedOutcome(models.TextChoices):
    """How outreach ended."""

    REACHED = "reached", "Reached, and safe"
    CONTACT_REACHED = "contact_reached", "A contact person says they are safe"
    WELFARE_CHECK = "welfare_check", "Seen by a welfare check"
    IN_OTHER_CARE = "in_other_care", "In a hospital or other care"
    NOT_REACHED = "not_reached", "Not reached; every step was taken"
    OPENED_BY_MISTAKE = "opened_by_mistake", "They were there after all"


class Outreach(models.Model):
    """That someone is to be called, by when, and why. Closing a session opens it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="outreach", db_constraint=False)
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="outreach", db_constraint=False
    )
    clock = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    steps = ArrayField(models.CharField(max_length=40))
    why = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=30, choices=ReachedOutcome.choices, blank=True)
    closing_words = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Once for each absence, so that closing twice opens it once; closed with an outcome."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "session", "client"], name="outreach_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="", outcome="")
                | (
                    Q(closed_at__isnull=False, outcome__in=ReachedOutcome.values) & ~Q(closed_by="")
                ),
                name="outreach_closed_with_outcome",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="open_outreach_by_due",
            ),
            models.Index(fields=["organization", "client"], name="outreach_by_client"),
        )

    def __str__(self) -> str:
        return f"Outreach {self.id}"


class AttemptKind(models.TextChoices):
    """How someone tried to reach the person."""

    CALL = "call", "Called"
    TEXT = "text", "Sent a neutral text"
    CONTACT_PERSON = "contact_person", "Called a contact person"
    WELFARE_CHECK = "welfare_check", "Asked for a welfare check"


class AttemptResult(models.TextChoices):
    """What came of it."""

    REACHED = "reached", "Reached"
    SAYS_SAFE = "says_safe", "Says they are safe"
    NO_ANSWER = "no_answer", "No answer"
    LEFT_MESSAGE = "left_message", "Left a message that names nothing"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    UNDER_WAY = "under_way", "Under way"


class OutreachAttempt(models.Model):
    """One attempt: when, by whom, how, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    outreach = models.ForeignKey(
        Outreach, models.PROTECT, related_name="attempts", db_constraint=False
    )
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        db_constraint=False,
    )
    kind = models.CharField(max_length=20, choices=AttemptKind.choices)
    result = models.CharField(max_length=20, choices=AttemptResult.choices)
    words = models.CharField(max_length=500, blank=True)
    attempted_at = models.DateTimeField()
    attempted_by = models.CharField(max_length=200)

    class Meta:
        """A known way and a known result."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=AttemptKind.values, result__in=AttemptResult.values),
                name="attempt_known",
            ),
        )
        indexes = (models.Index(fields=["organization", "outreach"], name="attempt_by_outreach"),)

    def __str__(self) -> str:
        return f"Attempt {self.id}"
