"""The tables of the clients area, one file for each part of the work."""

from handrail.areas.clients.models.baseline import (
    BaselineEntry,
    BaselineKind,
    OutsideProfessional,
    ProfessionalKind,
)
from handrail.areas.clients.models.drafts import ChartDraft, DraftDocument
from handrail.areas.clients.models.people import (
    Client,
    Contact,
    Episode,
    Flag,
    FlagKind,
    LevelStay,
    Listed,
    ListedKind,
    MayKnow,
    NameWord,
    Outcome,
    Relationship,
    Severity,
)
from handrail.areas.clients.models.safety import (
    PlanHandover,
    SafetyPlan,
    SafetyPlanDeclined,
    SafetyPlanLook,
)

__all__ = [
    "BaselineEntry",
    "BaselineKind",
    "ChartDraft",
    "Client",
    "Contact",
    "DraftDocument",
    "Episode",
    "Flag",
    "FlagKind",
    "LevelStay",
    "Listed",
    "ListedKind",
    "MayKnow",
    "NameWord",
    "Outcome",
    "OutsideProfessional",
    "PlanHandover",
    "ProfessionalKind",
    "Relationship",
    "SafetyPlan",
    "SafetyPlanDeclined",
    "SafetyPlanLook",
    "Severity",
]
