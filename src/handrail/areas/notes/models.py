"""Drafts while they are written, notes once they are signed, and the goals they touch."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client, Episode
from handrail.areas.organizations.models import Membership, Organization
from handrail.areas.schedule.models import Session
from handrail.foundation.records.drafts import Draft


class DraftField(Draft):
    """One text being written on the board: of the shared note (no client), or of one person.

    `field` is "segment:0" and on for the shared parts, "words", "goal", "risk", "plan" and so on
    for a person.
    """

    organization = models.ForeignKey(Organization, models.PROTECT)
    session = models.ForeignKey(Session, models.CASCADE, related_name="drafts", db_constraint=False)
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="drafts", db_constraint=False
    )

    class Meta:
        """One text for each field."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "session", "client", "field"],
                nulls_distinct=False,
                name="draft_field_once",
            ),
        )

    def __str__(self) -> str:
        return f"Draft {self.field} of session {self.session_id}"


class NoteState(models.TextChoices):
    """Where a note stands after its draft."""

    SIGNED = "signed", "Signed"
    CO_SIGNED = "co-signed", "Co-signed"
    LOCKED = "locked", "Locked"
    VOIDED = "voided", "Voided"


class Note(models.Model):
    """A signed note. Its content never changes; PostgreSQL refuses it (see the migration).

    `content` is the canonical text that was hashed (core/notes/content). Signer's and
    co-signer's names and licenses are copied as they were at that moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="notes", db_constraint=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="notes", db_constraint=False)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="notes", db_constraint=False
    )
    local_date = models.DateField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    has_risk_statement = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=NoteState.choices, default=NoteState.SIGNED)
    needs_co_signature = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="notes_signed", db_constraint=False
    )
    signed_name = models.CharField(max_length=250)
    co_signed_at = models.DateTimeField(null=True, blank=True)
    co_signed_by = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes_co_signed",
        db_constraint=False,
    )
    co_signed_name = models.CharField(max_length=250, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One valid note for each person and session; nobody co-signs their own."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "session", "client"],
                condition=~Q(state="voided"),
                name="one_valid_note_each",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NoteState.values), name="note_known_state"
            ),
            models.CheckConstraint(
                condition=Q(co_signed_by__isnull=True) | ~Q(co_signed_by=F("signed_by")),
                name="note_co_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(co_signed_at__isnull=True, co_signed_by__isnull=True, co_signed_name="")
                & ~Q(state="co-signed")
                | Q(co_signed_at__isnull=False, co_signed_by__isnull=False) & ~Q(co_signed_name=""),
                name="note_co_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by="") & ~Q(state="locked")
                | Q(locked_at__isnull=False) & ~Q(locked_by=""),
                name="note_locked_by_someone",
            ),
            models.CheckConstraint(
                condition=(
                    Q(voided_at__isnull=True, voided_by="", void_reason="") & ~Q(state="voided")
                )
                | (
                    Q(voided_at__isnull=False, state="voided")
                    & ~Q(voided_by="")
                    & ~Q(void_reason="")
                ),
                name="note_voided_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-local_date", "id"], name="note_by_client"
            ),
            models.Index(fields=["organization", "session"], name="note_by_session"),
            models.Index(
                fields=["organization", "signed_at"],
                condition=Q(needs_co_signature=True, state="signed"),
                name="note_to_co_sign",
            ),
        )

    def __str__(self) -> str:
        return f"Note {self.id}"


class Addendum(models.Model):
    """Something added to a signed note later, with its own signature. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    note = models.ForeignKey(Note, models.PROTECT, related_name="addenda", db_constraint=False)
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="addenda", db_constraint=False
    )
    signed_name = models.CharField(max_length=250)

    class Meta:
        """It says something."""

        constraints = (models.CheckConstraint(condition=~Q(text=""), name="addendum_has_text"),)
        indexes = (models.Index(fields=["organization", "note"], name="addendum_by_note"),)

    def __str__(self) -> str:
        return f"Addendum {self.id}"
