"""What a client signed: consents, notices and requests to restrict.

PostgreSQL keeps each as it was signed (migrations/0005_consents_apart.py): a consent is taken
back or replaced, never changed or removed.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client, Contact
from handrail.areas.organizations.models import Organization
from handrail.core.consents import ConsentKind, Content, Ended, Purpose, RecipientKind


class SignedHow(models.TextChoices):
    """How a signature was given."""

    DRAWN = "drawn", "Drawn on the screen"
    TYPED = "typed", "Name typed"
    PAPER = "paper", "On paper, kept on file"


class SignedWhere(models.TextChoices):
    """Where the client was when they signed."""

    HERE = "here", "Here in the room"
    VIDEO = "video", "By video"
    ELSEWHERE = "elsewhere", "Somewhere else"


class SaidHow(models.TextChoices):
    """How someone took a consent back."""

    IN_PERSON = "in_person", "In person"
    WRITTEN = "written", "In writing"
    PHONE = "phone", "By phone"


def _values(kind: type[ConsentKind | Content | Ended | Purpose | RecipientKind]) -> list[str]:
    return [one.value for one in kind]


class Consent(models.Model):
    """One consent with the exact text that was shown and signed, and the hash of that text.

    `expires_date` is its last day, `expires_when` an event or "none" in words instead.
    `signed_name` is what the signer typed; `drawn` are the strokes of the signature, each a list
    of points. `authority` says why someone else may sign for the client, and is empty otherwise.
    Unsigned, it is being prepared and covers nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="consents", db_constraint=False)
    kind = models.CharField(max_length=30)
    client_name = models.CharField(max_length=200)
    discloser = models.CharField(max_length=200)
    contents = ArrayField(models.CharField(max_length=30))
    purposes = ArrayField(models.CharField(max_length=30))
    expires_date = models.DateField(null=True, blank=True)
    expires_when = models.CharField(max_length=200, blank=True)
    not_before = models.DateField(null=True, blank=True)
    asked_alone = models.BooleanField(default=False)
    wording = models.CharField(max_length=20)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=200)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_date = models.DateField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    signed_how = models.CharField(max_length=10, blank=True)
    signed_where = models.CharField(max_length=10, blank=True)
    drawn = models.JSONField(default=list)
    authority = models.CharField(max_length=200, blank=True)
    witnessed_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=20, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_how = models.CharField(max_length=20, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        """The elements of 42 CFR 2.31 that a row can be held to; forms that are never combined."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=_values(ConsentKind))
                & ~Q(client_name="")
                & ~Q(discloser="")
                & ~Q(text=""),
                name="consent_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(contents__contained_by=_values(Content)) & ~Q(contents=[]),
                name="consent_says_what",
            ),
            models.CheckConstraint(
                condition=Q(purposes__contained_by=_values(Purpose)) & ~Q(purposes=[]),
                name="consent_says_what_for",
            ),
            models.CheckConstraint(
                condition=Q(kind="counseling_notes", contents=["counseling_notes"])
                | (~Q(kind="counseling_notes") & ~Q(contents__contains=["counseling_notes"])),
                name="counseling_notes_by_their_own_consent",
            ),
            models.CheckConstraint(
                condition=Q(kind="legal_proceeding", purposes=["legal_proceeding"])
                | (~Q(kind="legal_proceeding") & ~Q(purposes__contains=["legal_proceeding"])),
                name="legal_proceeding_by_its_own_consent",
            ),
            models.CheckConstraint(
                condition=Q(kind="criminal_justice") | Q(not_before__isnull=True),
                name="consent_may_be_taken_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind="family") | Q(asked_alone=True), name="family_asked_alone"
            ),
            models.CheckConstraint(
                condition=Q(expires_date__isnull=False) | ~Q(expires_when=""),
                name="consent_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_at__isnull=True,
                    signed_date__isnull=True,
                    signed_name="",
                    signed_how="",
                    signed_where="",
                    witnessed_by="",
                )
                | (
                    Q(
                        signed_at__isnull=False,
                        signed_date__isnull=False,
                        signed_how__in=SignedHow.values,
                        signed_where__in=SignedWhere.values,
                    )
                    & ~Q(signed_name="")
                    & ~Q(witnessed_by="")
                ),
                name="consent_signed_before_someone",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_date__isnull=True, ended="", ended_by="")
                | (
                    Q(
                        ended_at__isnull=False,
                        ended_date__isnull=False,
                        ended__in=_values(Ended),
                    )
                    & ~Q(ended_by="")
                ),
                name="consent_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(expires_date__isnull=True)
                | Q(signed_date__isnull=True)
                | Q(expires_date__gte=F("signed_date")),
                name="consent_ends_after_signing",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "client"], name="consent_by_client"),
            models.Index(
                fields=["organization", "expires_date"],
                condition=Q(ended_at__isnull=True, signed_at__isnull=False),
                name="consent_by_last_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} consent {self.id}"


class ConsentRecipient(models.Model):
    """Someone a consent names; without a name it names everyone of the kind."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    consent = models.ForeignKey(
        Consent, models.PROTECT, related_name="recipients", db_constraint=False
    )
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    through = models.BooleanField(default=False)

    class Meta:
        """A family member or friend is a contact on file."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=_values(RecipientKind)), name="consent_recipient_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="contact", contact__isnull=False)
                | (~Q(kind="contact") & Q(contact__isnull=True)),
                name="consent_contact_on_file",
            ),
        )

    def __str__(self) -> str:
        return f"Recipient {self.id}"


class NoticeText(models.Model):
    """One version of the notice about confidentiality (42 CFR 2.22), as it was given."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    version = models.CharField(max_length=40)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        """Each version once, with words."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "version"], name="notice_version_once"),
            models.CheckConstraint(
                condition=~Q(version="") & ~Q(text=""), name="notice_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"Notice {self.version}"


class NoticeGiven(models.Model):
    """That a client was given a notice: acknowledged with their name, or why they did not sign."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="notices", db_constraint=False)
    notice = models.ForeignKey(NoticeText, models.PROTECT, related_name="+", db_constraint=False)
    signed_name = models.CharField(max_length=200, blank=True)
    drawn = models.JSONField(default=list)
    not_signed_why = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    class Meta:
        """Acknowledged, or a reason why not; never both, never neither."""

        constraints = (
            models.CheckConstraint(
                condition=(~Q(signed_name="") & Q(not_signed_why=""))
                | (Q(signed_name="") & ~Q(not_signed_why="")),
                name="notice_acknowledged_or_not",
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="notice_by_client"),)

    def __str__(self) -> str:
        return f"Notice given {self.id}"


class RestrictionAnswer(models.TextChoices):
    """What the program said to a request to restrict."""

    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"


class Restriction(models.Model):
    """A client's request to keep something from someone, and the answer (42 CFR 2.26).

    `asked` is in the client's words. Paid in full out of pocket, the program must agree.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="restrictions", db_constraint=False
    )
    recipient_kind = models.CharField(max_length=30)
    recipient_name = models.CharField(max_length=200, blank=True)
    contents = ArrayField(models.CharField(max_length=30), default=list)
    asked = models.CharField(max_length=500)
    paid_in_full = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=RestrictionAnswer.choices)
    answer_why = models.CharField(max_length=300, blank=True)
    since_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Declining needs a reason, and cannot be where it was paid out of pocket."""

        constraints = (
            models.CheckConstraint(
                condition=Q(recipient_kind__in=_values(RecipientKind))
                & Q(contents__contained_by=_values(Content))
                & ~Q(asked=""),
                name="restriction_says_what",
            ),
            models.CheckConstraint(
                condition=Q(answer="agreed")
                | (Q(answer="declined", paid_in_full=False) & ~Q(answer_why="")),
                name="restriction_answered",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_date__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False, ended_date__isnull=False) & ~Q(ended_by="")),
                name="restriction_ended_by_someone",
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="restriction_by_client"),)

    def __str__(self) -> str:
        return f"Restriction {self.id}"
