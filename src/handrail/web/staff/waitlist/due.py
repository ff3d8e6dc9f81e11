"""How the waiting list is said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _attempt(one: Seen, now: Now) -> Said:
    program = one.facts["program"]
    what = f"Waits for {program}: get in touch, and ask whether they still want the seat."
    if one.facts["interim"]:
        what = f"Waits for {program}: offer something meanwhile."
    return _said(one, now, what)


def _seat(one: Seen, now: Now) -> Said:
    return _said(one, now, f"First in line for a free seat in {one.facts['name']}.")


def _said(one: Seen, now: Now, what: str) -> Said:
    place = f"{reverse('staff:waiting')}#w-{one.due.key}"
    return Said(what, now.until(day(one.facts, "day")), "Open waitlist", place)


LINES = {"waiting": Lines("Waitlist", _attempt), "waiting_seat": Lines("Waitlist", _seat)}
