"""Addresses that get a lesson a week, and the letters that go to each: one of a kind, never two."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Subscription(models.Model):
    """An e-mail address, from the moment it was typed until it stops or has had every lesson.

    It belongs to no organization and to no known person, and nothing else is asked, so there is no
    row-level security on it (docs/decisions/0055-a-lesson-a-week.md). It is deleted, not ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """An address is there once, however it is written."""

        constraints = (
            models.UniqueConstraint(Lower("email"), name="subscription_address_once"),
            models.CheckConstraint(condition=~Q(email=""), name="subscription_has_an_address"),
        )

    def __str__(self) -> str:
        return f"Subscription {self.id}"


class PageState(models.TextChoices):
    """Where a letter stands. One whose sending broke off is never tried again."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"


class PageLetter(models.Model):
    """A letter to an address: number 0 asks for a yes, 1 to 8 are the lessons."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="letters")
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One of each number for an address."""

        constraints = (
            models.UniqueConstraint(
                fields=["subscription", "number"], name="page_letter_of_a_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state=PageState.WAITING) | Q(claimed_at__isnull=False),
                name="page_letter_sent_after_it_was_claimed",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"], condition=Q(state=PageState.WAITING), name="page_letter_due"
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.number} of {self.subscription_id}"
