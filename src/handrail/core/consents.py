"""What a client agreed to in writing: who may be told what, for what purpose, and until when.

A consent is judged as it stands on one day. A consent that is incomplete, has run out, was taken
back or is known to be false covers nothing; which of these it is, `standing` says in words.
Source: 42 CFR 2.31 (required elements), 2.35 (criminal justice), as in force since 2026-02-16.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RecipientKind(StrEnum):
    """Who something goes to. The value is stored: never change it."""

    TREATING_PROVIDER = "treating_provider"
    PAYER = "payer"
    OPERATIONS = "operations"
    CONTACT = "contact"
    COURT_OR_SUPERVISION = "court_or_supervision"
    INTERMEDIARY = "intermediary"
    REGISTRY = "registry"
    CLIENT = "client"
    ATTORNEY = "attorney"
    AUTHORITY = "authority"
    MEDICAL_PERSONNEL = "medical_personnel"
    RESEARCH_OR_AUDIT = "research_or_audit"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind of recipient as people say it."""
        return _RECIPIENT_WORDS[self]


_RECIPIENT_WORDS = {
    RecipientKind.TREATING_PROVIDER: "Someone who treats the client",
    RecipientKind.PAYER: "Health plan or other payer",
    RecipientKind.OPERATIONS: "Someone who helps to operate this program",
    RecipientKind.CONTACT: "Family member or friend",
    RecipientKind.COURT_OR_SUPERVISION: "Court, probation or parole",
    RecipientKind.INTERMEDIARY: "Health information exchange or other intermediary",
    RecipientKind.REGISTRY: "Prescription monitoring or enrollment registry",
    RecipientKind.CLIENT: "The client",
    RecipientKind.ATTORNEY: "Attorney",
    RecipientKind.AUTHORITY: "Police or child protection",
    RecipientKind.MEDICAL_PERSONNEL: "Emergency medical personnel",
    RecipientKind.RESEARCH_OR_AUDIT: "Research, audit or evaluation",
    RecipientKind.OTHER: "Someone else",
}


