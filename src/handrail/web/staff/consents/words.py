"""How the pages of consents say things."""

from handrail.areas.consents.models import How, SaidHow, SignedHow, SignedWhere
from handrail.core.consents import EVERYTHING, Content, Purpose, RecipientKind
from handrail.core.disclosure import ExceptionKind

Choices = tuple[tuple[str, str], ...]

FOR = {
    "care": "Those who treat them, their health plan, and those who help to run this program. "
    "The first one to take, at admission.",
    "family": "A family member or friend, item by item. Ask the client alone first.",
    "named": "A doctor, a therapist, a lawyer, an employer, a registry: by name, item by item.",
    "intermediary": "A health information exchange, and who may get something through it.",
    "criminal_justice": "A court, probation or parole that asked them to be in care.",
    "legal_proceeding": "Use in a proceeding. Always apart from any other consent.",
    "counseling_notes": "Notes kept apart from the record. Always apart from any other consent.",
}
"""What each form is for, in the order they are offered."""


def theirs(text: str) -> str:
    """What the client reads as "my" and "I", said of them to those who work here."""
    of_them = text.replace("I am or was", "they are or were").replace("hether I ", "hether they ")
    return of_them.replace("my ", "their ").replace("My ", "Their ")


CONTENTS: Choices = tuple(
    (one.value, one.words[0].upper() + one.words[1:]) for one in Content if one in EVERYTHING
)
THEIR_CONTENTS: Choices = tuple((value, theirs(said)) for value, said in CONTENTS)
PURPOSES: Choices = tuple(
    (one.value, one.words[0].upper() + one.words[1:])
    for one in (Purpose.AT_MY_REQUEST, Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
)
ANY_PURPOSE: Choices = tuple(
    (one.value, one.words[0].upper() + one.words[1:])
    for one in (
        Purpose.TREATMENT,
        Purpose.PAYMENT,
        Purpose.OPERATIONS,
        Purpose.FAMILY_SUPPORT,
        Purpose.CRIMINAL_JUSTICE,
        Purpose.LEGAL_PROCEEDING,
        Purpose.AT_MY_REQUEST,
    )
)
BY_NAME: Choices = tuple(
    (one.value, one.words)
    for one in (
        RecipientKind.TREATING_PROVIDER,
        RecipientKind.PAYER,
        RecipientKind.ATTORNEY,
        RecipientKind.REGISTRY,
        RecipientKind.RESEARCH_OR_AUDIT,
        RecipientKind.OPERATIONS,
        RecipientKind.OTHER,
    )
)
KEPT_FROM: Choices = tuple(
    (one.value, one.words) for one in RecipientKind if one is not RecipientKind.CLIENT
)
HOW: Choices = tuple((one.value, str(one.label)) for one in How)
SAID_HOW: Choices = tuple((one.value, str(one.label)) for one in SaidHow)
WHERE: Choices = tuple((one.value, str(one.label)) for one in SignedWhere)
EXCEPTIONS: Choices = tuple((one.value, one.words) for one in ExceptionKind)


def told(contents: list[str]) -> str:
    """What is covered, in a line."""
    known = {Content(one) for one in contents}
    if known == EVERYTHING:
        return "The whole record, except counseling notes"
    said = theirs("; ".join(one.words for one in Content if one in known))
    return said[0].upper() + said[1:] if said else ""


def signed_how(value: str) -> str:
    """How it was signed, in a few words."""
    return str(SignedHow(value).label).lower() if value else ""


def signed_where(value: str) -> str:
    """Where it was signed, in a few words."""
    return str(SignedWhere(value).label).lower() if value else ""


def path_of(strokes: list[list[list[int]]]) -> str:
    """A drawn signature as the path of a drawing."""
    return " ".join(
        "M" + " L".join(f"{across} {down}" for across, down in stroke)
        for stroke in strokes
        if stroke
    )
