"""Counseling notes: a page of one's own beside each chart, that nobody else can open."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.areas.counseling import services as counseling
from handrail.areas.counseling.models import CounselingNote
from handrail.areas.counseling.selectors import (
    counseling_draft_of,
    counseling_note,
    counseling_notes_of,
)
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Choices, Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.counseling.forms import AddForm, LeaveForm, NoteForm

NOT_IN_IT = (
    "Medication, when a session began and ended, the kind and frequency of treatment, results of "
    "tests, and any summary of diagnosis, functional status, treatment plan, symptoms, prognosis "
    "and progress."
)
"""What the law keeps out of such notes. Source: 42 CFR 2.11; 45 CFR 164.501."""


@dataclass(frozen=True, slots=True)
class CounselingPage:
    """One's own notes about a client, each with its two forms, and the form for the next."""

    chart: ChartFrame
    notes: tuple[tuple[CounselingNote, Form, Form], ...]
    draft: CounselingNote | None
    write: Form
    not_in_it: str = NOT_IN_IT

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_notes(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """One's own counseling notes about a client; posted, the next is kept or signed."""
    if request.method != "POST":
        return _show(request, client_id)
    form = NoteForm(request.POST)
    signs = request.POST.get("do") == "sign"
    keep = counseling.sign_counseling_note if signs else counseling.keep_counseling_draft
    if not form.submit(keep, client_id=client_id, by=request.actor, at=clock.now()):
        return _show(request, client_id, form)
    said = "It is signed. Only you can open it." if signs else "It is kept as a draft."
    messages.success(request, said)
    return redirect("staff:counseling_notes", client_id=client_id)


@require_POST
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_note_add(request: StaffRequest, counseling_note_id: UUID) -> HttpResponse:
    """Add to a signed note of one's own."""
    note = counseling_note(counseling_note_id, by=request.actor)
    form = AddForm(request.POST, key=f"add-{note.pk}")
    service = counseling.add_to_counseling_note
    if not form.submit(service, note_id=note.pk, by=request.actor, at=clock.now()):
        return _show(request, note.client_id, form)
    messages.success(request, "It is added and signed.")
    return redirect("staff:counseling_notes", client_id=note.client_id)


@require_POST
@staff(Action.KEEP_COUNSELING_NOTE)
def counseling_note_let_out(request: StaffRequest, counseling_note_id: UUID) -> HttpResponse:
    """One note on paper, once its own consent covers it; or why it may not leave."""
    note = counseling_note(counseling_note_id, by=request.actor)
    chart = chart_frame(request, note.client_id, "staff:chart_notes")
    form = LeaveForm(request.POST, key=f"give-{note.pk}", contact=_contacts(chart))
    service = counseling.let_out_counseling_note
    if not form.submit(service, note_id=note.pk, by=request.actor, at=clock.now()):
        return _show(request, note.client_id, form)
    page = {
        "frame": frame(request, "Counseling note", here="staff:clients"),
        "note": note,
        "left": form.result,
    }
    return render(request, "staff/counseling/counseling_paper.jinja", {"page": page})


def _show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    by = request.actor
    chart = chart_frame(request, client_id, "staff:chart_notes")
    draft = counseling_draft_of(client_id, by=by)
    begun: dict[str, object] = {"note_date": draft.note_date if draft else chart.today}
    if draft:
        begun |= {"session": draft.session, "text": draft.text}
    page = CounselingPage(
        chart=chart,
        notes=tuple(
            (
                one,
                AddForm(key=f"add-{one.pk}").unless(posted),
                LeaveForm(key=f"give-{one.pk}", contact=_contacts(chart)).unless(posted),
            )
            for one in counseling_notes_of(client_id, by=by)
        ),
        draft=draft,
        write=NoteForm(initial=begun).unless(posted),
    )
    status = posted.status if posted else 200
    return render(request, "staff/counseling/counseling.jinja", {"page": page}, status=status)


def _contacts(chart: ChartFrame) -> Choices:
    return [(one.contact_id, one.name) for one in chart.contacts]
