"""A clinician's word on a recommendation: confirmed, or overridden with a reason."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization
from handrail.areas.recommendations.models.recommendations import Recommendation

STEP_LENGTH = 200


def steps_field() -> "ArrayField[list[str], list[str]]":
    """Steps as they are kept: "iop+recovery_residence:30 days"."""
    return ArrayField(models.CharField(max_length=STEP_LENGTH), default=list, blank=True)


class Confirmation(models.Model):
    """A clinician's word on a recommendation: confirmed, or overridden with a reason.

    `sequence` and `level` name what is put in its place; empty for what is confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="confirmations", db_constraint=False
    )
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="confirmations", db_constraint=False
    )
    overrides = models.BooleanField(default=False)
    sequence = steps_field()
    level = models.CharField(max_length=40, blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=250)
    confirmed_by_place = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmations",
        db_constraint=False,
    )
    needs_co_signature = models.BooleanField(default=False)
    co_signed_at = models.DateTimeField(null=True, blank=True)
    co_signed_by = models.CharField(max_length=250, blank=True)
    co_signed_by_place = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmations_co_signed",
        db_constraint=False,
    )

    class Meta:
        """An override says what and why; nobody co-signs their own word."""

        constraints = (
            models.CheckConstraint(
                condition=Q(overrides=False, level="", reason_code="", reason="", sequence__len=0)
                | (
                    Q(overrides=True, sequence__len__gt=0)
                    & ~Q(level="")
                    & ~Q(reason_code="")
                    & ~Q(reason="")
                ),
                name="override_says_what_and_why",
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=""), name="confirmation_by_someone"),
            models.CheckConstraint(
                condition=Q(
                    co_signed_at__isnull=True, co_signed_by="", co_signed_by_place__isnull=True
                )
                | Q(co_signed_at__isnull=False, needs_co_signature=True) & ~Q(co_signed_by=""),
                name="confirmation_co_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(co_signed_by_place__isnull=True)
                | Q(confirmed_by_place__isnull=True)
                | ~Q(co_signed_by_place=F("confirmed_by_place")),
                name="confirmation_co_signed_by_another",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-confirmed_at"], name="confirmation_by_client"
            ),
            models.Index(
                fields=["organization", "confirmed_at"],
                condition=Q(needs_co_signature=True, co_signed_at__isnull=True),
                name="confirmation_to_co_sign",
            ),
        )

    def __str__(self) -> str:
        return f"Confirmation {self.id}"
