"""Assessments: drafts that are signed and stay as signed, addenda, findings, outside results."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization


class AssessmentState(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", "Being written"
    SIGNED = "signed", "Signed"
    CO_SIGNED = "co-signed", "Co-signed"
    VOIDED = "voided", "Voided"


class Assessment(models.Model):
    """An assessment of a client. While it is written its texts are in the drafts of the chart.

    `content` is the canonical text that was hashed (core/assessment); PostgreSQL refuses to
    change it. Signers' names and licenses are copied as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="assessments", db_constraint=False
    )
    state = models.CharField(
        max_length=20, choices=AssessmentState.choices, default=AssessmentState.DRAFT
    )
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    needs_co_signature = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments_signed",
        db_constraint=False,
    )
    signed_name = models.CharField(max_length=250, blank=True)
    co_signed_at = models.DateTimeField(null=True, blank=True)
    co_signed_by = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments_co_signed",
        db_constraint=False,
    )
    co_signed_name = models.CharField(max_length=250, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One is written at a time; signed means by whom, what and when."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client"],
                condition=Q(state="draft"),
                name="one_assessment_written",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.values), name="assessment_known_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", content="", content_hash="", signed_at__isnull=True,
                    signed_by__isnull=True, signed_name="",
                )
                | (
                    ~Q(state="draft")
                    & ~Q(content="")
                    & ~Q(signed_name="")
                    & Q(
                        content_hash__regex=r"^[0-9a-f]{64}$",
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                    )
                ),
                name="assessment_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(co_signed_at__isnull=True, co_signed_by__isnull=True, co_signed_name="")
                & ~Q(state="co-signed")
                | Q(co_signed_at__isnull=False, co_signed_by__isnull=False) & ~Q(co_signed_name=""),
                name="assessment_co_signed_by",
            ),
            models.CheckConstraint(
                condition=Q(co_signed_by__isnull=True) | ~Q(co_signed_by=F("signed_by")),
                name="assessment_co_signed_by_other",
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
                name="assessment_voided_with_reason",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                fields=["organization", "client", "-begun_at"], name="assessment_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"Assessment {self.id}"


class AssessmentAddendum(models.Model):
    """Something added to a signed assessment later, with its own signature. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="addenda", db_constraint=False
    )
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="assessment_addenda", db_constraint=False
    )
    signed_name = models.CharField(max_length=250)

    class Meta:
        """It says something."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(signed_name=""), name="assessment_addendum_has_text"
            ),
        )
        indexes = (
            models.Index(fields=["organization", "assessment"], name="assessment_addendum_of"),
        )

    def __str__(self) -> str:
        return f"Addendum to assessment {self.assessment_id}"


class AssessedFinding(models.Model):
    """A finding as somebody recorded it. A correction is a new row with its reason: the earlier
    one stays, and the newest of a code holds. `value` is a list with the answer as it is stated.
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="findings", db_constraint=False
    )
    code = models.CharField(max_length=80)
    value = models.JSONField()
    evidence = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    is_correction = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """A correction has a reason."""

        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="finding_has_a_code"),
            models.CheckConstraint(
                condition=Q(is_correction=False, reason="") | Q(is_correction=True) & ~Q(reason=""),
                name="finding_corrected_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "assessment", "code", "-id"], name="finding_by_assessment"
            ),
        )

    def __str__(self) -> str:
        return f"Finding {self.code} of assessment {self.assessment_id}"


class OutsideResult(models.Model):
    """What a licensed instrument or another set of criteria came to: a fact with its edition.

    None of the instrument's text is kept. One recorded by mistake is voided with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="outside_results", db_constraint=False
    )
    scheme = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=60)
    result = models.CharField(max_length=60)
    on_date = models.DateField()
    by_whom = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """No result without its edition and who found it."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(edition="") & ~Q(result="") & ~Q(by_whom=""),
                name="outside_result_has_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="outside_result_voided",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "client"], name="outside_result_by_client"),
        )

    def __str__(self) -> str:
        return f"Result {self.id}"
