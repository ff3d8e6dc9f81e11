"""What can be wrong with what is entered about an organization and the people who work there."""

from dataclasses import dataclass

from handrail.core.errors import Invalid, Refused


class ZoneUnknown(Invalid):
    """There is no such time zone."""

    field = "zone"


class NotAnEmail(Invalid):
    """No letter can be sent to this address."""

    field = "email"


class WorksHereAlready(Invalid):
    """Somebody with this e-mail already has a place in the organization."""

    field = "email"


class RolesMissing(Invalid):
    """Nobody can do anything here without a role."""

    field = "roles"


class InvitationUnusable(Invalid):
    """The link of an invitation is not ours, was used or canceled, or is out of date."""


class PasswordWrong(Invalid):
    """It is not the password that this person signs in with."""

    field = "password"


@dataclass(eq=False)
class PasswordWeak(Invalid):
    """A password that will not do; the reasons come from the validators of the installation."""

    reasons: tuple[str, ...]
    field = "password"


class PasswordsDiffer(Invalid):
    """The two passwords are not the same."""

    field = "again"


class SignedByAPerson(Refused):
    """A system actor signs nothing."""


class NoPlaceAnyMore(Refused):
    """Whoever signs does not work here any more."""
