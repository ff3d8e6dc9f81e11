"""Print or send: chosen notes and the timeline as one paper for one recipient, through the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.consents import services
from handrail.areas.consents.errors import Uncovered
from handrail.areas.consents.models import Disclosure
from handrail.areas.notes.models import NoteState
from handrail.areas.notes.selectors.notes import NoteView, notes_between, notes_chosen
from handrail.core.access import Action
from handrail.core.consents import Content
from handrail.core.disclosure import Covered
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.foundation.timeline import Entry, entries
from handrail.integrations import documents
from handrail.integrations.documents import Block
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import Filled, filled, problems_of, some_day, with_problems
from handrail.web.staff.consents.words import theirs
from handrail.web.staff.documents import recipients
from handrail.web.staff.documents.errors import EndsBeforeItBegins, NothingOfThis
from handrail.web.staff.documents.recipients import Choices, as_file
from handrail.web.staff.notes.note_view import Face, face

USUALLY_DAYS = 30
"""How far back the form looks unless another day is typed."""
NOTES_TELL = frozenset({Content.NOTES, Content.ATTENDANCE})
"""A note says whether the person came."""
IN_THE_TIMELINE = tuple(
    (one.value, theirs(one.words[0].upper() + one.words[1:]))
    for one in (
        Content.IN_CARE,
        Content.ATTENDANCE,
        Content.COURSE,
        Content.PROGRESS,
        Content.DIAGNOSES,
        Content.MEDICINES,
        Content.ASSESSMENT,
        Content.RECOMMENDATION,
        Content.SAFETY_PLAN,
        Content.LEDGER,
    )
)
"""What of the timeline can be taken along. Flags, contacts and outreach name others: they stay."""
_WHICH: Choices = (
    ("", "No notes"),
    ("days", "Every signed note of these days"),
    ("chosen", "The notes marked below"),
)
_FIELDS = ("which", "from", "until", "to", "name", "purpose")


@dataclass(frozen=True, slots=True)
class SendPage:
    """The form: what, to whom, what for; and what the gate says to it, once asked."""

    chart: ChartFrame
    which: Choices
    notes: Choices
    tells: Choices
    to: Choices
    to_by_name: Choices
    named: tuple[str, ...]
    purposes: Choices
    form: Filled
    covered: str
    so_much: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class Taken:
    """What was chosen: the notes and the lines of the timeline, the days they are of, and what they
    tell. `left_out` says which note does not go along.
    """

    days: tuple[date, date]
    notes: tuple[NoteView, ...]
    lines: tuple[Entry, ...]
    contents: frozenset[Content]
    left_out: str

    @property
    def words(self) -> str:
        """3 notes and 12 lines of the timeline, Nov 1 to Nov 24, 2026."""
        parts = (
            filters.counted(len(self.notes), "note") if self.notes else "",
            f"{filters.counted(len(self.lines), 'line')} of the timeline" if self.lines else "",
        )
        first, last = (filters.plain_date(one) for one in self.days)
        return f"{' and '.join(one for one in parts if one)}, {first} to {last}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE)
def chart_send(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Choose what and for whom; the gate decides; then it comes as a PDF, accounted for."""
    if request.method != "POST":
        return _show(request, client_id, _begun(request))
    form = filled(request.POST, _FIELDS, several=("note", "tells"), key="send")
    try:
        taken = _taken(request, client_id, form)
        if request.POST.get("do") == "look":
            scope = _look(request, client_id, form, taken)
            return _show(request, client_id, form, covered=scope, taken=taken)
        made = _leave(request, client_id, form, taken)
    except Uncovered as refused:
        problems = {"gate": sentence(refused)}
        return _show(request, client_id, with_problems(form, problems))
    except Invalid as wrong:
        return _show(request, client_id, with_problems(form, problems_of(wrong)))
    return as_file(_pdf(request, client_id, taken, made))


def _begun(request: StaffRequest) -> Filled:
    """The form as it opens: the last weeks, and the notes that were marked on their list."""
    today = clock.today(request.rules.zone)
    marked = tuple(request.GET.getlist("note"))
    typed = {
        "which": "chosen" if marked else "days",
        "from": filters.plain_date(today - timedelta(days=USUALLY_DAYS)),
        "until": filters.plain_date(today),
    }
    return Filled("send", typed, {"note": marked})


# ---- what goes along ---------------------------------------------------------------------------


def _taken(request: StaffRequest, client_id: UUID, form: Filled) -> Taken:
    """What was chosen, found. Raises NothingOfThis when there is nothing of it."""
    today = clock.today(request.rules.zone)
    until_day = some_day(form, "until") or today
    from_day = some_day(form, "from") or until_day - timedelta(days=USUALLY_DAYS)
    if from_day > until_day:
        raise EndsBeforeItBegins
    told = _told(form)
    found = _notes(request, client_id, form, from_day, until_day)
    notes = tuple(one for one in found if one.intact and one.state is not NoteState.VOIDED)
    lines = _lines(request, client_id, from_day, until_day, told)
    if not notes and not lines:
        raise NothingOfThis
    here = frozenset(one for entry in lines for one in entry.said.tells)
    contents = here | (NOTES_TELL if notes else frozenset())
    missing = len(found) - len(notes)
    left_out = f"{filters.counted(missing, 'void or changed note')} stays here." if missing else ""
    zone = request.rules.zone
    days = [*(one.local_date for one in notes), *(_day(one, zone) for one in lines)]
    return Taken((min(days), max(days)), notes, lines, contents, left_out)


def _day(one: Entry, zone: str) -> date:
    return filters.local_day(one.at, zone)


