"""The tables of this slice."""

from handrail.areas.consents.models.consents import (
    Consent,
    ConsentRecipient,
    NoticeGiven,
    NoticeText,
    Restriction,
    RestrictionAnswer,
    SaidHow,
    SignedHow,
    SignedWhere,
)
from handrail.areas.consents.models.disclosures import Disclosure, DisclosureState, How

__all__ = [
    "Consent",
    "ConsentRecipient",
    "Disclosure",
    "DisclosureState",
    "How",
    "NoticeGiven",
    "NoticeText",
    "Restriction",
    "RestrictionAnswer",
    "SaidHow",
    "SignedHow",
    "SignedWhere",
]
