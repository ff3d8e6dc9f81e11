"""The tables of the placement area, one file for each part of the work."""

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
from handrail.areas.placement.models.ledger import (
    Agreement,
    Confirmation,
    InformedRefusal,
    Position,
    UnmetNeed,
)
from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText
from handrail.areas.placement.models.listings import Listing

__all__ = [
    "Agreement",
    "CallerIs",
    "CheckDraft",
    "Confided",
    "Confirmation",
    "InformedRefusal",
    "Inquiry",
    "InquiryEvent",
    "InquiryTrace",
    "KeptFrom",
    "Listing",
    "MessageSafe",
    "Position",
    "Recommendation",
    "RuleText",
    "Source",
    "UnmetNeed",
]
