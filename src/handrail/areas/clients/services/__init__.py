"""What can be done about clients.

Each function is one use case, in one transaction with its audit entry. `by` is who does it, `at`
when. They run inside an organization (`tenancy.within`). The trail names rows, never a client's
name or words.
"""

from handrail.areas.clients.services.baseline import (
    end_professional,
    record_baseline,
    record_professional,
)
from handrail.areas.clients.services.consents import (
    Signature,
    Strokes,
    end_consent,
    prepare_consent,
    put_away_consent,
    record_consent,
    renew_consent,
    revoke_consent,
    sign_consent,
)
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
from handrail.areas.clients.services.disclosures import (
    Uncovered,
    disclose,
    queue_disclosure,
    send_queued,
    stop_queued,
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
from handrail.areas.clients.services.notices import (
    give_notice,
    lift_restriction,
    publish_notice,
    request_restriction,
)
from handrail.areas.clients.services.people import (
    change_client,
    chart_of_form,
    hold_new_charts,
    record_client,
)
from handrail.areas.clients.services.safety import (
    begin_safety_plan,
    decline_safety_plan,
    look_again,
    put_away_safety_plan,
    settle_safety_plan,
    sign_safety_plan,
    write_safety_plan,
)

__all__ = (
    "LevelTold",
    "Mistaken",
    "PlanTold",
    "Signature",
    "Strokes",
    "Uncovered",
    "begin_safety_plan",
    "change_client",
    "change_level",
    "change_payer",
    "chart_of_form",
    "close_episode",
    "close_flag",
    "declare_income",
    "decline_safety_plan",
    "disclose",
    "end_consent",
    "end_contact",
    "end_coverage",
    "end_listed",
    "end_payer",
    "end_professional",
    "give_notice",
    "hold_new_charts",
    "lift_restriction",
    "look_again",
    "open_episode",
    "prepare_consent",
    "publish_notice",
    "put_away_consent",
    "put_away_safety_plan",
    "queue_disclosure",
    "raise_flag",
    "record_baseline",
    "record_benefit_check",
    "record_client",
    "record_consent",
    "record_contact",
    "record_coverage",
    "record_listed",
    "record_payer",
    "record_professional",
    "renew_consent",
    "request_restriction",
    "revoke_consent",
    "send_queued",
    "set_house_on_paper",
    "set_rate",
    "set_scale",
    "settle_safety_plan",
    "sign_consent",
    "sign_safety_plan",
    "stop_queued",
    "void_coverage",
    "void_fee",
    "void_listed",
    "write_safety_plan",
)
