"""A text that is being written and not signed yet, as its row is kept."""

from datetime import datetime

from django.db import models

from handrail.core.drafts import Field, OtherText


class Draft(models.Model):
    """One text with its version, and what others wrote at the same time: {"text", "by", "at"}.

    What is decided about it is in core/drafts.py; a service holds the row meanwhile.
    """

    id = models.BigAutoField(primary_key=True)
    field = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200)
    other_texts = models.JSONField(default=list, blank=True)

    class Meta:
        """Each slice says whose texts they are."""

        abstract = True

    def read(self) -> Field:
        """The text as the core reads it."""
        others = (
            OtherText(one["text"], one["by"], datetime.fromisoformat(one["at"]))
            for one in self.other_texts
        )
        return Field(self.text, self.version, self.saved_by, self.saved_at, tuple(others))

    def write(self, field: Field) -> None:
        """Keep what the core decided."""
        self.text, self.version, self.saved_by = field.text, field.version, field.by
        self.saved_at = field.at or self.saved_at
        self.other_texts = [
            {"text": one.text, "by": one.by, "at": one.at.isoformat()} for one in field.others
        ]
        self.save()
