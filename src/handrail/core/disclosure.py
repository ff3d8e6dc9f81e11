"""Whether something may leave: the gate before everything that is printed, sent or told.

Nothing leaves without a consent that covers recipient, purpose, content and day, or one of the few
exceptions of the law with what the law asks for. Otherwise the answer is no, with the reasons.
Reasons name no one: they stand in the audit trail.
Source: 42 CFR 2.13, 2.23, 2.26, 2.31–2.33, 2.35, 2.51–2.53, 2.61–2.67, 2.12(c)(5) and (6).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handrail.core.consents import (
    EVERYTHING,
    Consent,
    Content,
    Purpose,
    Recipient,
    RecipientKind,
    Standing,
    plain_name,
    scope,
    standing,
)

__all__ = (
    "Asked",
    "Content",
    "Covered",
    "ExceptionKind",
    "Exception_",
    "NotCovered",
    "Purpose",
    "Recipient",
    "RecipientKind",
    "Restriction",
    "decide",
    "missing_in",
)

STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The short statement of 42 CFR 2.32(a)(2), which goes along with whatever leaves. The law
asks for this one or for a long one; the short one suffices for every recipient.
"""

OWN_ACCESS = "own access"
"""What covers giving a person their own record (42 CFR 2.23)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone wants to let leave: to whom, for what, which content, on which day."""

    recipient: Recipient
    purpose: Purpose
    contents: frozenset[Content]
    on: date


@dataclass(frozen=True, slots=True)
class Restriction:
    """A limit the client asked for and the program agreed to, or had to (42 CFR 2.26).

    Without a name it holds for every recipient of the kind; without contents for everything.
    `until` is the last day of it, None while it holds.
    """

    kind: RecipientKind
    name: str = ""
    contents: frozenset[Content] = frozenset()
    since: date = date.min
    until: date | None = None

    def holds_back(self, asked: Asked) -> bool:
        """Whether it bars what is asked."""
        if self.since > asked.on or (self.until is not None and self.until < asked.on):
            return False
        if self.kind is not asked.recipient.kind:
            return False
        if self.name and plain_name(self.name) != plain_name(asked.recipient.name):
            return False
        return not self.contents or bool(self.contents & asked.contents)


class ExceptionKind(StrEnum):
    """When the law lets something leave without a consent. The value is stored: never change it."""

    MEDICAL_EMERGENCY = "medical_emergency"
    ABUSE_REPORT = "abuse_report"
    CRIME = "crime"
    COURT_ORDER = "court_order"
    RESEARCH = "research"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        """The exception by its name."""
        return _EXCEPTION_WORDS[self]

    @property
    def purpose(self) -> Purpose:
        """The one purpose it allows."""
        return _ALLOWS[self][0]

    @property
    def recipients(self) -> frozenset[RecipientKind]:
        """The recipients it allows."""
        return _ALLOWS[self][1]

    @property
    def contents(self) -> frozenset[Content]:
        """The most it lets out."""
        return _ALLOWS[self][2]


_EXCEPTION_WORDS = {
    ExceptionKind.MEDICAL_EMERGENCY: "Medical emergency",
    ExceptionKind.ABUSE_REPORT: "Report of child abuse or neglect",
    ExceptionKind.CRIME: "Crime here or against staff, or a threat of one",
    ExceptionKind.COURT_ORDER: "Court order with a subpoena",
    ExceptionKind.RESEARCH: "Research by agreement",
    ExceptionKind.AUDIT: "Audit or evaluation by agreement",
}
_WHO_AND_WHERE = frozenset({Content.IN_CARE, Content.CONTACT_DETAILS})
_ALLOWS = {
    ExceptionKind.MEDICAL_EMERGENCY: (
        Purpose.EMERGENCY,
        frozenset({RecipientKind.MEDICAL_PERSONNEL}),
        EVERYTHING,
    ),
    ExceptionKind.ABUSE_REPORT: (
        Purpose.ABUSE_REPORT,
        frozenset({RecipientKind.AUTHORITY}),
        _WHO_AND_WHERE,
    ),
    ExceptionKind.CRIME: (Purpose.CRIME, frozenset({RecipientKind.AUTHORITY}), _WHO_AND_WHERE),
    ExceptionKind.COURT_ORDER: (
        Purpose.COURT_ORDER,
        frozenset(
            {
                RecipientKind.COURT_OR_SUPERVISION,
                RecipientKind.ATTORNEY,
                RecipientKind.AUTHORITY,
            }
        ),
        EVERYTHING,
    ),
    ExceptionKind.RESEARCH: (
        Purpose.RESEARCH,
        frozenset({RecipientKind.RESEARCH_OR_AUDIT}),
        EVERYTHING,
    ),
    ExceptionKind.AUDIT: (
        Purpose.AUDIT,
        frozenset({RecipientKind.RESEARCH_OR_AUDIT}),
        EVERYTHING,
    ),
}


@dataclass(frozen=True, slots=True)
class Exception_:  # noqa: N801 (an exception of the law, not of the language)
    """An exception as it is written down when it is used.

    `why` is the nature of the emergency, what was reported or what happened; `works_at` is where
    the medical personnel work. `court`, `order` and
    `order_date` name a court order; `subpoena` the paper that compels. `agreement` and
    `agreement_until` (its last day) name what was agreed for research or audit.
    """

    kind: ExceptionKind
    why: str = ""
    works_at: str = ""
    court: str = ""
    order: str = ""
    order_date: date | None = None
    subpoena: str = ""
    agreement: str = ""
    agreement_until: date | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """It may leave: what covers it, and the words that go along with it.

    `by` is a consent's id, an exception's kind, or the person's own access. `statement` is empty
    for the person themself.
    """

    by: str
    statement: str
    scope: str
    consent_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotCovered:
    """It may not leave, and why."""

    reasons: tuple[str, ...]


