"""Screening calls: what was answered, what was done when something was wrong, how it ended."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.organizations.models import Membership, Organization
from handrail.areas.recommendations.models import Recommendation
from handrail.foundation.records.drafts import Draft


class Outcome(models.TextChoices):
    """How a call ended."""

    RECOMMENDED = "recommended", "Recommendation kept"
    FOLLOW_UP = "follow_up", "Nothing yet: call again"
    REFERRED = "referred", "Sent elsewhere"


class Screening(models.Model):
    """One screening call about one inquiry. While it is open, somebody holds it.

    `voice` says whether the person speaks for themself ("me") or someone speaks for them.
    `version` grows with every change, so that an open page knows when to ask.
    `tasks` names the dangers for which a safety task was opened already.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    inquiry = models.ForeignKey(
        Inquiry, models.PROTECT, related_name="screenings", db_constraint=False
    )
    holder = models.ForeignKey(
        Membership, models.PROTECT, related_name="screenings_held", db_constraint=False
    )
    voice = models.CharField(max_length=10)
    script_version = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    tasks = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    follow_up_date = models.DateField(null=True, blank=True)
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="screenings",
        db_constraint=False,
    )
    recommendation = models.ForeignKey(
        Recommendation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="screenings",
        db_constraint=False,
    )

    class Meta:
        """One open call for each inquiry; an ended one says when, by whom and with what."""

        constraints = (
            models.CheckConstraint(
                condition=Q(voice__in=["me", "someone"]), name="screening_known_voice"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="", outcome="")
                | (Q(ended_at__isnull=False, outcome__in=Outcome.values) & ~Q(ended_by="")),
                name="screening_ended_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="recommended")
                | Q(client__isnull=False, recommendation__isnull=False),
                name="screening_recommended_has_chart",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="follow_up") | Q(follow_up_date__isnull=False),
                name="screening_follow_up_has_day",
            ),
            models.UniqueConstraint(
                fields=["organization", "inquiry"],
                condition=Q(ended_at__isnull=True),
                name="screening_one_open",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "holder"],
                condition=Q(ended_at__isnull=True),
                name="open_screening_by_holder",
            ),
        )

    def __str__(self) -> str:
        return f"Screening {self.id}"


class ScreeningAnswer(Draft):
    """One field of a call: an answer, or the words that go with it, and who said it."""

    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    screening = models.ForeignKey(
        Screening, models.CASCADE, related_name="answers", db_constraint=False
    )
    who = models.CharField(max_length=10)

    class Meta:
        """One text for each field, said by someone."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "screening", "field"], name="screening_answer_once"
            ),
            models.CheckConstraint(
                condition=~Q(field="") & Q(who__in=["person", "caller", "check", "record"]),
                name="screening_answer_says_who",
            ),
        )

    def __str__(self) -> str:
        return f"Answer {self.field} of screening {self.screening_id}"


class EmergencyStep(models.Model):
    """One thing done while something was wrong: what, when, by whom. Written once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    screening = models.ForeignKey(
        Screening, models.PROTECT, related_name="steps", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    step = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)
    happened_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """It says what it was."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(step=""), name="emergency_step_says_what"
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "screening", "happened_at"], name="emergency_by_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.id}"


class HandedCheck(models.Model):
    """Answers of a private check that someone gives to a program, sealed under a short code.

    Like the draft it comes from it belongs to no organization and to no known person: only the
    code, which stands on the person's screen and nowhere else, finds it and opens it. Taken once,
    it is gone; nobody asked for in two weeks, too.
    """

    code_hash = models.CharField(max_length=64, primary_key=True)
    """What is derived from the code to find the row, as hexadecimal digits."""
    draft_hash = models.CharField(max_length=64, unique=True)
    """The draft it was made from, so that a second code replaces the first."""
    sealed = models.BinaryField()
    """The answers, encrypted with another key derived from the code."""
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(code_hash__regex=r"^[0-9a-f]{64}$")
                & Q(draft_hash__regex=r"^[0-9a-f]{64}$"),
                name="handed_check_is_hashed",
            ),
        )

    def __str__(self) -> str:
        return "answers given to a program"
