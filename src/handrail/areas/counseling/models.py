"""Counseling notes: what a clinician keeps for themself about a session, apart from the record."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization


class CounselingSession(models.TextChoices):
    """Which kind of session a counseling note thinks about."""

    INDIVIDUAL = "individual", "Individual session"
    GROUP = "group", "Group session"
    FAMILY = "family", "Joint or family session"


class CounselingNote(models.Model):
    """What its author alone reads: a draft until it is signed, and then never changed.

    An addendum is a row that `adds_to` a signed one. PostgreSQL refuses to change or remove what
    was signed.

    Source: 42 CFR 2.11 "SUD counseling notes", 2.31(b); 45 CFR 164.501, 164.508(a)(2).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="counseling_notes", db_constraint=False
    )
    author = models.ForeignKey(
        Membership, models.PROTECT, related_name="counseling_notes", db_constraint=False
    )
    adds_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="addenda",
        db_constraint=False,
    )
    note_date = models.DateField()
    session = models.CharField(max_length=20, choices=CounselingSession.choices, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=250, blank=True)

    class Meta:
        """One draft for each author and client; an addendum is signed at once."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "author"],
                condition=Q(signed_at__isnull=True),
                name="counseling_note_one_draft",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(session__in=["", *CounselingSession.values]),
                name="counseling_note_says_something",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_name="", adds_to__isnull=True)
                | (Q(signed_at__isnull=False) & ~Q(signed_name="")),
                name="counseling_note_signed_by_name",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "author", "-note_date"],
                name="counseling_note_by_author",
            ),
        )

    def __str__(self) -> str:
        return f"Counseling note about client {self.client_id}"
