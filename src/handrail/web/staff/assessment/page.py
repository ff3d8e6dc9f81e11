"""What the pages of an assessment show."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from markupsafe import Markup

from handrail.areas.assessment.models import Assessment, AssessmentState
from handrail.areas.assessment.selectors import assessments
from handrail.areas.assessment.selectors.assessments import Read
from handrail.areas.clients.models import (
    DraftDocument,
    OutsideProfessional,
)
from handrail.areas.clients.selectors.baseline import baseline_of, professionals_of
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.consents.selectors.disclosures import may_disclose
from handrail.areas.enrollment.selectors.session_days import session_days
from handrail.core.access import Action, Actor, Role, can_access
from handrail.core.assessment import Missing, use_field
from handrail.core.consents import Content as Told
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.core.disclosure import Covered
from handrail.data import assessment_wording
from handrail.web.kit import filters
from handrail.web.kit.drafts import Box, Boxes, facts
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.assessment import forms
from handrail.web.staff.assessment.view_models import SignedPiece, pieces_of
from handrail.web.staff.clients.chart import ChartFrame, chart_frame

TAB = "staff:chart_assessment"
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Something still missing: where it is done, and what."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One assessment in the list."""

    assessment_id: UUID
    when: str
    state: str
    by: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed assessment in full, with its signatures and addenda."""

    assessment_id: UUID
    pieces: tuple[SignedPiece, ...]
    signed: str
    co_signed: str
    waits: bool
    void: str
    untouched: bool
    addenda: tuple[tuple[str, str], ...]
    may_co_sign: bool
    may_void: bool


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The tab: what is being written and what it lacks, and the newest one that is signed."""

    chart: ChartFrame
    begun: str
    points: tuple[Point, ...]
    due: str
    due_late: bool
    due_source: str
    signed: Signed | None
    kept: tuple[KeptLine, ...]
    may_assess: bool
    add: Form
    void: Form
    problem: str = ""

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class SubstanceBoxes:
    """What is asked about one substance; `open` when something is written."""

    name: str
    boxes: tuple[Box, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PartBox:
    """One part: what is asked, and its box."""

    ask: str
    box: Box


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The parts that are written."""

    chart: ChartFrame
    parts: tuple[PartBox, ...]
    substances: tuple[SubstanceBoxes, ...]
    facts: Markup
    problem: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """One thing of the medical baseline: how it stands, and how it stood."""

    kind: str
    title: str
    ask: str
    note: str
    form: Form
    now: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfessionalLine:
    """A professional outside, and whether a consent covers telling them anything."""

    professional_id: UUID
    name: str
    about: str
    covered: bool
    said: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result of an outside instrument."""

    result_id: UUID
    words: str
    void: Form


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """The medical baseline, professionals outside and results of outside instruments."""

    chart: ChartFrame
    lines: tuple[BaselineLine, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    emergency: tuple[str, ...]
    professionals: tuple[ProfessionalLine, ...]
    results: tuple[ResultLine, ...]
    scheme_notes: tuple[tuple[str, str], ...]
    consents: str
    registry: str
    may_record: bool
    may_assess: bool
    professional: Form
    result: Form
    posted: Form | None

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


# ---- the tab -----------------------------------------------------------------------------------


def overview_page(
    request: StaffRequest,
    client_id: UUID,
    chosen: UUID | None = None,
    posted: Form | None = None,
    problem: str = "",
) -> OverviewPage:
    """The tab, with the newest signed assessment or the chosen one."""
    by, zone = request.actor, request.rules.zone
    chart = chart_frame(request, client_id, TAB)
    kept = assessments.assessments_of(client_id, by=by)
    draft = next((one for one in kept if one.state == AssessmentState.DRAFT), None)
    look_at = chosen or next(
        (
            one.pk
            for one in kept
            if one.state not in (AssessmentState.DRAFT, AssessmentState.VOIDED)
        ),
        None,
    )
    read = assessments.read_assessment(client_id, look_at, by=by) if look_at else None
    days = session_days(client_id, by=by) if draft else 0
    wording = assessment_wording()
    return OverviewPage(
        chart=chart,
        begun=f"{filters.moment(draft.begun_at, zone)}, {draft.begun_by}" if draft else "",
        points=_points(client_id, draft, by) if draft else (),
        due=f"{filters.counted(days, 'session day')} of {wording.due_session_days}"
        if draft
        else "",
        due_late=days > wording.due_session_days,
        due_source=wording.due_source,
        signed=_signed(read, by, zone) if read else None,
        kept=tuple(_kept(one, zone) for one in kept if one.state != AssessmentState.DRAFT),
        may_assess=can_access(by, Action.ASSESS),
        add=forms.AddForm().unless(posted),
        void=forms.VoidForm(key="void").unless(posted),
        problem=problem,
    )


def _points(client_id: UUID, draft: Assessment, by: Actor) -> tuple[Point, ...]:
    content = assessments.content_now(client_id, draft, by=by)
    found = assessments.missing_now(content, client_id, by=by)
    return tuple(Point(one.words, where(one, client_id)) for one in found)


def where(point: Missing, client_id: UUID) -> str:
    """The address at which something missing is done."""
    if point.where == "findings":
        return reverse("staff:assessment_findings", args=[client_id])
    if point.where.startswith("baseline."):
        return reverse("staff:assessment_baseline", args=[client_id])
    if point.where in ("diagnoses", "allergies"):
        return f"{reverse('staff:chart_about', args=[client_id])}#lists"
    if point.where == "contacts":
        return f"{reverse('staff:chart_about', args=[client_id])}#contacts"
    return reverse("staff:assessment_write", args=[client_id])


def _signed(read: Read, by: Actor, zone: str) -> Signed:
    row = read.row
    signed_at = filters.moment(row.signed_at, zone) if row.signed_at else ""
    waits = row.needs_co_signature and row.state == AssessmentState.SIGNED
    mine = row.signed_by is not None and str(row.signed_by.user_id) == by.id
    void = row.state == AssessmentState.VOIDED
    return Signed(
        assessment_id=row.pk,
        pieces=pieces_of(read.content),
        signed=f"{signed_at}, {row.signed_name}",
        co_signed=(
            f"{filters.moment(row.co_signed_at, zone)}, {row.co_signed_name}"
            if row.co_signed_at
            else ""
        ),
        waits=waits,
        void=f"Void: {row.void_reason} ({row.voided_by})" if void else "",
        untouched=read.untouched,
        addenda=tuple(
            (f"{filters.moment(one.signed_at, zone)}, {one.signed_name}", one.text)
            for one in sorted(row.addenda.all(), key=lambda one: one.signed_at)
        ),
        may_co_sign=not mine
        and row.state == AssessmentState.SIGNED
        and can_access(by, Action.CO_SIGN_ASSESSMENT),
        may_void=not void
        and can_access(by, Action.ASSESS)
        and (mine or Role.SUPERVISOR in by.roles),
    )


def _kept(one: Assessment, zone: str) -> KeptLine:
    when = filters.moment(one.signed_at, zone) if one.signed_at else ""
    return KeptLine(one.pk, when, str(one.get_state_display()), one.signed_name)


# ---- words -------------------------------------------------------------------------------------


def words_page(
    request: StaffRequest, client_id: UUID, problems: Mapping[str, str], problem: str = ""
) -> WordsPage:
    """The parts that are written, with what is wrong beside them."""
    chart = chart_frame(request, client_id, TAB)
    written = drafts_of(client_id, DraftDocument.ASSESSMENT, by=request.actor)
    boxes = Boxes(written, problems, request.rules.zone)
    wording = assessment_wording()
    return WordsPage(
        chart=chart,
        parts=tuple(
            PartBox(one.ask, boxes.box(one.code, one.title, rows=one.rows)) for one in wording.parts
        ),
        substances=tuple(_substance(one.code, one.words, boxes) for one in wording.substances),
        facts=facts(
            request,
            document=DraftDocument.ASSESSMENT,
            client_id=client_id,
            save=reverse("staff:assessment_save", args=[client_id]),
            settle=reverse("staff:assessment_settle", args=[client_id]),
        ),
        problem=problem,
    )


def _substance(code: str, name: str, boxes: Boxes) -> SubstanceBoxes:
    made = tuple(
        boxes.box(use_field(code, one.code), one.words, rows=1) for one in assessment_wording().use
    )
    return SubstanceBoxes(name, made, any(one.text or one.others for one in made))


# ---- baseline ----------------------------------------------------------------------------------


def baseline_page(
    request: StaffRequest, client_id: UUID, posted: Form | None = None
) -> BaselinePage:
    """The medical baseline, professionals and results, with the form that has something wrong."""
    by = request.actor
    chart = chart_frame(request, client_id, TAB)
    entries = baseline_of(client_id, by=by)
    wording = assessment_wording()
    lines = []
    for item in wording.baseline:
        states = dict(item.states)
        said = [
            "; ".join(
                part
                for part in (
                    states.get(one.state, one.state),
                    one.detail,
                    f"{filters.plain_date(one.on_date)}, {one.by_whom}",
                )
                if part
            )
            for one in entries.get(item.kind, ())
        ]
        lines.append(
            BaselineLine(
                item.kind, item.title, item.ask, item.note,
                forms.baseline_form(item.kind, on_date=chart.today).unless(posted),
                said[0] if said else "", tuple(said[1:]),
            )
        )  # fmt: skip
    return BaselinePage(
        chart=chart,
        lines=tuple(lines),
        lists=_lists(chart),
        emergency=tuple(
            f"{one.name}, {one.phone}" for one in chart.contacts
            if one.phone and (one.call_if_missed or "Only in an emergency" in one.may_know)
        ),
        professionals=tuple(
            _professional(one, by, chart) for one in professionals_of(client_id, by=by)
        ),
        results=tuple(
            ResultLine(
                one.pk,
                assessments.result_words(one),
                forms.VoidForm(key=f"void-result-{one.pk}").unless(posted),
            )
            for one in assessments.results_of(client_id, by=by)
        ),
        scheme_notes=tuple((one.name, one.what) for one in wording.schemes),
        consents=_address("staff:chart_consents", client_id),
        registry=_registry(client_id, by, chart),
        may_record=can_access(by, Action.RECORD_CLIENT),
        may_assess=can_access(by, Action.ASSESS),
        professional=forms.ProfessionalForm().unless(posted),
        result=forms.ResultForm(initial={"on_date": chart.today}).unless(posted),
        posted=posted,
    )  # fmt: skip


def _lists(chart: ChartFrame) -> tuple[tuple[str, tuple[str, ...]], ...]:
    now = [one for one in chart.summary.listed if not one.until_date]
    titles = (("diagnosis", "Diagnoses"), ("medicine", "Medicines"), ("allergy", "Allergies"))
    return tuple(
        (
            title,
            tuple(
                ", ".join(
                    part
                    for part in (
                        one.name,
                        one.code,
                        str(one.get_severity_display()).lower() if one.severity else "",
                        one.detail,
                        f"from {one.by_whom}" if one.by_whom else "",
                    )
                    if part
                )
                for one in now
                if one.kind == kind
            ),
        )
        for kind, title in titles
    )


def _professional(one: OutsideProfessional, by: Actor, chart: ChartFrame) -> ProfessionalLine:
    """Covered when a consent lets them be told that the client is in care here."""
    found = may_disclose(
        client_id=one.client_id,
        recipient=Recipient(RecipientKind.TREATING_PROVIDER, one.name),
        purpose=Purpose.TREATMENT,
        contents=[Told.IN_CARE],
        by=by,
        on=chart.today,
    )
    covered = isinstance(found, Covered)
    about = ", ".join(part for part in (str(one.get_kind_display()), one.place, one.phone) if part)
    said = "A consent covers them." if covered else "No consent covers them: nothing may be told."
    return ProfessionalLine(one.pk, one.name, about, covered, said)


def _registry(client_id: UUID, by: Actor, chart: ChartFrame) -> str:
    """Whether what is dispensed here may be reported to the register (42 CFR 2.36)."""
    found = may_disclose(
        client_id=client_id,
        recipient=Recipient(RecipientKind.REGISTRY, "Prescription monitoring"),
        purpose=Purpose.TREATMENT,
        contents=[Told.MEDICINES],
        by=by,
        on=chart.today,
    )
    if isinstance(found, Covered):
        return "A consent to report to the register is on file."
    return "No consent to report to the register is on file: nothing may be reported."


def _address(name: str, client_id: UUID) -> str:
    try:
        return reverse(name, args=[client_id])
    except NoReverseMatch:  # a tab that is not there yet
        return ""
