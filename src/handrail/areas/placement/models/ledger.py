"""The ledger: confirmations, positions, agreements and informed refusals. Never edited, followed.

PostgreSQL refuses to change any of these rows; of a confirmation, its co-signature is added once.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client, Payer
from handrail.areas.organizations.models import Membership, Organization
from handrail.areas.placement.models.level import Recommendation
from handrail.core.ledger.positions import Party

PARTIES = [(one.value, one.words) for one in Party]
STEP_LENGTH = 200
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


def _steps() -> "ArrayField[list[str], list[str]]":
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
    sequence = _steps()
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
    sequence = _steps()
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
    sequence = _steps()
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
    sequence = _steps()
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
