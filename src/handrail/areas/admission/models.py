"""The first days after an admission: when somebody gets in touch, and what came of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from handrail.areas.clients.models import Client, Episode
from handrail.areas.organizations.models import Organization


class FirstContact(models.Model):
    """A day on which somebody gets in touch with whoever was admitted, and what was heard."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="first_contacts", db_constraint=False
    )
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="first_contacts", db_constraint=False
    )
    due_date = models.DateField()
    why = models.CharField(max_length=300)
    words = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Done says when, by whom, and what was heard."""

        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="", words="")
                | (Q(done_at__isnull=False) & ~Q(done_by="") & ~Q(words="")),
                name="first_contact_done_says_what",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "due_date"],
                condition=Q(done_at__isnull=True),
                name="first_contact_due",
            ),
        )

    def __str__(self) -> str:
        return f"First contact {self.id}"
