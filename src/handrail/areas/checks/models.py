"""Private checks: sealed answers, gone after two hours."""

from django.db import models


class CheckDraft(models.Model):
    """The answers of a private check under way, sealed so that only its owner's browser opens them.

    It belongs to no organization and to no known person, so there is no row-level security on it:
    what protects a row is that its key exists only in the cookie of the browser that started it
    (docs/decisions/0004-check-draft.md).
    """

    token_hash = models.CharField(max_length=64, primary_key=True)
    """SHA-256 of the token in the cookie, as hexadecimal digits."""
    sealed = models.BinaryField()
    """The answers, encrypted with a key derived from the token."""
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(("token_hash__regex", r"^[0-9a-f]{64}$")),
                name="check_draft_token_is_hashed",
            ),
        )

    def __str__(self) -> str:
        return "a check under way"
