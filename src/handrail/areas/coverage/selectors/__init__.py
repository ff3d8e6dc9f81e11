"""What can be read in the slice of coverage."""

from handrail.areas.coverage.selectors.costs import Costs, costs_of
from handrail.areas.coverage.selectors.coverage import (
    CoverageOf,
    Held,
    client_for_coverage,
    coverage_of,
    covered_clients,
    payers,
    primary,
)

__all__ = (
    "Costs",
    "CoverageOf",
    "Held",
    "client_for_coverage",
    "costs_of",
    "coverage_of",
    "covered_clients",
    "payers",
    "primary",
)
