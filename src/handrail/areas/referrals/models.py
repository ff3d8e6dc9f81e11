"""Someone referred to other care, what was heard since, and when we get in touch."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.consents.models import Disclosure
from handrail.areas.organizations.models import Membership, Organization
from handrail.core.referrals import State

_STATES = [one.value for one in State]
_OVER = ["declined", "returned", "ended"]


class Referral(models.Model):
    """Someone referred to other care: where to, with which papers, and when they are expected back.

    `level` is a level of care or an acute place; `back_to` the level they step down to here.
    `disclosure` is what waits to leave or has left; without one the person goes there by
    themself and nothing leaves. `since_date` is the day the present state began.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="referrals", db_constraint=False
    )
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="referrals_owned", db_constraint=False
    )
    level = models.CharField(max_length=40)
    to_name = models.CharField(max_length=200)
    to_phone = models.CharField(max_length=60, blank=True)
    to_fax = models.CharField(max_length=60, blank=True)
    disclosure = models.ForeignKey(
        Disclosure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        db_constraint=False,
    )
    why = models.CharField(max_length=500)
    state = models.CharField(max_length=20, default=State.PREPARED.value)
    since_date = models.DateField()
    expected_return_date = models.DateField(null=True, blank=True)
    back_to = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        """It says where to and why; what is over says when and by whom."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(to_name="") & ~Q(why="") & ~Q(level="") & Q(state__in=_STATES),
                name="referral_says_where_and_why",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_OVER, ended_at__isnull=False) & ~Q(ended_by=""))
                | (~Q(state__in=_OVER) & Q(ended_at__isnull=True, ended_by="")),
                name="referral_over_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(expected_return_date__isnull=False),
                name="referral_there_expected_back",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "client"], name="referral_by_client"),
            models.Index(
                fields=["organization", "expected_return_date"],
                condition=~Q(state__in=_OVER),
                name="referral_expected_back",
            ),
        )

    def __str__(self) -> str:
        return f"Referral {self.id}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.state in _OVER


class ReferralStep(models.Model):
    """What was heard or done about a referral: written once. `said_by` is who told us."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    referral = models.ForeignKey(
        Referral, models.PROTECT, related_name="steps", db_constraint=False
    )
    state = models.CharField(max_length=20)
    on_date = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)
    expected_return_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """It comes to a state that there is."""

        constraints = (
            models.CheckConstraint(condition=Q(state__in=_STATES), name="referral_step_state"),
        )
        indexes = (models.Index(fields=["organization", "referral"], name="referral_step_of"),)

    def __str__(self) -> str:
        return f"{self.state} on {self.on_date}"


class ReferralTouch(models.Model):
    """A day on which somebody gets in touch about a referral; what came of it once it is done."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    referral = models.ForeignKey(
        Referral, models.PROTECT, related_name="touches", db_constraint=False
    )
    due_date = models.DateField()
    why = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        """Done means when, by whom and what was heard; one to come for each day."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "referral", "due_date"],
                condition=Q(done_at__isnull=True),
                name="referral_touch_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="", words="")
                | (Q(done_at__isnull=False) & ~Q(done_by="") & ~Q(words="")),
                name="referral_touch_done_by_someone",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "due_date"],
                condition=Q(done_at__isnull=True),
                name="referral_touch_due",
            ),
        )

    def __str__(self) -> str:
        return f"Due {self.due_date}"
