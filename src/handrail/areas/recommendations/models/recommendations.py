"""What a level of care was recommended by: the Check under way, and recommendations kept."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Organization


class RuleText(models.Model):
    """A text that recommendations were made by, kept word for word: criteria, catalogue, levels.

    Written once for each wording, so that a recommendation can be replayed when the file that
    ships has long changed. It holds nothing about any client.
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        """Each wording once."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "name", "sha256"], name="rule_text_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="rule_text_is_hashed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"


class Recommendation(models.Model):
    """A recommendation as it was made: the facts, the rules by their hashes, and the answer.

    `facts` and `answer` are canonical JSON; `texts` maps the name of each rule text to its hash.
    PostgreSQL refuses to change any of it; a wrong one is voided with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="recommendations", db_constraint=False
    )
    criteria = models.CharField(max_length=80)
    criteria_version = models.CharField(max_length=20)
    texts = models.JSONField()
    facts = models.TextField()
    answer = models.TextField()
    answer_hash = models.CharField(max_length=64)
    level = models.CharField(max_length=40, blank=True)
    why_now = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """Voided means when, by whom and why."""

        constraints = (
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="recommendation_voided_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "client", "-made_at"], name="recommendation_by_client"
            ),
        )

    def __str__(self) -> str:
        return f"Recommendation {self.id}"
