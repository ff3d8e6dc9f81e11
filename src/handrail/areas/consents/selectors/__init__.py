"""What can be read in the slice of consents."""

from handrail.areas.consents.selectors.consents import (
    OnFile,
    consent,
    consents_of,
    notices_of,
    published_notice,
    restrictions_of,
    told_to_contacts,
)
from handrail.areas.consents.selectors.disclosures import (
    ACCOUNTED,
    Waiting,
    accounting,
    disclosed_about,
    disclosure,
    may_disclose,
    queue_of,
)

__all__ = (
    "ACCOUNTED",
    "OnFile",
    "Waiting",
    "accounting",
    "consent",
    "consents_of",
    "disclosed_about",
    "disclosure",
    "may_disclose",
    "notices_of",
    "published_notice",
    "queue_of",
    "restrictions_of",
    "told_to_contacts",
)
