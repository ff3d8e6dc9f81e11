"""How notes that wait are said on the worklist."""

from django.urls import reverse

from handrail.areas.worklist.selectors import Seen
from handrail.web.kit import filters
from handrail.web.staff.sessions.page import NEXT_OPEN
from handrail.web.staff.worklist.lines import Lines, Now, Said, day


def _notes(one: Seen, now: Now) -> Said:
    facts = one.facts
    place = reverse("staff:board", args=[one.due.key])
    return Said(
        what=f"{facts['signed']} of {facts['people']} notes signed.",
        when=now.left(one.due.due_at),
        do="Finish and sign",
        place=f"{place}?person={NEXT_OPEN}",
        who=f"{facts['track']}, {filters.short_day(day(facts, 'day'))}",
    )


def _co_sign(one: Seen, now: Now) -> Said:
    when = filters.short_day(day(one.facts, "day"))
    return Said(
        what=f"A note by {one.facts['by']} of {when} waits for your co-signature.",
        when=now.left(one.due.due_at),
        do="Read and co-sign",
        place=reverse("staff:notes_to_sign"),
    )


def _together(number: int, first: Seen) -> str:
    return f"{number} notes to co-sign by {first.facts['by']}"


def _all_of(number: int) -> tuple[str, str]:
    return f"Read through {number}", reverse("staff:notes_to_sign")


LINES = {
    "notes": Lines("Notes", _notes),
    "note_co_sign": Lines("Co-sign", _co_sign, _together, _all_of),
}
