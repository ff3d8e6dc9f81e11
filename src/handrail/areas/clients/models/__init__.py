"""The tables of this slice."""

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
    LevelStay,
    Listed,
    ListedKind,
    MayKnow,
    NameWord,
    Outcome,
    Relationship,
    Severity,
)

__all__ = [
    "BaselineEntry",
    "BaselineKind",
    "ChartDraft",
    "Client",
    "Contact",
    "DraftDocument",
    "Episode",
    "LevelStay",
    "Listed",
    "ListedKind",
    "MayKnow",
    "NameWord",
    "Outcome",
    "OutsideProfessional",
    "ProfessionalKind",
    "Relationship",
    "Severity",
]
