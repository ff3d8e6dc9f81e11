"""Counseling notes: a page of one's own beside each chart, that nobody else can open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.areas.clients.services.entering import Mistaken
from handrail.areas.consents.models import Disclosure
from handrail.areas.consents.services.disclosures import Uncovered
from handrail.areas.counseling import services as counseling
from handrail.areas.counseling.models import CounselingNote, CounselingSession
from handrail.areas.counseling.selectors import (
    counseling_draft_of,
    counseling_note,
    counseling_notes_of,
)
from handrail.core.access import Action
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import NOTHING, Filled, filled, needed_day, with_problems
from handrail.web.staff.consents import words

NOT_IN_IT = (
    "Medication, when a session began and ended, the kind and frequency of treatment, results of "
    "tests, and any summary of diagnosis, functional status, treatment plan, symptoms, prognosis "
    "and progress."
)
"""What the law keeps out of such notes. Source: 42 CFR 2.11; 45 CFR 164.501."""
_WRITE = ("note_date", "session", "text")
_GIVE = ("contact", "to", "name", "purpose", "how")
_TO: words.Choices = tuple(
    (one.value, one.words) for one in RecipientKind
    if one not in (RecipientKind.CONTACT, RecipientKind.CLIENT)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as it was signed: its lines, and by whom and when."""

    text: str
    signed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One note with what was added to it. `key` names its forms."""

    note_id: UUID
    key: str
    day: str
    session: str
    note: Piece
    added: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CounselingPage:
    """One's own notes about a client, and the form for the next."""

    chart: ChartFrame
    lines: tuple[Line, ...]
    draft: str
    draft_saved: str
    session: str
    day: str
    sessions: words.Choices
    not_in_it: str
    to: words.Choices
    contacts: words.Choices
    purposes: words.Choices
    how: words.Choices
    form: Filled

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame

    def form_for(self, key: str) -> Filled:
        """The form as typed when it is this one, otherwise an empty one."""
        return self.form if self.form.key == key else NOTHING


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One note as it leaves, with the statement and the scope of the consent."""

    frame: Frame
    client_id: UUID
    name: str
    to: str
    line: Line
    statement: str
    scope: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_notes(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """One's own counseling notes about a client; posted, the next is kept or signed."""
    if request.method != "POST":
        return _show(request, client_id, NOTHING)
    form = filled(request.POST, _WRITE, key="write")
    signs = request.POST.get("do") == "sign"
    keep = counseling.sign_counseling_note if signs else counseling.keep_counseling_draft
    try:
        keep(
            client_id=client_id,
            text=form.value("text"),
            note_date=needed_day(form, "note_date"),
            session=form.value("session"),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        return _show(request, client_id, with_problems(form, wrong.problems))
    said = "It is signed. Only you can open it." if signs else "It is kept as a draft."
    messages.success(request, said)
    return redirect("staff:counseling_notes", client_id=client_id)


@require_POST
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_note_add(request: StaffRequest, counseling_note_id: UUID) -> HttpResponse:
    """Add to a signed note of one's own."""
    note = counseling_note(counseling_note_id, by=request.actor)
    form = filled(request.POST, ("text",), key=f"add-{note.pk}")
    try:
        counseling.add_to_counseling_note(
            note_id=note.pk, text=form.value("text"), by=request.actor, at=clock.now()
        )
    except Mistaken as wrong:
        return _show(request, note.client_id, with_problems(form, wrong.problems))
    messages.success(request, "It is added and signed.")
    return redirect("staff:counseling_notes", client_id=note.client_id)


@require_POST
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_note_let_out(request: StaffRequest, counseling_note_id: UUID) -> HttpResponse:
    """One note on paper, once its own consent covers it; or why it may not leave."""
    note = counseling_note(counseling_note_id, by=request.actor)
    form = filled(request.POST, _GIVE, key=f"give-{note.pk}")
    try:
        made = counseling.let_out_counseling_note(
            note_id=note.pk,
            recipient=_recipient(form),
            purpose=_purpose(form),
            how=form.value("how"),
            by=request.actor,
            at=clock.now(),
        )
    except Uncovered as refused:
        problems = {"gate": f"This may not leave. {refused}"}
        return _show(request, note.client_id, with_problems(form, problems))
    except Mistaken as wrong:
        return _show(request, note.client_id, with_problems(form, wrong.problems))
    return _paper(request, note, made)


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, client_id: UUID, form: Filled) -> HttpResponse:
    by, zone = request.actor, request.rules.zone
    chart = chart_frame(request, client_id, "staff:chart_notes")
    draft = counseling_draft_of(client_id, by=by)
    page = CounselingPage(
        chart=chart,
        lines=tuple(_line(one, zone) for one in counseling_notes_of(client_id, by=by)),
        draft=draft.text if draft else "",
        draft_saved=filters.moment(draft.written_at, zone) if draft else "",
        session=draft.session if draft else "",
        day=_typed(draft.note_date if draft else chart.today),
        sessions=tuple((one.value, str(one.label)) for one in CounselingSession),
        not_in_it=NOT_IN_IT,
        to=_TO,
        contacts=tuple((str(one.contact_id), one.name) for one in chart.contacts),
        purposes=words.ANY_PURPOSE,
        how=words.HOW,
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/counseling/counseling.jinja", {"page": page}, status=status)


def _paper(request: StaffRequest, note: CounselingNote, made: Disclosure) -> HttpResponse:
    zone = request.rules.zone
    mine = counseling_notes_of(note.client_id, by=request.actor)
    page = PaperPage(
        frame=frame(request, "Counseling note", here="staff:clients"),
        client_id=note.client_id,
        name=note.client.full_name,
        to=made.recipient_name,
        line=next(_line(one, zone) for one in mine if one.pk == note.pk),
        statement=made.statement,
        scope=made.scope,
    )
    return render(request, "staff/counseling/counseling_paper.jinja", {"page": page})


def _line(note: CounselingNote, zone: str) -> Line:
    session = CounselingSession(note.session).label if note.session else "Not about one session"
    return Line(
        note_id=note.pk,
        key=str(note.pk),
        day=filters.plain_day(note.note_date),
        session=str(session),
        note=_piece(note, zone),
        added=tuple(_piece(one, zone) for one in note.addenda.all()),
    )


def _piece(row: CounselingNote, zone: str) -> Piece:
    when = filters.moment(row.signed_at, zone) if row.signed_at else ""
    return Piece(row.text, f"{row.signed_name}, {when}")


def _typed(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


# ---- what was chosen ---------------------------------------------------------------------------


def _recipient(form: Filled) -> Recipient:
    """A contact when one was chosen, otherwise who was typed."""
    try:
        return Recipient(RecipientKind.CONTACT, "", str(UUID(form.value("contact"))))
    except ValueError:
        to = form.value("to")
        kind = RecipientKind(to) if to in dict(_TO) else RecipientKind.OTHER
        return Recipient(kind, form.value("name"))


def _purpose(form: Filled) -> Purpose:
    text = form.value("purpose")
    if text not in set(Purpose):
        raise Mistaken({"purpose": "Choose what it is for."})
    return Purpose(text)
