"""What can be done in the slice of safety."""

from handrail.areas.safety.services.flags import close_flag, raise_flag
from handrail.areas.safety.services.safety_plans import (
    begin_safety_plan,
    decline_safety_plan,
    look_again,
    put_away_safety_plan,
    settle_safety_plan,
    sign_safety_plan,
    write_safety_plan,
)

__all__ = (
    "begin_safety_plan",
    "close_flag",
    "decline_safety_plan",
    "look_again",
    "put_away_safety_plan",
    "raise_flag",
    "settle_safety_plan",
    "sign_safety_plan",
    "write_safety_plan",
)
