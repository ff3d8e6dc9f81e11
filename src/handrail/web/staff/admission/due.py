"""How a contact of the first days is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _say(one: Seen, now: Now) -> Said:
    place = f"{reverse('staff:admit', args=[one.client_id])}#first-days"
    return Said(one.facts["why"], now.until(day(one.facts, "day")), "Log contact", place)


LINES = {"first_contact": Lines("First days", _say)}