def decide(
    asked: Asked,
    consents: Iterable[Consent],
    restrictions: Iterable[Restriction],
    exception: Exception_ | None = None,
) -> Covered | NotCovered:
    """Whether what is asked may leave on that day, and under what."""
    if not asked.contents:
        return NotCovered(("Say what is to be disclosed.",))
    if not asked.recipient.name.strip():
        return NotCovered(("Say who gets it, by name.",))
    if exception:
        return _by_exception(asked, exception)
    if asked.recipient.kind is RecipientKind.CLIENT:
        return _to_themself(asked)
    if any(one.holds_back(asked) for one in restrictions):
        return NotCovered(("The client asked that this be kept from them, and it is agreed.",))
    return _by_consent(asked, tuple(consents))


def _by_exception(asked: Asked, exception: Exception_) -> Covered | NotCovered:
    wrong = tuple(missing_in(asked, exception).values())
    if wrong:
        return NotCovered(wrong)
    said = f"Without a consent: {exception.kind.words.lower()}. What: {_told(asked.contents)}."
    return Covered(exception.kind, STATEMENT, said)


def missing_in(asked: Asked, exception: Exception_) -> dict[str, str]:
    """What an exception lacks for this to leave under it, by field."""
    kind = exception.kind
    problems = {
        "purpose": "" if asked.purpose is kind.purpose else "This exception is for something else.",
        "recipient": _not_to_them(asked, kind),
        "contents": _too_much(asked, kind),
        **dict(_details(asked, exception)),
    }
    return {field: words for field, words in problems.items() if words}


def _not_to_them(asked: Asked, kind: ExceptionKind) -> str:
    if asked.recipient.kind in kind.recipients:
        return ""
    allowed = " or ".join(sorted(one.words.lower() for one in kind.recipients))
    return f"This exception is only for: {allowed}."


def _too_much(asked: Asked, kind: ExceptionKind) -> str:
    if Content.COUNSELING_NOTES in asked.contents:
        return "Counseling notes leave only by a consent of their own."
    more = asked.contents - kind.contents
    return f"This exception does not reach so far: leave out {_told(more)}." if more else ""


def _details(asked: Asked, exception: Exception_) -> Iterator[tuple[str, str]]:
    if exception.kind is ExceptionKind.COURT_ORDER:
        yield from _order_details(asked, exception)
    elif exception.kind in (ExceptionKind.RESEARCH, ExceptionKind.AUDIT):
        if not exception.agreement.strip():
            yield "agreement", "Say which agreement allows it."
        until = exception.agreement_until
        if until is None or until < asked.on:
            yield "agreement_until", "The agreement must hold on this day: say until when."
    else:
        if not exception.why.strip():
            yield "why", "Say what happened: this is written down at once."
        emergency = exception.kind is ExceptionKind.MEDICAL_EMERGENCY
        if emergency and not exception.works_at.strip():
            yield "works_at", "Say where they work: the hospital or the ambulance service."


def _order_details(asked: Asked, exception: Exception_) -> Iterator[tuple[str, str]]:
    if not exception.court.strip() or not exception.order.strip():
        yield "order", "A subpoena alone releases nothing. Name the court and its order."
    if not exception.subpoena.strip():
        yield "subpoena", "An order only permits. Name the subpoena that compels it."
    if exception.order_date is None or exception.order_date > asked.on:
        yield "order_date", "Say on which day the order was made."


def _to_themself(asked: Asked) -> Covered | NotCovered:
    if Content.COUNSELING_NOTES in asked.contents:
        return NotCovered(("Counseling notes are no part of the record a client may ask for.",))
    said = f"A copy of their own record for the client. What: {_told(asked.contents)}."
    return Covered(OWN_ACCESS, "", said)


def _by_consent(asked: Asked, consents: tuple[Consent, ...]) -> Covered | NotCovered:
    """The one that covers it; of several, the most particular."""
    mine = [one for one in consents if any(named.is_(asked.recipient) for named in one.named)]
    if not mine:
        return NotCovered(("No consent on file names this recipient.",))
    judged = [(one, _against(one, asked)) for one in mine]
    covering = [one for one, why in judged if not why]
    if covering:
        best = min(covering, key=lambda one: (len(one.contents), one.id))
        return Covered(best.id, STATEMENT, scope(best), best.id)
    return NotCovered(tuple(dict.fromkeys(why for _, why in judged)))


def _against(consent: Consent, asked: Asked) -> str:
    """Why this consent does not cover what is asked; nothing when it does."""
    held: Standing = standing(consent, asked.on)
    what = f"The consent “{consent.kind.words}”"
    if not held.holds:
        return f"{what} {held.words}."
    if asked.purpose not in consent.purposes:
        return f"{what} is not for {asked.purpose.words}."
    more = asked.contents - consent.contents
    return f"{what} does not cover {_told(more)}." if more else ""


def _told(contents: frozenset[Content]) -> str:
    return ", ".join(one.words for one in Content if one in contents)
