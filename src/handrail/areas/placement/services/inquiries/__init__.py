"""What can be done about inquiries: take one, carry it on, merge it, open a chart, close it.

Each function is one use case, in one transaction with its audit entry and its line in the
inquiry's own log. `by` is who does it, `at` when. They run inside an organization. The trail names
rows, never a name, a number or anybody's words.
"""

from handrail.areas.placement.services.inquiries.carrying import (
    carry_on,
    close_inquiry,
    log_attempt,
)
from handrail.areas.placement.services.inquiries.charting import open_chart
from handrail.areas.placement.services.inquiries.merging import merge_inquiries, separate_inquiry
from handrail.areas.placement.services.inquiries.taking import (
    change_inquiry,
    confide,
    take_inquiry,
)
from handrail.areas.placement.services.inquiries.waiting import begin_to_wait, wait_no_more

__all__ = (
    "begin_to_wait",
    "carry_on",
    "change_inquiry",
    "close_inquiry",
    "confide",
    "log_attempt",
    "merge_inquiries",
    "open_chart",
    "separate_inquiry",
    "take_inquiry",
    "wait_no_more",
)
