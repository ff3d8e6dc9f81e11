"""The ledger: confirmations, positions, agreements and informed refusals. Never edited, followed.

PostgreSQL refuses to change any of these rows; of a confirmation, its co-signature is added once.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.coverage.models import Payer
from handrail.areas.organizations.models import Organization
from handrail.areas.recommendations.models import Recommendation, steps_field
from handrail.core.ledger.positions import Party

PARTIES = [(one.value, one.words) for one in Party]
FLOOR = (
    "emergency_response",
    "medical_care_24h",
    "psychiatric_safety_24h",
    "crisis_observation_24h",
    "withdrawal_care_24h",
    "obstetric_withdrawal_care",
    "withdrawal_assessment",
)
"""The needs that nobody can agree away: the database refuses them in an agreement. The list of
data/needs.toml is the first; a test holds them together.
"""


class Position(models.Model):
    """What one party asks for, on the day it was said, with reason and evidence.

    `holder` is who speaks for the party: Mother, Dr. Ives. `payer` is whose view a payer's is, when
    it is on the list of payers. `withheld_from_client` holds a family's position back from what
    the client sees.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="positions", db_constraint=False
    )
    party = models.CharField(max_length=20, choices=PARTIES)
    holder = models.CharField(max_length=120, blank=True)
    payer = models.ForeignKey(
        Payer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        db_constraint=False,
    )
    sequence = steps_field()
    reason = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    said_date = models.DateField()
    withheld_from_client = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """It asks for something; only a family's can be withheld; numbers tell a day's apart."""

        constraints = (
            models.CheckConstraint(
                condition=Q(party__in=[one.value for one in Party], sequence__len__gt=0),
                name="position_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(withheld_from_client=False) | Q(party="family"),
                name="position_withheld_of_family",
            ),
            models.CheckConstraint(
                condition=Q(payer__isnull=True) | Q(party="payer"), name="position_of_a_payer"
            ),
            models.UniqueConstraint(
                fields=["organization", "client", "number"], name="position_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"Position {self.id}"


class PositionVoid(models.Model):
    """That a position was entered by mistake, for example in the wrong chart, and why.

    The position stays as it was written; nothing that is read from the ledger shows it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="voids", db_constraint=False
    )
    reason = models.CharField(max_length=300)
    voided_at = models.DateTimeField()
    voided_by = models.CharField(max_length=200)

    class Meta:
        """Once, by someone, with a reason."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "position"], name="position_voided_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(voided_by=""), name="position_void_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"Void of {self.position_id}"


class Agreement(models.Model):
    """What is placed, who accepted it, and when it is looked at again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="agreements", db_constraint=False
    )
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="agreements", db_constraint=False
    )
    sequence = steps_field()
    level = models.CharField(max_length=40)
    accepted_by = ArrayField(models.CharField(max_length=20, choices=PARTIES))
    words = models.CharField(max_length=300, blank=True)
    agreed_date = models.DateField()
    review_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """The client, or family deciding for them, accepted it; it is looked at later."""

        constraints = (
            models.CheckConstraint(
                condition=Q(sequence__len__gt=0) & ~Q(level=""), name="agreement_places_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__contained_by=[one.value for one in Party])
                & Q(accepted_by__overlap=["client", "family"]),
                name="agreement_accepted",
            ),
            models.CheckConstraint(
                condition=Q(review_date__gt=F("agreed_date")), name="agreement_looked_at_later"
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-recorded_at"], name="agreement_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"Agreement {self.id}"


class UnmetNeed(models.Model):
    """A need that an agreement leaves unmet, and what stands in for it. Never one of the floor."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="unmet", db_constraint=False
    )
    need = models.CharField(max_length=60)
    mitigation = models.CharField(max_length=300)

    class Meta:
        """Each once, with what stands in for it."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "agreement", "need"], name="unmet_need_once"
            ),
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(mitigation=""), name="unmet_need_is_mitigated"
            ),
            models.CheckConstraint(
                condition=~Q(need__in=FLOOR), name="the_floor_is_not_agreed_away"
            ),
        )

    def __str__(self) -> str:
        return self.need


class InformedRefusal(models.Model):
    """Going without a need of the floor: what was explained, by whom, who knows, what is offered.

    `sequence` is what the person accepts all the same; `needs` are those refused, `also_unmet`
    the others that stay unmet with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="informed_refusals", db_constraint=False
    )
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="informed_refusals", db_constraint=False
    )
    sequence = steps_field()
    needs = ArrayField(models.CharField(max_length=60))
    also_unmet = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    explained = models.CharField(max_length=1000)
    explained_by = models.CharField(max_length=250)
    physician = models.CharField(max_length=200)
    physician_told_at = models.DateTimeField()
    offered = models.CharField(max_length=1000)
    refused_date = models.DateField()
    call_again_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """Nothing of it is left open."""

        constraints = (
            models.CheckConstraint(
                condition=Q(needs__len__gt=0, sequence__len__gt=0)
                & ~Q(explained="")
                & ~Q(explained_by="")
                & ~Q(physician="")
                & ~Q(offered=""),
                name="refusal_is_informed",
            ),
            models.CheckConstraint(
                condition=Q(call_again_date__gt=F("refused_date")), name="refusal_called_later"
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-recorded_at"], name="refusal_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"Informed refusal {self.id}"
