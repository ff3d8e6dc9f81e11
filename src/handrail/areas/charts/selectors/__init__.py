"""What can be read in the slice of charts."""

from handrail.areas.charts.selectors.happenings import Happening, happenings
from handrail.areas.charts.selectors.search import Found, FoundPage, alike, find, in_care
from handrail.areas.charts.selectors.summary import (
    Summary,
    client,
    closed_episodes,
    kept_apart_from,
    known_names,
    possible_owners,
    summary,
    whose,
)

__all__ = (
    "Found",
    "FoundPage",
    "Happening",
    "Summary",
    "alike",
    "client",
    "closed_episodes",
    "find",
    "happenings",
    "in_care",
    "kept_apart_from",
    "known_names",
    "possible_owners",
    "summary",
    "whose",
)
