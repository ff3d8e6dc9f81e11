"""Flags: what everyone who meets a client must know, with an owner."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization


class FlagKind(models.TextChoices):
    """What everyone who meets the client must know. The values are those of the outreach clocks."""

    SUICIDE = "suicide_risk", "Suicide risk"
    OVERDOSE = "overdose_risk", "Overdose risk"
    NO_CONTACT = "no_contact", "No contact"


class Flag(models.Model):
    """A concern with an owner. It closes only with a clinician's formulation.

    A no-contact flag names the other client, or the colleague, whom this client must not meet.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="flags", db_constraint=False)
    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    why = models.CharField(max_length=500)
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="flags_owned", db_constraint=False
    )
    review_date = models.DateField(null=True, blank=True)
    other_client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags_naming",
        db_constraint=False,
    )
    other_colleague = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags_naming",
        db_constraint=False,
    )
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    formulation = models.TextField(blank=True)

    class Meta:
        """No contact is with exactly one; closed means when, by whom and on what grounds."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(why="") & Q(kind__in=FlagKind.values), name="flag_says_why"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(kind="no_contact")
                    & Q(other_client__isnull=True, other_colleague__isnull=True)
                )
                | (
                    Q(kind="no_contact")
                    & (
                        Q(other_client__isnull=False, other_colleague__isnull=True)
                        | Q(other_client__isnull=True, other_colleague__isnull=False)
                    )
                ),
                name="no_contact_is_with_one",
            ),
            models.CheckConstraint(
                condition=Q(other_client__isnull=True) | ~Q(other_client=F("client")),
                name="no_contact_with_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="", formulation="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(formulation="")),
                name="flag_closed_with_formulation",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client"],
                condition=Q(closed_at__isnull=True),
                name="open_flag_by_client",
            ),
            models.Index(
                fields=["organization", "owner"],
                condition=Q(closed_at__isnull=True),
                name="open_flag_by_owner",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} flag {self.id}"
