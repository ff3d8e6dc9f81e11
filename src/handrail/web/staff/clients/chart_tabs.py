"""The tabs of a chart: each slice with one says so in a module `chart_tab`, as `TABS`."""

from dataclasses import dataclass
from functools import cache

from handrail.foundation.seams import submodules
from handrail.web import staff


@dataclass(frozen=True, slots=True)
class ChartTab:
    """One tab: the name of its address, which takes a client's id, its words, and its place from
    left to right (multiples of ten, so that another fits between).
    """

    page: str
    words: str
    place: int


@cache
def chart_tabs() -> tuple[ChartTab, ...]:
    """Every tab there is, from left to right."""
    found = (tab for one in submodules(staff, "chart_tab") for tab in one.TABS)
    return tuple(sorted(found, key=lambda one: one.place))
