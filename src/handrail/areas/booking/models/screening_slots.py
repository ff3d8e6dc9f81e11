"""Times offered for a screening, who booked them, and the letters about it."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.organizations.models import Membership, Organization


class How(models.TextChoices):
    """How a screening is held."""

    PHONE = "phone", "By phone"
    ONLINE = "online", "Online"
    ROOM = "room", "In person"


class ScreeningSlot(models.Model):
    """A time at which a colleague screens whoever books it. Withdrawn, never deleted.

    That a person or a room has one slot at a time is an exclusion constraint of the migration.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="screening_slots", db_constraint=False
    )
    local_date = models.DateField()
    start = models.TimeField()
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How.choices)
    room = models.CharField(max_length=80, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """It ends when its minutes are over; a room exactly where people meet in one."""

        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=240) & Q(ends_at__gt=F("starts_at")),
                name="slot_takes_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(how=How.ROOM) & ~Q(room=""))
                | (Q(how__in=[How.PHONE, How.ONLINE]) & Q(room="")),
                name="slot_in_a_room_or_not",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="slot_withdrawn_by_someone",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "starts_at"], name="slot_by_start"),
            models.Index(fields=["organization", "membership", "ends_at"], name="slot_by_person"),
        )

    def __str__(self) -> str:
        return f"Screening on {self.local_date}"


class BookingState(models.TextChoices):
    """What became of a booked screening."""

    BOOKED = "booked", "Booked"
    KEPT = "kept", "Kept"
    MISSED = "missed", "Did not come"
    CANCELED = "canceled", "Canceled"


class Booking(models.Model):
    """Somebody who booked a slot: what to call them, and how to reach them. No more is asked.

    `for_someone` is a booking about somebody else. `leave_message` says whether words may be left
    where others could hear or read them; `language` is the one of their letters. Moving changes
    the slot; the audit trail keeps from where to where.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    slot = models.ForeignKey(
        ScreeningSlot, models.PROTECT, related_name="bookings", db_constraint=False
    )
    inquiry = models.ForeignKey(
        Inquiry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        db_constraint=False,
    )
    called = models.CharField(max_length=80)
    for_someone = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    leave_message = models.BooleanField(default=False)
    text_me = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en")
    program_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=10, choices=BookingState.choices, default=BookingState.BOOKED
    )
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=200)
    moved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """One at a time in a slot; somebody who can be reached; ended by someone."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "slot"],
                condition=~Q(state=BookingState.CANCELED),
                name="slot_booked_once",
            ),
            models.CheckConstraint(
                condition=~Q(called="") & (~Q(phone="") | ~Q(email="")),
                name="booking_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(text_me=False) | ~Q(phone=""), name="booking_texts_need_a_phone"
            ),
            models.CheckConstraint(
                condition=Q(state=BookingState.BOOKED, ended_at__isnull=True, ended_by="")
                | (
                    Q(state__in=["kept", "missed", "canceled"], ended_at__isnull=False)
                    & ~Q(ended_by="")
                ),
                name="booking_ended_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"Booking {self.id}"


class LetterKind(models.TextChoices):
    """What a letter is for. None of them says what the time is about."""

    CONFIRMATION = "confirmation", "Your time"
    REMINDER = "reminder", "Your time is near"
    MOVED = "moved", "Your new time"
    CANCELED = "canceled", "Your time was canceled"


class Channel(models.TextChoices):
    """By which way a letter goes."""

    MAIL = "mail", "E-mail"
    TEXT = "text", "Text message"


class LetterState(models.TextChoices):
    """Where a letter stands. One that was being sent when the work broke off is never tried
    again: whether it arrived is not known, and nobody gets a letter twice.
    """

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    STOPPED = "stopped", "Stopped"


class Letter(models.Model):
    """A letter that waits until it is due: the outbox. Its words are made when it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="letters", db_constraint=False
    )
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One of a kind for each time and way."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "booking", "kind", "channel", "starts_at"],
                condition=~Q(state=LetterState.STOPPED),
                name="letter_of_a_kind_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], settled_at__isnull=True)
                | Q(state__in=["sent", "failed", "stopped"], settled_at__isnull=False),
                name="letter_settled_at_some_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["organization", "due_at"],
                condition=Q(state=LetterState.WAITING),
                name="letter_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.booking_id}"
