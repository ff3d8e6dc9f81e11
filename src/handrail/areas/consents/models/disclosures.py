"""What left a chart, and what waits to leave: the accounting of disclosures."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client, Contact
from handrail.areas.consents.models.consents import Consent
from handrail.areas.organizations.models import Organization
from handrail.core.disclosure import Content, ExceptionKind, Purpose, RecipientKind


class DisclosureState(models.TextChoices):
    """Where a disclosure stands."""

    QUEUED = "queued", "Waiting to leave"
    SENT = "sent", "Left"
    STOPPED = "stopped", "Stopped"


class How(models.TextChoices):
    """By which way something leaves."""

    PRINTED = "printed", "On paper"
    PDF = "pdf", "As a file"
    MAIL = "mail", "By mail"
    FAX = "fax", "By fax"
    PHONE = "phone", "By phone"
    TOLD = "told", "In person"
    EXPORT = "export", "By export"


class Disclosure(models.Model):
    """One thing that left, waits to leave, or was stopped: to whom, what, for what, under what.

    `consent` covers it, or `exception` names the exception of the law with `details` as they were
    written down; neither where a person gets their own record. `what` says in words what it was;
    `subject` names the row that waits, as the trail spells it: `referral:<id>`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="disclosures", db_constraint=False
    )
    recipient_kind = models.CharField(max_length=30)
    recipient_name = models.CharField(max_length=200)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    purpose = models.CharField(max_length=30)
    contents = ArrayField(models.CharField(max_length=30))
    what = models.CharField(max_length=300)
    subject = models.CharField(max_length=120, blank=True)
    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosures",
        db_constraint=False,
    )
    exception = models.CharField(max_length=30, blank=True)
    details = models.JSONField(default=dict)
    statement = models.CharField(max_length=300, blank=True)
    scope = models.TextField()
    state = models.CharField(max_length=10, choices=DisclosureState.choices)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=200, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        """Nothing without cover; left means when, by whom and how; stopped means why."""

        constraints = (
            models.CheckConstraint(
                condition=Q(recipient_kind__in=[one.value for one in RecipientKind])
                & ~Q(recipient_name="")
                & ~Q(what="")
                & Q(contents__contained_by=[one.value for one in Content])
                & ~Q(contents=[])
                & Q(purpose__in=[one.value for one in Purpose]),
                name="disclosure_says_what",
            ),
            models.CheckConstraint(
                condition=Q(consent__isnull=False, exception="")
                | Q(consent__isnull=True, exception__in=[one.value for one in ExceptionKind])
                | Q(consent__isnull=True, exception="", recipient_kind="client"),
                name="disclosure_is_covered",
            ),
            models.CheckConstraint(
                condition=~Q(contents__contains=["counseling_notes"]) | Q(consent__isnull=False),
                name="counseling_notes_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="queued",
                    left_at__isnull=True,
                    left_by="",
                    stopped_at__isnull=True,
                    stopped_by="",
                    stopped_why="",
                )
                | (
                    Q(
                        state="sent",
                        left_at__isnull=False,
                        how__in=How.values,
                        stopped_at__isnull=True,
                        stopped_by="",
                        stopped_why="",
                    )
                    & ~Q(left_by="")
                )
                | (
                    Q(state="stopped", stopped_at__isnull=False, left_at__isnull=True, left_by="")
                    & ~Q(stopped_by="")
                    & ~Q(stopped_why="")
                ),
                name="disclosure_state",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-asked_at"], name="disclosure_by_client"
            ),
            models.Index(
                fields=["organization", "asked_at"],
                condition=Q(state="queued"),
                name="disclosure_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"Disclosure {self.id}"
