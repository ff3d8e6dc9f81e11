"""The Notes tab of a chart: every signed note of the person, the latest first."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.areas.notes.selectors.notes import NoteView, notes_of
from handrail.core.access import Action, can_access
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.notes.note_view import face

WORDS_AT_MOST = 140
"""How much of a person's own words a line shows."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note in the list: when, of which session, its first words, who signed, its state."""

    note_id: UUID
    day: str
    session: str
    there: str
    words: str
    signed: str
    mark: str
    state: str
    added: int


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Some notes, and the address of older ones."""

    chart: ChartFrame
    lines: tuple[NoteLine, ...]
    older: str
    first: bool
    may_send: bool
    counsels: bool

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def notes(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The notes of one client, a page at a time however many there are."""
    framed = chart_frame(request, client_id, "staff:chart_notes")
    before = request.GET.get("before", "")[:80]
    found = notes_of(client_id, by=request.actor, before=before or None)
    page = NotesPage(
        chart=framed,
        lines=tuple(_line(one) for one in found.notes),
        older=f"?{urlencode({'before': found.before})}" if found.before else "",
        first=not before,
        may_send=can_access(request.actor, Action.DISCLOSE),
        counsels=can_access(request.actor, Action.KEEP_COUNSELING_NOTE),
    )
    return render(request, "staff/notes/chart_notes.jinja", {"page": page})


def _line(note: NoteView) -> NoteLine:
    shown, person = face(note), note.content.individual
    return NoteLine(
        note_id=note.id,
        day=shown.day,
        session=shown.session,
        there=person.status.value if person.status else "",
        words=_first_words(person.words or person.outreach),
        signed=note.signed_name,
        mark=shown.mark,
        state=shown.state,
        added=len(shown.added),
    )


def _first_words(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= WORDS_AT_MOST:
        return plain
    return f"{plain[:WORDS_AT_MOST].rsplit(' ', 1)[0]} …"
