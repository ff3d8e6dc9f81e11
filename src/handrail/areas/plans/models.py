"""What a client is working toward."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client, Episode
from handrail.areas.organizations.models import Organization


class Goal(models.Model):
    """What the person is working toward, in words of their own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="goals", db_constraint=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="goals", db_constraint=False)
    words = models.CharField(max_length=300)
    opened_date = models.DateField()
    opened_by = models.CharField(max_length=200)
    met_date = models.DateField(null=True, blank=True)
    dropped_date = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Met or dropped, not both."""

        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(
                condition=Q(met_date__isnull=True) | Q(dropped_date__isnull=True),
                name="goal_met_or_dropped",
            ),
        )
        indexes = (models.Index(fields=["organization", "episode"], name="goal_by_episode"),)

    def __str__(self) -> str:
        return f"Goal {self.id}"
