"""How outreach is said on the worklist."""

from django.urls import reverse

from handrail.areas.outreach.models import AttemptKind
from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.outreach.views import STEP_WORDS
from handrail.web.staff.worklist.lines import Lines, Now, Said, finished, moment


def _say(one: Seen, now: Now) -> Said:
    facts, place = one.facts, f"{reverse('staff:outreach')}#r-{one.due.key}"
    if facts["reached_at"]:
        when = f"reached at {filters.clock_time(moment(facts, 'reached_at'), now.zone)}"
        return Said("Reached: close it with how they are.", when, "Close it", place)
    tried = facts["attempts"]
    tries = f"{filters.counted(tried, 'attempt')} so far" if tried else "Not tried yet"
    step = STEP_WORDS[AttemptKind(facts["next"])] if facts["next"] else "every step is taken"
    what = f"{finished(facts['why'])} {tries}; next: {step}."
    return Said(what, now.left(one.due.due_at), "Log an attempt", place)


LINES = {"outreach": Lines("Outreach", _say)}
