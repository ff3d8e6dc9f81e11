"""The tables of the clients area, one file for each part of the work."""

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
)

__all__ = [
    "Client",
    "Contact",
    "Episode",
    "Flag",
    "FlagKind",
    "LevelStay",
    "Listed",
    "ListedKind",
    "MayKnow",
    "NameWord",
    "Outcome",
    "Relationship",
]
