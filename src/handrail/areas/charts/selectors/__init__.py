"""What can be read in the slice of charts."""

from handrail.areas.charts.selectors.chart import (
    Summary,
    client,
    closed_episodes,
    kept_apart_from,
    known_names,
    possible_owners,
    summary,
    whose,
)
from handrail.areas.charts.selectors.search import Found, FoundPage, alike, find, in_care

__all__ = (
    "Found",
    "FoundPage",
    "Summary",
    "alike",
    "client",
    "closed_episodes",
    "find",
    "in_care",
    "kept_apart_from",
    "known_names",
    "possible_owners",
    "summary",
    "whose",
)
