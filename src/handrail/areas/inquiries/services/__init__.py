"""What can be done in the slice of inquiries."""

from handrail.areas.inquiries.services.merging import merge_inquiries, separate_inquiry
from handrail.areas.inquiries.services.next_steps import carry_on, close_inquiry, log_attempt
from handrail.areas.inquiries.services.open_chart import open_chart
from handrail.areas.inquiries.services.record_inquiry import change_inquiry, confide, take_inquiry
from handrail.areas.inquiries.services.waiting import begin_to_wait, wait_no_more

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
