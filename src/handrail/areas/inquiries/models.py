"""Inquiries: who asked, about whom, where it stands, and everything that happened with it."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership, Organization
from handrail.core.inquiries import ENDED, Stage

_ENDED = sorted(ENDED)
_OPEN = [one.value for one in Stage if one not in ENDED]


class CallerIs(models.TextChoices):
    """Who asks, to the person it is about."""

    SELF = "self", "The person themself"
    FAMILY = "family", "Family or friend"
    REFERRING_CENTER = "referring_center", "Referring center"
    COURT = "court", "Court, probation or parole"
    EMPLOYER = "employer", "Employer"
    PROFESSIONAL = "professional", "Therapist, doctor or other professional"
    OTHER = "other", "Someone else"


class Source(models.TextChoices):
    """How the inquiry came in."""

    PHONE = "phone", "By phone"
    WALK_IN = "walk_in", "In person"
    EMAIL = "email", "By e-mail"
    LETTER = "letter", "By letter or fax"
    ONLINE_BOOKING = "online_booking", "Online booking"
    WEBSITE = "website", "From the website"


class MessageSafe(models.TextChoices):
    """Whether a message may be left. Not asked counts as no."""

    NOT_ASKED = "", "Not asked yet: leave none"
    FULL = "yes", "Yes, saying who we are"
    NEUTRAL = "neutral", "Yes, with a first name and a number only"
    NO = "no", "No, leave none"


class KeptFrom(models.TextChoices):
    """Who must not see what somebody told in confidence."""

    PERSON = "person", "The person it is about"
    FAMILY = "family", "The family"
    BOTH = "both", "The person and the family"


class Inquiry(models.Model):
    """Somebody asks for help, for themself or for someone else. Ended or merged, never deleted.

    While it is open it has an owner and a next step with its day; the database sees to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    caller_name = models.CharField(max_length=150)
    caller_phone = models.CharField(max_length=40, blank=True)
    caller_email = models.EmailField(blank=True)
    caller_is = models.CharField(max_length=20, choices=CallerIs.choices)
    caller_relation = models.CharField(max_length=60, blank=True)
    """In the caller's words: mother, probation officer, night nurse."""
    caller_organization = models.CharField(max_length=150, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    called = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=40, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    safe_to_leave_message = models.CharField(max_length=10, choices=MessageSafe.choices, blank=True)
    ask_for = models.CharField(max_length=80, blank=True)
    """The name to ask for when calling back."""
    about = models.TextField(blank=True)
    wanted = models.CharField(max_length=40, blank=True)
    mandated_by = models.CharField(max_length=150, blank=True)
    mandated_level = models.CharField(max_length=40, blank=True)
    mandated_by_date = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Stage])
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="inquiries_owned", db_constraint=False
    )
    next_step = models.CharField(max_length=200, blank=True)
    next_step_date = models.DateField(null=True, blank=True)
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        db_constraint=False,
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_here",
        db_constraint=False,
    )
    came_at = models.DateTimeField()
    came_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        """Open means a next step with its day; ended means when, by whom and why."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(caller_name="") & Q(caller_is__in=CallerIs.values),
                name="inquiry_says_who_asks",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values)
                & Q(safe_to_leave_message__in=MessageSafe.values),
                name="inquiry_known_words",
            ),
            models.CheckConstraint(
                condition=(Q(stage__in=_OPEN) & ~Q(next_step="") & Q(next_step_date__isnull=False))
                | Q(stage__in=_ENDED),
                name="inquiry_open_has_next_step",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=_OPEN, closed_at__isnull=True, closed_by="", closed_why="")
                | (
                    Q(stage__in=_ENDED, closed_at__isnull=False)
                    & ~Q(closed_by="")
                    & ~Q(closed_why="")
                ),
                name="inquiry_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(stage="closed") & ~Q(merged_into=F("id"))),
                name="inquiry_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(stage="admitted") | Q(client__isnull=False),
                name="inquiry_admitted_has_chart",
            ),
            models.CheckConstraint(
                condition=~Q(mandated_by="") | Q(mandated_level="", mandated_by_date__isnull=True),
                name="inquiry_mandated_by_someone",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "next_step_date"],
                condition=Q(stage__in=_OPEN),
                name="open_inquiry_by_day",
            ),
            models.Index(fields=["organization", "-closed_at"], name="inquiry_by_end"),
            models.Index(fields=["organization", "client"], name="inquiry_by_client"),
            models.Index(fields=["organization", "birth_date"], name="inquiry_by_birth_date"),
            models.Index(fields=["organization", "merged_into"], name="inquiry_by_merged"),
        )

    def __str__(self) -> str:
        return f"Inquiry {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return Stage(self.stage) not in ENDED

    @property
    def person_name(self) -> str:
        """Who it is about, as they are called; empty when nobody said."""
        return f"{self.called or self.given_name} {self.family_name}".strip()


class InquiryTrace(models.Model):
    """By what an inquiry is found: a word of a name, the digits of a number, a mail address.

    A word of a name ends in no LIKE: row-level security lets only plain comparisons use the index
    (docs/decisions/0013-name-search.md). `of_person` says whose name it is: the person's it is
    about, or only the caller's.
    """

    class Kind(models.TextChoices):
        """What kind of trace it is."""

        NAME = "name", "A word of a name"
        PHONE = "phone", "The digits of a number"
        MAIL = "mail", "A mail address"

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="traces", db_constraint=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254, db_collation="C")
    of_person = models.BooleanField()

    class Meta:
        """Each once for each inquiry; looked up by organization, kind and beginning."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "kind", "value", "inquiry"], name="inquiry_trace_once"
            ),
            models.CheckConstraint(
                condition=~Q(value="") & Q(kind__in=["name", "phone", "mail"]),
                name="inquiry_trace_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"Trace of inquiry {self.inquiry_id}"


class InquiryEvent(models.Model):
    """One thing that happened with an inquiry. Written once: no one changes or removes it.

    What was the next step then, and whose it was, stands beside it.
    """

    class Kind(models.TextChoices):
        """What happened."""

        TAKEN = "taken", "Inquiry taken"
        CHANGED = "changed", "Details changed"
        ATTEMPT = "attempt", "Tried to reach them"
        CARRIED_ON = "carried_on", "Carried on"
        CONFIDED = "confided", "Told in confidence"
        CHART_OPENED = "chart_opened", "Chart opened"
        CHART_ATTACHED = "chart_attached", "Attached to a chart"
        MERGED_AWAY = "merged_away", "Merged into another inquiry"
        MERGED_HERE = "merged_here", "Another inquiry merged here"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Opened again"
        SEPARATED = "separated", "No longer merged here"

    class How(models.TextChoices):
        """How somebody was tried to be reached."""

        CALL = "call", "Call"
        TEXT = "text", "Text message"
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Letter"
        IN_PERSON = "in_person", "In person"

    class Result(models.TextChoices):
        """What came of it."""

        REACHED = "reached", "Talked with them"
        MESSAGE = "message", "Left a message"
        NO_ANSWER = "no_answer", "No answer"
        WRONG_NUMBER = "wrong_number", "Wrong number"
        SENT = "sent", "Sent"

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="events", db_constraint=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    stage = models.CharField(max_length=20)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_date = models.DateField(null=True, blank=True)
    owner_name = models.CharField(max_length=150)
    other_inquiry = models.ForeignKey(
        Inquiry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_naming",
        db_constraint=False,
    )
    happened_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """An attempt says how and with what result; nothing else does."""

        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(kind="attempt")
                    & Q(
                        how__in=["call", "text", "email", "letter", "in_person"],
                        result__in=["reached", "message", "no_answer", "wrong_number", "sent"],
                    )
                )
                | (~Q(kind="attempt") & Q(how="", result="")),
                name="inquiry_attempt_says_how",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[one.value for one in Stage]),
                name="inquiry_event_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["merged_away", "merged_here", "separated"],
                    other_inquiry__isnull=False,
                )
                | (
                    ~Q(kind__in=["merged_away", "merged_here", "separated"])
                    & Q(other_inquiry__isnull=True)
                ),
                name="inquiry_event_names_other",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "inquiry", "-happened_at"], name="inquiry_event_by_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Confided(models.Model):
    """What somebody told in confidence, kept apart from the inquiry, and who must not see it.

    Staff read it; nothing that a client or their family can see ever reads this table.
    Written once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    inquiry = models.ForeignKey(
        Inquiry, models.PROTECT, related_name="confided", db_constraint=False
    )
    words = models.TextField()
    told_by = models.CharField(max_length=150)
    kept_from = models.CharField(max_length=10, choices=KeptFrom.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        """It says what, who told it, and from whom it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(words="")
                & ~Q(told_by="")
                & Q(kept_from__in=["person", "family", "both"]),
                name="confided_says_what",
            ),
        )
        indexes = (models.Index(fields=["organization", "inquiry"], name="confided_by_inquiry"),)

    def __str__(self) -> str:
        return f"Told in confidence {self.id}"
