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
    running_out,
    told_to_contacts,
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
    "Found",
    "FoundPage",
    "Happening",
    "OnFile",
    "Summary",
    "Waiting",
    "accounting",
    "alike",
    "client",
    "closed_episodes",
    "consent",
    "consents_of",
    "disclosed_about",
    "disclosure",
    "find",
    "happenings",
    "in_care",
    "kept_apart_from",
    "known_names",
    "may_disclose",
    "notices_of",
    "possible_owners",
    "published_notice",
    "queue_of",
    "restrictions_of",
    "running_out",
    "summary",
    "told_to_contacts",
    "whose",
)
