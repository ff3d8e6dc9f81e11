"""The tables of the placement area, one file for each part of the work."""

from handrail.areas.placement.models.assessment import (
    AssessedFinding,
    Assessment,
    AssessmentAddendum,
    AssessmentState,
    OutsideResult,
)
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
    PositionVoid,
    UnmetNeed,
)
from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText
from handrail.areas.placement.models.listings import Listing
from handrail.areas.placement.models.referrals import Referral, ReferralStep, ReferralTouch
from handrail.areas.placement.models.screening import (
    EmergencyStep,
    HandedCheck,
    Outcome,
    Screening,
    ScreeningAnswer,
)

__all__ = [
    "Agreement",
    "AssessedFinding",
    "Assessment",
    "AssessmentAddendum",
    "AssessmentState",
    "CallerIs",
    "CheckDraft",
    "Confided",
    "Confirmation",
    "EmergencyStep",
    "HandedCheck",
    "InformedRefusal",
    "Inquiry",
    "InquiryEvent",
    "InquiryTrace",
    "KeptFrom",
    "Listing",
    "MessageSafe",
    "Outcome",
    "OutsideResult",
    "Position",
    "PositionVoid",
    "Recommendation",
    "Referral",
    "ReferralStep",
    "ReferralTouch",
    "RuleText",
    "Screening",
    "ScreeningAnswer",
    "Source",
    "UnmetNeed",
]
