"""The tables of clients and their episodes of care. Wrong rows are voided, never deleted."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handrail.areas.organizations.models import Organization


class Client(models.Model):
    """A person in care, as they want to be called and as their papers have it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    called = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField()
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """A person has both names; the list goes by family name."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(given_name="") & ~Q(family_name=""), name="client_has_names"
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "family_name", "given_name", "id"], name="client_by_name"
            ),
            models.Index(fields=["organization", "birth_date"], name="client_by_birth_date"),
        )

    def __str__(self) -> str:
        return f"Client {self.id}"

    @property
    def name(self) -> str:
        """The name to say and show: the one they go by, and the family name."""
        return f"{self.called or self.given_name} {self.family_name}"

    @property
    def full_name(self) -> str:
        """The name as the papers have it."""
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        return f"{(self.called or self.given_name)[0]}{self.family_name[0]}".upper()

    def age(self, today: date) -> int:
        """Full years on a day."""
        had_birthday = (today.month, today.day) >= (self.birth_date.month, self.birth_date.day)
        return today.year - self.birth_date.year - (not had_birthday)


class NameWord(models.Model):
    """One word of a client's name, lower case and without accents, for finding it by its beginning.

    Row-level security makes LIKE and trigram indexes useless; a range over a C-collated index is
    not affected (docs/decisions).
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    client = models.ForeignKey(
        Client, models.CASCADE, related_name="name_words", db_constraint=False
    )
    word = models.CharField(max_length=80, db_collation="C")

    class Meta:
        """Each word once for each client; looked up by organization and beginning."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "word", "client"], name="name_word_once"
            ),
        )

    def __str__(self) -> str:
        return f"Word of client {self.client_id}"


class Relationship(models.TextChoices):
    """Who a contact is to the client."""

    PARTNER = "partner", "Partner or spouse"
    PARENT = "parent", "Parent"
    CHILD = "child", "Grown child"
    SIBLING = "sibling", "Brother or sister"
    FRIEND = "friend", "Friend"
    SPONSOR = "sponsor", "Sponsor or peer"
    OTHER = "other", "Someone else"


class MayKnow(models.TextChoices):
    """What the client lets a contact be told. Nothing is the beginning."""

    IN_CARE = "in_care", "That they are in care here"
    ATTENDANCE = "attendance", "Whether they came"
    PROGRESS = "progress", "How it is going"
    EMERGENCY = "emergency", "Only in an emergency"


class Contact(models.Model):
    """A family member or friend, with what each may know."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="contacts", db_constraint=False)
    name = models.CharField(max_length=150)
    relationship = models.CharField(max_length=20, choices=Relationship.choices)
    phone = models.CharField(max_length=40, blank=True)
    may_know = ArrayField(
        models.CharField(max_length=20, choices=MayKnow.choices), default=list, blank=True
    )
    call_if_missed = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Nobody is called about an absence who may not know of it."""

        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(may_know__contained_by=list(MayKnow.values)), name="contact_may_know"
            ),
            models.CheckConstraint(
                condition=Q(call_if_missed=False)
                | (Q(may_know__overlap=["attendance", "emergency"]) & ~Q(phone="")),
                name="contact_called_may_know",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="contact_ended_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"Contact {self.id}"

    @property
    def told(self) -> tuple[MayKnow, ...]:
        """What they may be told; where more is on file, "only in an emergency" says it all."""
        if MayKnow.EMERGENCY in self.may_know:
            return (MayKnow.EMERGENCY,)
        return tuple(MayKnow(one) for one in self.may_know)


class Outcome(models.TextChoices):
    """How an episode ended, in the words of the national treatment data (TEDS-D)."""

    COMPLETED = "completed", "Completed"
    TRANSFERRED = "transferred", "Transferred"
    DROPPED_OUT = "dropped_out", "Left before the end"
    TERMINATED = "terminated", "Ended by the program"
    OTHER = "other", "Other"


class Episode(models.Model):
    """One stretch of care, from admission to its end. A client may have several, one at a time.

    `week_rules` and `payer_minimum` are ids of the rules its weeks and sessions are counted by
    (data/course_templates.toml).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="episodes", db_constraint=False)
    opened_date = models.DateField()
    opened_by = models.CharField(max_length=200)
    closed_date = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    summary = models.TextField(blank=True)
    week_rules = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    payer_minimum = models.CharField(max_length=60, blank=True)

    class Meta:
        """One open episode for each client; closed means when, by whom and how it ended."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client"],
                condition=Q(closed_date__isnull=True),
                name="one_open_episode_each",
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True, closed_by="", outcome="")
                | (
                    Q(closed_date__gte=F("opened_date"), outcome__in=Outcome.values)
                    & ~Q(closed_by="")
                ),
                name="episode_closed_with_outcome",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "closed_date"], name="episode_by_end"),
            models.Index(fields=["organization", "client"], name="episode_by_client"),
        )

    def __str__(self) -> str:
        return f"Episode {self.id}"


class LevelStay(models.Model):
    """The level of care someone was at, from when to when, and why it changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="levels", db_constraint=False)
    level = models.CharField(max_length=40)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """At one level at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "episode"],
                condition=Q(until_date__isnull=True),
                name="one_level_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="level_stay_ends_later",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} from {self.from_date}"


class ListedKind(models.TextChoices):
    """Which list of the chart an entry stands in."""

    DIAGNOSIS = "diagnosis", "Diagnosis"
    MEDICINE = "medicine", "Medicine"
    ALLERGY = "allergy", "Allergy"


class Severity(models.TextChoices):
    """How severe a diagnosis is, or whether it is in remission, as diagnoses are coded."""

    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"
    EARLY_REMISSION = "early_remission", "In early remission"
    SUSTAINED_REMISSION = "sustained_remission", "In sustained remission"


class Listed(models.Model):
    """An entry of a client's lists: a diagnosis, a medicine or an allergy.

    `code` and `severity` are a diagnosis's, empty otherwise; `detail` is dose, reaction or remark.
    It ends on a date when it no longer holds; one that never held is voided with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT, related_name="listed", db_constraint=False)
    kind = models.CharField(max_length=20, choices=ListedKind.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=30, choices=Severity.choices, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    by_whom = models.CharField(max_length=200, blank=True)
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """Voided means when, by whom and why."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & Q(kind__in=ListedKind.values), name="listed_says_what"
            ),
            models.CheckConstraint(
                condition=Q(severity="") | Q(kind="diagnosis", severity__in=Severity.values),
                name="listed_severity_of_a_diagnosis",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="listed_voided_with_reason",
            ),
        )
        indexes = (models.Index(fields=["organization", "client"], name="listed_by_client"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