class Purpose(StrEnum):
    """What something is disclosed for. The value is stored: never change it."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    AT_MY_REQUEST = "at_my_request"
    FAMILY_SUPPORT = "family_support"
    CRIMINAL_JUSTICE = "criminal_justice"
    LEGAL_PROCEEDING = "legal_proceeding"
    EMERGENCY = "emergency"
    ABUSE_REPORT = "abuse_report"
    CRIME = "crime"
    COURT_ORDER = "court_order"
    RESEARCH = "research"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        """The purpose in a few words."""
        return _PURPOSE_WORDS[self]


_PURPOSE_WORDS = {
    Purpose.TREATMENT: "treatment",
    Purpose.PAYMENT: "payment",
    Purpose.OPERATIONS: "health care operations",
    Purpose.AT_MY_REQUEST: "at the client’s own request",
    Purpose.FAMILY_SUPPORT: "support by family or friends",
    Purpose.CRIMINAL_JUSTICE: "taking part in the criminal justice system",
    Purpose.LEGAL_PROCEEDING: "a legal proceeding",
    Purpose.EMERGENCY: "a medical emergency",
    Purpose.ABUSE_REPORT: "a report of child abuse or neglect",
    Purpose.CRIME: "a crime here or against staff",
    Purpose.COURT_ORDER: "a court order",
    Purpose.RESEARCH: "research",
    Purpose.AUDIT: "audit or evaluation",
}


class Content(StrEnum):
    """What of a chart is disclosed. The value is stored: never change it."""

    IN_CARE = "in_care"
    ATTENDANCE = "attendance"
    PROGRESS = "progress"
    CONTACT_DETAILS = "contact_details"
    COVERAGE = "coverage"
    RECOMMENDATION = "recommendation"
    ASSESSMENT = "assessment"
    DIAGNOSES = "diagnoses"
    MEDICINES = "medicines"
    TEST_RESULTS = "test_results"
    SAFETY_PLAN = "safety_plan"
    COURSE = "course"
    NOTES = "notes"
    LEDGER = "ledger"
    COUNSELING_NOTES = "counseling_notes"

    @property
    def words(self) -> str:
        """What it is, as the client reads it."""
        return _CONTENT_WORDS[self]


_CONTENT_WORDS = {
    Content.IN_CARE: "that I am or was in care here",
    Content.ATTENDANCE: "whether I came",
    Content.PROGRESS: "how it is going",
    Content.CONTACT_DETAILS: "my name, address and telephone number",
    Content.COVERAGE: "my insurance and what it covers",
    Content.RECOMMENDATION: "which level of care was recommended, and why",
    Content.ASSESSMENT: "my assessment",
    Content.DIAGNOSES: "my diagnoses",
    Content.MEDICINES: "my medicines and allergies",
    Content.TEST_RESULTS: "results of my drug tests",
    Content.SAFETY_PLAN: "my safety plan",
    Content.COURSE: "my course: dates, sessions and last day",
    Content.NOTES: "notes of my sessions",
    Content.LEDGER: "what each side asked for, and what was agreed",
    Content.COUNSELING_NOTES: "counseling notes that are kept apart from my record",
}

EVERYTHING = frozenset(Content) - {Content.COUNSELING_NOTES}
"""The whole record. Counseling notes are never part of it."""

CARE_PURPOSES = frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS})
"""Treatment, payment and health care operations, which one single consent may cover."""

CARE_CLASSES = (RecipientKind.TREATING_PROVIDER, RecipientKind.PAYER, RecipientKind.OPERATIONS)
"""Recipients whom that single consent may name as a class, without names."""


class ConsentKind(StrEnum):
    """Which form of consent it is. The value is stored: never change it."""

    CARE = "care"
    NAMED = "named"
    FAMILY = "family"
    INTERMEDIARY = "intermediary"
    CRIMINAL_JUSTICE = "criminal_justice"
    LEGAL_PROCEEDING = "legal_proceeding"
    COUNSELING_NOTES = "counseling_notes"

    @property
    def words(self) -> str:
        """The form by its name."""
        return _KIND_WORDS[self]

    @property
    def purposes(self) -> frozenset[Purpose]:
        """The purposes that this form may state."""
        return _KIND_PURPOSES[self]

    @property
    def contents(self) -> frozenset[Content]:
        """What this form may let out."""
        if self is ConsentKind.COUNSELING_NOTES:
            return frozenset({Content.COUNSELING_NOTES})
        return EVERYTHING

    @property
    def recipients(self) -> frozenset[RecipientKind]:
        """Whom this form may name."""
        return _KIND_RECIPIENTS[self]


_KIND_WORDS = {
    ConsentKind.CARE: "Treatment, payment and operations",
    ConsentKind.NAMED: "A person or place by name",
    ConsentKind.FAMILY: "A family member or friend",
    ConsentKind.INTERMEDIARY: "An intermediary",
    ConsentKind.CRIMINAL_JUSTICE: "Court, probation or parole",
    ConsentKind.LEGAL_PROCEEDING: "A legal proceeding",
    ConsentKind.COUNSELING_NOTES: "Counseling notes",
}
_REQUESTED = CARE_PURPOSES | {Purpose.AT_MY_REQUEST}
_KIND_PURPOSES = {
    ConsentKind.CARE: CARE_PURPOSES,
    ConsentKind.NAMED: _REQUESTED,
    ConsentKind.FAMILY: frozenset({Purpose.FAMILY_SUPPORT}),
    ConsentKind.INTERMEDIARY: CARE_PURPOSES,
    ConsentKind.CRIMINAL_JUSTICE: frozenset({Purpose.CRIMINAL_JUSTICE}),
    ConsentKind.LEGAL_PROCEEDING: frozenset({Purpose.LEGAL_PROCEEDING}),
    ConsentKind.COUNSELING_NOTES: _REQUESTED,
}
_BY_NAME = frozenset(
    {
        RecipientKind.TREATING_PROVIDER,
        RecipientKind.PAYER,
        RecipientKind.OPERATIONS,
        RecipientKind.REGISTRY,
        RecipientKind.ATTORNEY,
        RecipientKind.RESEARCH_OR_AUDIT,
        RecipientKind.OTHER,
    }
)
_KIND_RECIPIENTS = {
    ConsentKind.CARE: frozenset(CARE_CLASSES),
    ConsentKind.NAMED: _BY_NAME,
    ConsentKind.FAMILY: frozenset({RecipientKind.CONTACT}),
    ConsentKind.INTERMEDIARY: frozenset(
        {RecipientKind.INTERMEDIARY, RecipientKind.TREATING_PROVIDER}
    ),
    ConsentKind.CRIMINAL_JUSTICE: frozenset({RecipientKind.COURT_OR_SUPERVISION}),
    ConsentKind.LEGAL_PROCEEDING: frozenset(
        {RecipientKind.COURT_OR_SUPERVISION, RecipientKind.ATTORNEY, RecipientKind.OTHER}
    ),
    ConsentKind.COUNSELING_NOTES: _BY_NAME,
}


class Ended(StrEnum):
    """Why a consent no longer holds before its last day. The value is stored: never change it."""

    REVOKED = "revoked"
    RENEWED = "renewed"
    EVENT = "event"
    FALSE = "false"
    NOT_SIGNED = "not_signed"

    @property
    def words(self) -> str:
        """What happened to it, to go after "it"."""
        return _ENDED_WORDS[self]


_ENDED_WORDS = {
    Ended.REVOKED: "was taken back",
    Ended.RENEWED: "was replaced by a newer one",
    Ended.EVENT: "ended with the event it names",
    Ended.FALSE: "is known to be false",
    Ended.NOT_SIGNED: "was put away unsigned",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who gets something. `contact_id` is a contact's key, as text."""

    kind: RecipientKind
    name: str
    contact_id: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a consent names: somebody, or (without a name) everyone of a kind.

    `through` marks a member of an intermediary, who gets something only through it.
    """

    kind: RecipientKind
    name: str = ""
    contact_id: str | None = None
    through: bool = False

    @property
    def words(self) -> str:
        """Whom it names, as the client reads it."""
        return self.name or _CLASS_WORDS.get(self.kind, self.kind.words.lower())

    def is_(self, recipient: Recipient) -> bool:
        """Whether this recipient is meant."""
        if self.through or self.kind is not recipient.kind:
            return False
        if self.kind is RecipientKind.CONTACT:
            return self.contact_id is not None and self.contact_id == recipient.contact_id
        return not self.name or plain_name(self.name) == plain_name(recipient.name)


_CLASS_WORDS = {
    RecipientKind.TREATING_PROVIDER: "my treating providers",
    RecipientKind.PAYER: "my health plans and third-party payers",
    RecipientKind.OPERATIONS: "people helping to operate this program",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent as it is on file.

    `expires_on` is its last day; `expires_when` names an event instead, or says that there is
    none. `signed_on` is None until it is signed. `not_before` is the first day on which a consent
    to criminal justice can be taken back. `ended_on` and `ended` say since when and why it no
    longer holds.
    """

    id: str
    kind: ConsentKind
    client: str
    discloser: str
    named: tuple[Named, ...]
    contents: frozenset[Content]
    purposes: frozenset[Purpose]
    text: str
    expires_on: date | None = None
    expires_when: str = ""
    signature: str = ""
    signed_on: date | None = None
    asked_alone: bool = False
    not_before: date | None = None
    ended_on: date | None = None
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a consent holds on a day, and if not, why, to go after "It"."""

    holds: bool
    words: str = ""


def standing(consent: Consent, on: date) -> Standing:
    """How a consent stands on a day: it holds, or why not."""
    if consent.ended and (consent.ended is Ended.FALSE or _begun(consent.ended_on, on)):
        return Standing(holds=False, words=consent.ended.words)
    if wrong := deficiencies(consent):
        return Standing(holds=False, words=f"is not complete: {wrong[0]}")
    if consent.signed_on and consent.signed_on > on:
        return Standing(holds=False, words="is not signed on that day yet")
    if consent.expires_on and consent.expires_on < on:
        return Standing(holds=False, words="has run out")
    return Standing(holds=True)


def _begun(day: date | None, on: date) -> bool:
    return day is None or day <= on


def deficiencies(consent: Consent) -> tuple[str, ...]:
    """What a consent lacks to be one in the sense of 42 CFR 2.31. Nothing: it is complete."""
    signed = "" if consent.signature.strip() and consent.signed_on else "it is not signed"
    return (*(problems_of_form(consent).values()), *([signed] if signed else []))


def problems_of_form(consent: Consent) -> dict[str, str]:
    """What is missing or does not go together before it can be signed, by field."""
    problems = {
        "client": "" if consent.client.strip() else "it does not say whose it is",
        "discloser": "" if consent.discloser.strip() else "it does not say who may disclose",
        "recipients": _wrong_with_recipients(consent),
        "contents": _wrong_with_contents(consent),
        "purposes": _wrong_with_purposes(consent),
        "expires": _wrong_with_end(consent),
        "text": "" if consent.text.strip() else "there is no text to sign",
        "asked_alone": _wrong_with_asking(consent),
        "not_before": _wrong_with_taking_back(consent),
    }
    return {field: words for field, words in problems.items() if words}


def _wrong_with_recipients(consent: Consent) -> str:
    named = consent.named
    if not named:
        return "it names nobody"
    if any(one.kind not in consent.kind.recipients for one in named):
        return "this form does not go to such a recipient"
    if consent.kind is ConsentKind.INTERMEDIARY:
        return _wrong_with_members(named)
    if any(one.through for one in named):
        return "only an intermediary has members"
    if consent.kind is ConsentKind.FAMILY and any(not one.contact_id for one in named):
        return "the family member or friend is not on file as a contact"
    if consent.kind is not ConsentKind.CARE and any(not one.name.strip() for one in named):
        return "a recipient has no name"
    return ""


def _wrong_with_members(named: Iterable[Named]) -> str:
    """42 CFR 2.31(a)(4)(ii): the intermediary by name, its members by name or those who treat."""
    itself = [one for one in named if not one.through]
    if len(itself) != 1 or itself[0].kind is not RecipientKind.INTERMEDIARY:
        return "it names one intermediary, and its members apart"
    if not itself[0].name.strip():
        return "the intermediary has no name"
    members = [one for one in named if one.through]
    if not members:
        return "it does not say which members of the intermediary may get it"
    if any(one.kind is not RecipientKind.TREATING_PROVIDER for one in members):
        return "members are those who treat the client"
    return ""


def _wrong_with_contents(consent: Consent) -> str:
    if not consent.contents:
        return "it does not say what may be told"
    if not consent.contents <= consent.kind.contents:
        return "counseling notes need a consent of their own, for nothing else"
    return ""


def _wrong_with_purposes(consent: Consent) -> str:
    if not consent.purposes:
        return "it states no purpose"
    if not consent.purposes <= consent.kind.purposes:
        return "this form is not for such a purpose"
    return ""


def _wrong_with_end(consent: Consent) -> str:
    if not consent.expires_on and not consent.expires_when.strip():
        return "it does not say when it ends"
    signed = consent.signed_on
    if consent.expires_on and signed and consent.expires_on < signed:
        return "it ended before it was signed"
    return ""


def _wrong_with_asking(consent: Consent) -> str:
    if consent.kind is ConsentKind.FAMILY and not consent.asked_alone:
        return "the client was not asked alone whether they want it"
    return ""


def _wrong_with_taking_back(consent: Consent) -> str:
    """42 CFR 2.35(c): only here may taking it back wait, and never beyond its end."""
    if consent.not_before is None:
        return ""
    if consent.kind is not ConsentKind.CRIMINAL_JUSTICE:
        return "only a consent to criminal justice may bar taking it back"
    if consent.expires_on and consent.not_before > consent.expires_on:
        return "it could be taken back only after it ends"
    return ""


def cannot_take_back(consent: Consent, on: date) -> str:
    """Why a consent cannot be taken back on a day; nothing when it can."""
    if consent.ended:
        return f"This consent {consent.ended.words} already."
    if consent.not_before and on < consent.not_before:
        day = _day(consent.not_before)
        return f"By its own terms this consent can be taken back from {day} on."
    return ""


def scope(consent: Consent) -> str:
    """What a consent covers, in words that go along with whatever leaves (42 CFR 2.32(b))."""
    told = ", ".join(one.words for one in Content if one in consent.contents)
    if consent.contents == EVERYTHING:
        told = "the whole record, except counseling notes kept apart"
    goals = ", ".join(one.words for one in Purpose if one in consent.purposes)
    signed = f", signed {_day(consent.signed_on)}" if consent.signed_on else ""
    until = f"until {_day(consent.expires_on)}" if consent.expires_on else consent.expires_when
    names = "; ".join(one.words for one in consent.named)
    return f"Consent of the client{signed}. To: {names}. What: {told}. For: {goals}. Ends: {until}."


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def plain_name(name: str) -> str:
    """A name for comparing: case and spacing do not count."""
    return " ".join(name.casefold().split())