def _told(form: Filled) -> frozenset[Content]:
    offered = dict(IN_THE_TIMELINE)
    return frozenset(Content(one) for one in form.chosen["tells"] if one in offered)


def _notes(
    request: StaffRequest, client_id: UUID, form: Filled, from_day: date, until_day: date
) -> tuple[NoteView, ...]:
    if form.value("which") == "days":
        return notes_between(client_id, by=request.actor, from_day=from_day, until_day=until_day)
    if form.value("which") == "chosen":
        return notes_chosen(client_id, _keys(form), by=request.actor)
    return ()


def _lines(
    request: StaffRequest,
    client_id: UUID,
    from_day: date,
    until_day: date,
    told: frozenset[Content],
) -> tuple[Entry, ...]:
    """Entries of these days that tell nothing but what was marked, the earliest first."""
    zone = request.rules.zone
    found: list[Entry] = []
    before, more = None, bool(told)
    while more:
        some, more = entries(client_id, by=request.actor, zone=zone, before=before, limit=200)
        days = [(_day(one, zone), one) for one in some]
        found += [
            one
            for day, one in days
            if from_day <= day <= until_day and one.said.tells and one.said.tells <= told
        ]
        if some:
            before, more = some[-1].place, more and days[-1][0] >= from_day
    return tuple(reversed(found))


def _keys(form: Filled) -> list[UUID]:
    found = []
    for one in form.chosen["note"]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


# ---- through the gate --------------------------------------------------------------------------


def _look(request: StaffRequest, client_id: UUID, form: Filled, taken: Taken) -> str:
    """What covers it, in words. Raises Uncovered when nothing does."""
    recipient = recipients.chosen(form, client_id, request)
    found = consents_selectors.may_disclose(
        client_id=client_id,
        recipient=recipient,
        purpose=recipients.purpose(form, recipient.kind),
        contents=taken.contents,
        by=request.actor,
        on=clock.today(request.rules.zone),
    )
    if isinstance(found, Covered):
        return found.scope
    raise Uncovered(tuple(found.reasons), client_id)


def _leave(request: StaffRequest, client_id: UUID, form: Filled, taken: Taken) -> Disclosure:
    recipient = recipients.chosen(form, client_id, request)
    return services.disclose(
        client_id=client_id,
        recipient=recipient,
        purpose=recipients.purpose(form, recipient.kind),
        contents=taken.contents,
        what=f"From the chart: {taken.words}",
        how="pdf",
        by=request.actor,
        at=clock.now(),
    )


# ---- the paper ---------------------------------------------------------------------------------


def _pdf(request: StaffRequest, client_id: UUID, taken: Taken, made: Disclosure) -> bytes:
    client = charts_selectors.client(client_id, by=request.actor)
    zone = request.rules.zone
    return documents.document(
        title="From the chart",
        subtitle=f"{client.full_name}, born {filters.plain_day(client.birth_date)}."
        f" For {made.recipient_name or 'whom it concerns'}."
        f" {request.organization_name}, {filters.plain_day(clock.today(zone))}.",
        house=request.organization_name,
        foot=request.organization_name,
        blocks=_blocks(taken, zone),
        terms=(made.statement, made.scope),
    )


def _blocks(taken: Taken, zone: str) -> list[Block]:
    blocks = [documents.small(f"{taken.words}. Nothing else of the chart is here.")]
    if taken.lines:
        rows = [_row(one, zone) for one in taken.lines]
        blocks += [documents.heading("Timeline"), documents.table(_HEAD, rows, widths=(2, 3, 6))]
    if taken.notes:
        blocks.append(documents.heading("Notes"))
    for one in taken.notes:
        blocks += _note(face(one))
    return blocks


_HEAD = ("Day", "What", "In words")


def _row(one: Entry, zone: str) -> tuple[str, str, str]:
    day = filters.plain_date(_day(one, zone))
    said = "; ".join(part for part in (one.said.words, f"By {one.by}" if one.by else "") if part)
    return day, one.said.title, said


def _note(one: Face) -> Sequence[Block]:
    """One note as it was signed: the shared part, the own words, every signature."""
    added = [documents.text(f"Added later: {each.text} ({each.signed})") for each in one.added]
    due = "The co-signature is still due." if one.co_signature_due else ""
    signed = (one.signed, one.co_signed, due, one.locked, f"Fingerprint {one.fingerprint}")
    return (
        documents.heading(f"{one.day}: {one.session}", level=3),
        documents.text(one.there),
        *(documents.text(f"{each.label}: {each.text}") for each in (*one.own, *one.shared)),
        *added,
        documents.small(" ".join(part for part in signed if part)),
    )


def _show(
    request: StaffRequest,
    client_id: UUID,
    form: Filled,
    *,
    covered: str = "",
    taken: Taken | None = None,
) -> HttpResponse:
    chart = chart_frame(request, client_id, "staff:chart")
    marked = notes_chosen(client_id, _keys(form), by=request.actor)
    faces = tuple(face(one) for one in marked)
    page = SendPage(
        chart=chart,
        which=_WHICH if faces else _WHICH[:2],
        notes=tuple((str(one.note_id), f"{one.day}: {one.session}") for one in faces),
        tells=IN_THE_TIMELINE,
        to=recipients.on_file(chart, request),
        to_by_name=recipients.BY_NAME,
        named=recipients.named(client_id, request),
        purposes=recipients.PURPOSES,
        form=form,
        covered=covered,
        so_much=f"{taken.words}. {taken.left_out}".strip() if taken else "",
    )
    status = 400 if form.problems else 200
    return render(request, "staff/documents/record.jinja", {"page": page}, status=status)
