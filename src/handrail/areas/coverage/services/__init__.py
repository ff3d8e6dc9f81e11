"""What can be done in the slice of coverage."""

from handrail.areas.coverage.services.coverage import (
    LevelTold,
    PlanTold,
    declare_income,
    end_coverage,
    record_benefit_check,
    record_coverage,
    void_coverage,
)
from handrail.areas.coverage.services.fees import (
    change_payer,
    end_payer,
    record_payer,
    set_house_on_paper,
    set_rate,
    set_scale,
    void_fee,
)

__all__ = (
    "LevelTold",
    "PlanTold",
    "change_payer",
    "declare_income",
    "end_coverage",
    "end_payer",
    "record_benefit_check",
    "record_coverage",
    "record_payer",
    "set_house_on_paper",
    "set_rate",
    "set_scale",
    "void_coverage",
    "void_fee",
)
