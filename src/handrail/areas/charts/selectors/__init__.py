"""What can be read: charts: what stands in a chart's summary, and finding a chart. Reads only."""

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
