"""The table of what is due: one row is one thing to do, about one person.

Every slice writes to it, the lowest too, so it names other slices' tables by their labels alone.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

_MEMBER = "organizations.Membership"


class WorkItem(models.Model):
    """One thing to do: what, about whom, for whom, by when. Closed, never deleted.

    The slice that owns the `kind` computes everything from `scope` to `facts` out of its own rows;
    a rebuild gives the same. `key` tells items of one kind apart, `scope` names those that are
    computed together. It shows from `visible_from` until `visible_until`; from `escalates_at` on
    also to those who watch over the kind. `audience` and `not_for` hold ids of users: who it is
    for besides its owner, and who must not do it because they did what it asks to check.

    Only people set `assigned_to` and the snooze.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    scope = models.UUIDField()
    client = models.ForeignKey(
        "clients.Client",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items",
        db_constraint=False,
    )
    inquiry = models.ForeignKey(
        "inquiries.Inquiry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items",
        db_constraint=False,
    )
    booking = models.ForeignKey(
        "booking.Booking",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items",
        db_constraint=False,
    )
    member = models.ForeignKey(
        _MEMBER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items_about",
        db_constraint=False,
    )
    about_nobody = models.BooleanField(default=False)
    owner = models.ForeignKey(
        _MEMBER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items_owned",
        db_constraint=False,
    )
    audience = ArrayField(models.UUIDField(), default=list, blank=True)
    not_for = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True, blank=True)
    escalates_at = models.DateTimeField(null=True, blank=True)
    life = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)
    group = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    assigned_to = models.ForeignKey(
        _MEMBER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items_assigned",
        db_constraint=False,
    )
    assigned_by = models.CharField(max_length=200, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snooze_reason = models.CharField(max_length=200, blank=True)
    snoozed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Open once; about somebody unless its kind is about nobody; a snooze has a reason."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "kind", "key"],
                condition=Q(closed_at__isnull=True),
                name="work_item_open_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    about_nobody=True,
                    client__isnull=True,
                    inquiry__isnull=True,
                    booking__isnull=True,
                    member__isnull=True,
                )
                | (
                    Q(about_nobody=False)
                    & (
                        Q(client__isnull=False)
                        | Q(inquiry__isnull=False)
                        | Q(booking__isnull=False)
                        | Q(member__isnull=False)
                    )
                ),
                name="work_item_says_about_whom",
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(key=""), name="work_item_is_known"),
            models.CheckConstraint(
                condition=Q(visible_until__isnull=True) | Q(visible_until__gt=F("visible_from")),
                name="work_item_shows_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="work_item_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True, assigned_by="")
                | (Q(assigned_to__isnull=False) & ~Q(assigned_by="")),
                name="work_item_assigned_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True, snooze_reason="", snoozed_by="")
                | (Q(snoozed_until__isnull=False) & ~Q(snooze_reason="") & ~Q(snoozed_by="")),
                name="work_item_snoozed_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "visible_from"],
                condition=Q(closed_at__isnull=True),
                name="work_item_open",
            ),
            models.Index(
                fields=["organization", "kind", "scope"],
                condition=Q(closed_at__isnull=True),
                name="work_item_by_scope",
            ),
            models.Index(
                fields=["organization", "client"],
                condition=Q(closed_at__isnull=True),
                name="work_item_by_client",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
