"""What the body brings along, and the professionals outside this program."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models.people import Client
from handrail.areas.organizations.models import Organization


class BaselineKind(models.TextChoices):
    """What of the medical baseline an entry is about; its possible states are data."""

    PRESCRIPTION_MONITORING = "prescription_monitoring", "Prescription monitoring"
    PREGNANCY = "pregnancy", "Pregnancy"
    PRIMARY_CARE = "primary_care", "Primary care"
    TUBERCULOSIS = "tuberculosis", "Tuberculosis screening"
    HEPATITIS = "hepatitis", "Hepatitis screening"
    HIV = "hiv", "HIV screening"


class BaselineEntry(models.Model):
    """How one thing of the medical baseline stood on a day, and who asked. Never changed: the
    newest of a kind holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="baseline_entries", db_constraint=False
    )
    kind = models.CharField(max_length=30, choices=BaselineKind.choices)
    state = models.CharField(max_length=30)
    on_date = models.DateField()
    by_whom = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """Of a known kind; it says how it stands and who asked."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=BaselineKind.values) & ~Q(state="") & ~Q(by_whom=""),
                name="baseline_says_what",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "kind", "-recorded_at"],
                name="baseline_by_client",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of client {self.client_id}"


class ProfessionalKind(models.TextChoices):
    """What someone outside does for the client."""

    THERAPIST = "therapist", "Therapist"
    PRESCRIBER = "prescriber", "Prescriber"
    PRIMARY_CARE = "primary_care", "Primary care"
    OPIOID_TREATMENT = "opioid_treatment", "Opioid treatment program"
    OTHER = "other", "Other professional"


class OutsideProfessional(models.Model):
    """A professional outside this program who treats the client. Knowing of them allows nothing:
    what they may be told, consents say.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="outside_professionals", db_constraint=False
    )
    kind = models.CharField(max_length=30, choices=ProfessionalKind.choices)
    name = models.CharField(max_length=150)
    place = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Named, of a known kind, and ended by someone when ended."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=ProfessionalKind.values) & ~Q(name=""),
                name="professional_named",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="professional_ended_by_someone",
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="professional_by_client"),)

    def __str__(self) -> str:
        return f"{self.kind} of client {self.client_id}"
