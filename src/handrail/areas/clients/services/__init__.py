"""What can be done in the slice of clients."""

from handrail.areas.clients.services.baseline import (
    end_professional,
    record_baseline,
    record_professional,
)
from handrail.areas.clients.services.contacts import end_contact, record_contact
from handrail.areas.clients.services.episodes import change_level, close_episode, open_episode
from handrail.areas.clients.services.people import (
    change_client,
    chart_of_form,
    hold_new_charts,
    record_client,
)
from handrail.areas.clients.services.problem_list import end_listed, record_listed, void_listed

__all__ = (
    "change_client",
    "change_level",
    "chart_of_form",
    "close_episode",
    "end_contact",
    "end_listed",
    "end_professional",
    "hold_new_charts",
    "open_episode",
    "record_baseline",
    "record_client",
    "record_contact",
    "record_listed",
    "record_professional",
    "void_listed",
)
