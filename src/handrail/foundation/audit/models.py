"""The tables of the audit trail."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEntry(models.Model):
    """One thing someone did or saw. PostgreSQL refuses to change, remove or empty it.

    No foreign keys, and the actor's name is copied: an entry outlives what it is about.
    `recorded_at` is the machine's time, not the demo's.
    """

    id = models.BigAutoField(primary_key=True)
    operation_id = models.UUIDField()
    organization_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    subjects = ArrayField(models.CharField(max_length=120), default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        """Pages go by the key (organization, id) of its anchor; the five minutes by person."""

        constraints = (
            models.CheckConstraint(
                condition=~models.Q(actor_id="") & ~models.Q(actor_name="") & ~models.Q(action=""),
                name="audit_says_who_and_what",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization_id", "actor_id", "recorded_at"], name="audit_by_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.action}"


class AuditSubject(models.Model):
    """One thing an entry is about, so that "who has looked" is found at once.

    Row-level security leaves an index on the entry's array unused, and not one on these rows.
    PostgreSQL refuses to change, remove or empty them too.
    """

    pk = models.CompositePrimaryKey("organization_id", "subject", "entry_id")
    organization_id = models.UUIDField()
    subject = models.CharField(max_length=120, db_collation="C")
    entry = models.ForeignKey(
        AuditEntry, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject
