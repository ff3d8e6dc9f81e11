"""The tables of organizations and the people who work there."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from handrail.core.access import Role, State, Subject
from handrail.foundation.clock import real_now


class UserManager(models.Manager["User"]):
    """Finds people by the e-mail they sign in with."""

    def get_by_natural_key(self, email: str) -> "User":
        """The person who signs in with this e-mail."""
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person who can sign in. One person may work for several organizations.

    Outside row-level security: who signs in is known before the organization is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=real_now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 (Django wants a list)

    class Meta:
        """E-mail in lower case, so that one person cannot have two accounts by spelling."""

        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_in_lower_case"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """A provider of care that runs its own programs and keeps its own records."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=real_now)

    class Meta:
        """An organization without a name could not be chosen."""

        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class SecondFactor(models.TextChoices):
    """Who must show a second factor (a code or a passkey) besides the password."""

    NOBODY = "nobody", "Nobody has to; everybody may"
    ADMINISTRATORS = "administrators", "Administrators"
    EVERYONE = "everyone", "Everyone"


class OrganizationSettings(models.Model):
    """The rules an organization sets for itself."""

    organization = models.OneToOneField(Organization, models.PROTECT, primary_key=True)
    zone = models.CharField(max_length=64, default="America/New_York")
    second_factor = models.CharField(
        max_length=20, choices=SecondFactor.choices, default=SecondFactor.EVERYONE
    )
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    after_hours = models.CharField(max_length=200, blank=True)
    """Whom clients reach when the program is closed: stands on every new safety plan."""

    class Meta:
        """Idle sign-out cannot be set away."""

        constraints = (
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=60),
                name="idle_minutes_from_5_to_60",
            ),
            models.CheckConstraint(
                condition=Q(second_factor__in=SecondFactor.values), name="known_second_factor"
            ),
        )

    def __str__(self) -> str:
        return f"Rules of {self.organization_id}"

    def asks_second_factor_of(self, roles: frozenset[Role]) -> bool:
        """Whether someone with these roles must show a second factor."""
        if self.second_factor == SecondFactor.EVERYONE:
            return True
        return self.second_factor == SecondFactor.ADMINISTRATORS and Role.ADMINISTRATOR in roles


def _roles_field() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=30))


def _known_roles(name: str) -> models.CheckConstraint:
    known = [str(role) for role in Role]
    return models.CheckConstraint(
        condition=Q(roles__contained_by=known) & Q(roles__len__gt=0), name=name
    )


def _in_order(roles: Collection[str]) -> tuple[Role, ...]:
    return tuple(one for one in Role if one in roles)


class Membership(models.Model):
    """A person's place in an organization, with the roles it carries. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    roles = _roles_field()
    created_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """One place for each person and organization; who ended it stands beside when."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "user"], name="one_membership_each"),
            _known_roles("membership_has_known_roles"),
            models.CheckConstraint(
                condition=Q(deactivated_at__isnull=True, deactivated_by="")
                | (Q(deactivated_at__isnull=False) & ~Q(deactivated_by="")),
                name="membership_ended_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organization_id}"

    @property
    def state(self) -> State:
        """Active or deactivated."""
        return State.DEACTIVATED if self.deactivated_at else State.ACTIVE

    @property
    def subject(self) -> Subject:
        """The place as the access table looks at it."""
        return Subject(self.organization_id, self.state, str(self.user_id))

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as the core knows them."""
        return frozenset(Role(one) for one in self.roles)

    @property
    def roles_in_order(self) -> tuple[Role, ...]:
        """The roles in the order in which they are listed everywhere."""
        return _in_order(self.roles)

    @property
    def roles_in_words(self) -> str:
        """Facilitator or counselor, Supervisor."""
        return ", ".join(one.words for one in _in_order(self.roles))


class Invitation(models.Model):
    """An open door for one person, by e-mail, until it is used, canceled or out of date."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    roles = _roles_field()
    created_at = models.DateTimeField()
    invited_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)
    canceled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """One open invitation for each e-mail; used or canceled, not both."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=Q(accepted_at__isnull=True, canceled_at__isnull=True),
                name="one_open_invitation_each",
            ),
            _known_roles("invitation_has_known_roles"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(canceled_at__isnull=True),
                name="invitation_used_or_canceled",
            ),
            models.CheckConstraint(
                condition=Q(canceled_at__isnull=True, canceled_by="")
                | (Q(canceled_at__isnull=False) & ~Q(canceled_by="")),
                name="invitation_canceled_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"
            ),
        )

    def __str__(self) -> str:
        return f"Invitation {self.id}"

    @property
    def roles_in_words(self) -> str:
        """Facilitator or counselor, Supervisor."""
        return ", ".join(one.words for one in _in_order(self.roles))

    def state(self, at: datetime) -> State:
        """Open, accepted, canceled, or expired, at that time."""
        if self.accepted_at:
            return State.ACCEPTED
        if self.canceled_at:
            return State.CANCELED
        return State.EXPIRED if at >= self.expires_at else State.OPEN


class Standing(StrEnum):
    """Whether a license holds today."""

    VALID = "valid"
    EXPIRES_SOON = "expires soon"
    EXPIRED = "expired"


EXPIRES_SOON_DAYS = 60
"""So long before its last day a license is brought up: a renewal takes weeks."""


class Credential(models.Model):
    """A license or certificate someone holds, and until when. Voided with a reason, not deleted.

    Who may lead, sign and bill depends on it; `short` is what stands behind the name on a note.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT)
    # The composite key that carries the organization is made in the migration (tie).
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="credentials", db_constraint=False
    )
    title = models.CharField(max_length=120)
    short = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=120)
    expires_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """Voided means when, by whom and why."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(issuer=""), name="credential_says_what"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="credential_voided_with_reason",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "membership"], name="credential_by_person"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        """On file, or voided."""
        return State.VOIDED if self.voided_at else State.ON_FILE

    def days_left(self, today: date) -> int | None:
        """Days until it runs out, negative when it has; None when it does not run out."""
        return (self.expires_date - today).days if self.expires_date else None

    def standing(self, today: date) -> Standing:
        """Whether it holds on that day, and whether its end is near."""
        days = self.days_left(today)
        if days is None or days > EXPIRES_SOON_DAYS:
            return Standing.VALID
        return Standing.EXPIRES_SOON if days >= 0 else Standing.EXPIRED


class StaffSession(AbstractBaseSession):
    """A signed-in browser. It knows its person and organization, so that it can be ended."""

    user_id = models.UUIDField(null=True, db_index=True)
    organization_id = models.UUIDField(null=True)

    class Meta:
        """Sessions are read before the organization is known: no row-level security."""

        indexes = (models.Index(fields=["expire_date"], name="session_by_end"),)
