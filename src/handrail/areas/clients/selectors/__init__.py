"""Reading clients: finding them by name, and what their chart says.

Each function checks access first and costs a fixed number of queries. They run inside an
organization (`tenancy.within`).
"""

from handrail.areas.clients.selectors.chart import (
    Summary,
    client,
    closed_episodes,
    kept_apart_from,
    known_names,
    possible_owners,
    summary,
    whose,
)
from handrail.areas.clients.selectors.consents import (
    OnFile,
    consent,
    consents_of,
    notices_of,
    published_notice,
    restrictions_of,
    told_to_contacts,
)
from handrail.areas.clients.selectors.costs import Costs, costs_of
from handrail.areas.clients.selectors.coverage import (
    CoverageOf,
    Held,
    client_for_coverage,
    coverage_of,
    covered_clients,
    payers,
    primary,
)
from handrail.areas.clients.selectors.disclosures import (
    ACCOUNTED,
    Waiting,
    accounting,
    disclosed_about,
    disclosure,
    may_disclose,
    queue_of,
)
from handrail.areas.clients.selectors.finding import (
    Found,
    FoundPage,
    alike,
    find,
    in_care,
)
from handrail.areas.clients.selectors.happenings import Happening, happenings

__all__ = (
    "ACCOUNTED",
    "Costs",
    "CoverageOf",
    "Found",
    "FoundPage",
    "Happening",
    "Held",
    "OnFile",
    "Summary",
    "Waiting",
    "accounting",
    "alike",
    "client",
    "client_for_coverage",
    "closed_episodes",
    "consent",
    "consents_of",
    "costs_of",
    "coverage_of",
    "covered_clients",
    "disclosed_about",
    "disclosure",
    "find",
    "happenings",
    "in_care",
    "kept_apart_from",
    "known_names",
    "may_disclose",
    "notices_of",
    "payers",
    "possible_owners",
    "primary",
    "published_notice",
    "queue_of",
    "restrictions_of",
    "summary",
    "told_to_contacts",
    "whose",
)
