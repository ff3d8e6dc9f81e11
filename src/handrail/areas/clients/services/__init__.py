"""What can be done about clients.

Each function is one use case, in one transaction with its audit entry. `by` is who does it, `at`
when. They run inside an organization (`tenancy.within`). The trail names rows, never a client's
name or words.
"""

from handrail.areas.clients.services.contacts import end_contact, record_contact
from handrail.areas.clients.services.coverage import (
    LevelTold,
    PlanTold,
    declare_income,
    end_coverage,
    record_benefit_check,
    record_coverage,
    void_coverage,
)
from handrail.areas.clients.services.entering import Mistaken
from handrail.areas.clients.services.episodes import change_level, close_episode, open_episode
from handrail.areas.clients.services.fees import (
    change_payer,
    end_payer,
    record_payer,
    set_house_on_paper,
    set_rate,
    set_scale,
    void_fee,
)
from handrail.areas.clients.services.flags import close_flag, raise_flag
from handrail.areas.clients.services.listed import end_listed, record_listed, void_listed
from handrail.areas.clients.services.people import change_client, record_client

__all__ = (
    "LevelTold",
    "Mistaken",
    "PlanTold",
    "change_client",
    "change_level",
    "change_payer",
    "close_episode",
    "close_flag",
    "declare_income",
    "end_contact",
    "end_coverage",
    "end_listed",
    "end_payer",
    "open_episode",
    "raise_flag",
    "record_benefit_check",
    "record_client",
    "record_contact",
    "record_coverage",
    "record_listed",
    "record_payer",
    "set_house_on_paper",
    "set_rate",
    "set_scale",
    "void_coverage",
    "void_fee",
    "void_listed",
)
