"""The tables of the placement area, one file for each part of the work."""

from handrail.areas.placement.models.ledger import (
    Agreement,
    Confirmation,
    InformedRefusal,
    Position,
    UnmetNeed,
from handrail.areas.placement.models.inquiries import (
    CallerIs,
    Confided,
    Inquiry,
    InquiryEvent,
    InquiryTrace,
    KeptFrom,
    MessageSafe,
    Source,
)
from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText
from handrail.areas.placement.models.listings import Listing

__all__ = [
    "Agreement",
    "CheckDraft",
    "Confirmation",
    "InformedRefusal",
    "Position",
    "Recommendation",
    "RuleText",
    "UnmetNeed",
    "CallerIs",
    "CheckDraft",
    "Confided",
    "Inquiry",
    "InquiryEvent",
    "InquiryTrace",
    "KeptFrom",
    "Listing",
    "MessageSafe",
    "Recommendation",
    "RuleText",
    "Source",
]
