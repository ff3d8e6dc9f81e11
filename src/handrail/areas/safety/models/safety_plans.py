"""Safety plans: versions that never change, looks at them, declining one, and handing one over."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization


class SafetyPlan(models.Model):
    """A signed version of someone's safety plan. PostgreSQL refuses to change or remove it.

    `content` is the canonical text that was hashed (core/safety_plan). `owner` sees to the next
    look. The signer's name and licenses are copied as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="safety_plans", db_constraint=False
    )
    number = models.PositiveIntegerField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    agreed_name = models.CharField(max_length=200)
    next_look_date = models.DateField()
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="safety_plans_owned", db_constraint=False
    )
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="safety_plans_signed", db_constraint=False
    )
    signed_name = models.CharField(max_length=250)

    class Meta:
        """Numbered from one; agreed by the person and signed by someone."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "number"], name="safety_plan_version_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="safety_plan_numbered"),
            models.CheckConstraint(
                condition=~Q(content="") & Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="safety_plan_is_hashed",
            ),
            models.CheckConstraint(
                condition=~Q(agreed_name="") & ~Q(signed_name=""),
                name="safety_plan_agreed_and_signed",
            ),
        )

    def __str__(self) -> str:
        return f"Safety plan {self.number} of client {self.client_id}"


class SafetyPlanLook(models.Model):
    """A plan was gone through with the person again and still holds. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="looks", db_constraint=False)
    words = models.CharField(max_length=1000)
    next_look_date = models.DateField()
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="safety_looks_owned", db_constraint=False
    )
    looked_at = models.DateTimeField()
    looked_by = models.CharField(max_length=200)

    class Meta:
        """It says what was found."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(looked_by=""), name="safety_look_says_what"
            ),
        )
        indexes = (
            models.Index(fields=["organization", "plan", "-looked_at"], name="safety_look_by_plan"),
        )

    def __str__(self) -> str:
        return f"Look at safety plan {self.plan_id}"


class SafetyPlanDeclined(models.Model):
    """The person would not make a plan now: why, what was done instead, when we ask again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="safety_plans_declined", db_constraint=False
    )
    reason = models.CharField(max_length=1000)
    instead = models.CharField(max_length=1000)
    ask_again_date = models.DateField()
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="safety_asks_owned", db_constraint=False
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """Why, and what instead."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(instead="") & ~Q(recorded_by=""),
                name="safety_declined_says_why",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-recorded_at"], name="safety_declined_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"No safety plan for client {self.client_id} now"


class PlanHandover(models.Model):
    """A plan on its way to the person's own phone: once, within ten minutes, sealed.

    It belongs to no organization and to no known person, so there is no row-level security on it:
    the key that opens `sealed` stands only in the address that the person's phone reads off the
    screen (docs/decisions). Taken, the row is gone.
    """

    token_hash = models.CharField(max_length=64, primary_key=True)
    """SHA-256 of the token in the address, as hexadecimal digits."""
    sealed = models.BinaryField()
    """The page that is handed over, encrypted with a key derived from the token."""
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        """The token itself is never stored."""

        constraints = (
            models.CheckConstraint(
                condition=Q(("token_hash__regex", r"^[0-9a-f]{64}$")),
                name="handover_token_is_hashed",
            ),
        )

    def __str__(self) -> str:
        return "a safety plan on its way"
