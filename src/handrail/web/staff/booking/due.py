"""How a booked screening is said on the worklist."""

from django.urls import reverse

from handrail.areas.booking.models import How
from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.booking.words import how_in_words
from handrail.web.staff.worklist.lines import Lines, Now, Said, moment


def _say(one: Seen, now: Now) -> Said:
    facts, read = one.facts, one.read
    with_whom = "" if one.mine else f" with {one.owner}"
    how = how_in_words(How(facts["how"]), facts["room"])
    reach = read["booking__phone"] or read["booking__email"]
    message = "" if read["booking__leave_message"] else " Leave no message."
    what = f"Screening {how}{with_whom}, {reach}.{message}"
    when = filters.short_time(moment(facts, "starts"), facts["zone"])
    if moment(facts, "ends") <= now.at:
        what, when = f"{what} Say whether they came.", f"was at {when}"
    place = f"{reverse('staff:slots')}#s-{one.due.key}"
    return Said(what, when, "Open screening times", place, who=read["booking__called"])


LINES = {"screening": Lines("Screening", _say)}
