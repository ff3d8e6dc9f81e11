"""What is said when something entered about an organization or its people cannot be taken."""

from handrail.areas.consents.errors import VersionTaken
from handrail.areas.organizations import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.SignedByAPerson: "A note is signed by a person.",
    errors.NoPlaceAnyMore: "You have no place here any more.",
    errors.ZoneUnknown: "That time zone is not known. Choose one from the list.",
    errors.NotAnEmail: "Enter an e-mail address, for example dana@example.org.",
    errors.WorksHereAlready: "Someone with this e-mail already has a place here: see People.",
    errors.RolesMissing: "Choose at least one role: without one a person can do nothing here.",
    errors.InvitationUnusable: "This link does not work any more. Ask for a new one.",
    errors.PasswordWrong: "That is not the password you sign in with.",
    errors.PasswordWeak: lambda error: " ".join(error.reasons),
    VersionTaken: (
        "There is a version of that name, and a version is never changed: give this one another."
    ),
    errors.PasswordsDiffer: "The two passwords are not the same.",
}
