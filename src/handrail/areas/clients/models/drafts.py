"""What is being written into a chart and not signed yet, text by text."""

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models.people import Client
from handrail.areas.organizations.models import Organization
from handrail.foundation.records.drafts import Draft


class DraftDocument(models.TextChoices):
    """What is being written."""

    SAFETY_PLAN = "safety_plan", "Safety plan"
    ASSESSMENT = "assessment", "Assessment"


class ChartDraft(Draft):
    """One text of a document that is being written for a client.

    The rows go when the document is signed: then it holds them.
    """

    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="chart_drafts", db_constraint=False
    )
    document = models.CharField(max_length=20, choices=DraftDocument.choices)

    class Meta:
        """One text for each field of a document."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client", "document", "field"], name="chart_draft_once"
            ),
            models.CheckConstraint(
                condition=Q(document__in=DraftDocument.values) & ~Q(field=""),
                name="chart_draft_of_a_document",
            ),
        )

    def __str__(self) -> str:
        return f"Draft of {self.document} for client {self.client_id}"
