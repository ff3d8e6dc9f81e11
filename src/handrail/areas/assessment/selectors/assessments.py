"""Reading assessments: the one being written, those signed, findings, results, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from handrail.areas.assessment.models import (
    AssessedFinding,
    Assessment,
    AssessmentState,
    OutsideResult,
)
from handrail.areas.charts import selectors as clients
from handrail.areas.charts.selectors.chart import Summary
from handrail.areas.clients.models import DraftDocument, ListedKind, MayKnow, Severity
from handrail.areas.clients.selectors.baseline import baseline_of, professionals_of
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.assessment import (
    Content,
    FindingSaid,
    Missing,
    content_of,
    missing,
    read_canonical,
)
from handrail.core.findings import Finding, Open, read_stated
from handrail.core.notes.content import content_hash
from handrail.data import GENERAL_ADMISSION, assessment_wording, criteria_set, findings_catalogue


@dataclass(frozen=True, slots=True)
class Read:
    """An assessment that is signed, with what it says and whether it is untouched."""

    row: Assessment
    content: Content
    untouched: bool


def assessments_of(client_id: UUID, *, by: Actor) -> tuple[Assessment, ...]:
    """Every assessment of a client, newest first, without their texts."""
    check_access(by, Action.READ_CHART)
    return tuple(_rows(by).filter(client=client_id).defer("content").order_by("-begun_at", "-id"))


def read_assessment(client_id: UUID, assessment_id: UUID, *, by: Actor) -> Read:
    """A signed one in full. Raises NotHere for another client's, or one being written."""
    check_access(by, Action.READ_CHART)
    row = (
        _rows(by)
        .filter(client=client_id, pk=assessment_id)
        .exclude(state=AssessmentState.DRAFT)
        .prefetch_related("addenda")
        .first()
    )
    if row is None:
        raise NotHere
    return Read(row, read_canonical(row.content), content_hash(row.content) == row.content_hash)


def draft_of(client_id: UUID, *, by: Actor) -> Assessment | None:
    """The assessment that is being written; None when there is none."""
    check_access(by, Action.READ_CHART)
    return _rows(by).filter(client=client_id, state=AssessmentState.DRAFT).first()


def findings_of(assessment_id: UUID, *, by: Actor) -> Mapping[str, tuple[AssessedFinding, ...]]:
    """Every finding of an assessment by code, the newest first: that one holds. One query."""
    check_access(by, Action.READ_CHART)
    found: dict[str, list[AssessedFinding]] = {}
    rows = AssessedFinding.objects.filter(
        organization_id=by.organization_id, assessment=assessment_id
    )
    for one in rows.order_by("code", "-id"):
        found.setdefault(one.code, []).append(one)
    return {code: tuple(rows) for code, rows in found.items()}


def stated(found: Mapping[str, tuple[AssessedFinding, ...]]) -> dict[str, object]:
    """The findings that hold, as `make_recommendation` takes them."""
    return {
        code: {"value": rows[0].value[0], "evidence": rows[0].evidence}
        for code, rows in found.items()
    }


def results_of(client_id: UUID, *, by: Actor) -> tuple[OutsideResult, ...]:
    """Results of outside instruments that are not voided, newest first."""
    check_access(by, Action.READ_CHART)
    rows = OutsideResult.objects.filter(
        organization_id=by.organization_id, client=client_id, voided_at__isnull=True
    )
    return tuple(rows.order_by("-on_date", "-recorded_at", "id"))


def content_now(client_id: UUID, assessment: Assessment, *, by: Actor) -> Content:
    """What would be signed now: the texts of the draft, and the lists as the chart holds them."""
    wording = assessment_wording()
    texts = drafts_of(client_id, DraftDocument.ASSESSMENT, by=by)
    found = findings_of(assessment.pk, by=by)
    return content_of(
        {name: one.text for name, one in texts.items()},
        wording,
        **_lists(clients.summary(client_id, by=by)),
        baseline=_baseline(client_id, by),
        professionals=tuple(
            _joined(", ", one.name, one.get_kind_display().lower(), one.place, one.phone)
            for one in professionals_of(client_id, by=by)
        ),
        findings=_findings_said(found),
        results=tuple(result_words(one) for one in results_of(client_id, by=by)),
    )


def missing_now(content: Content, client_id: UUID, *, by: Actor) -> tuple[Missing, ...]:
    """What stands between that and a signature."""
    known = {kind for kind, entries in baseline_of(client_id, by=by).items() if entries}
    asked = {one.code for one in content.findings}
    catalogue = findings_catalogue()
    reads = criteria_set(GENERAL_ADMISSION).vocabulary.reads
    safety = [
        one.label
        for code, one in catalogue.items()
        if one.safety_critical and not one.measured and code in reads and code not in asked
    ]
    return missing(content, assessment_wording(), baseline_known=known, safety_open=safety)


def result_words(one: OutsideResult) -> str:
    """A result in a line: "The ASAM Criteria, 3rd (2013): 2.1, Nov 3, 2026, Dr. Strand"."""
    day = f"{one.on_date:%b} {one.on_date.day}, {one.on_date.year}"
    return f"{one.name}, {one.edition}: {one.result}, {day}, {one.by_whom}"


def read_findings(found: Mapping[str, tuple[AssessedFinding, ...]]) -> dict[str, Finding]:
    """The findings that hold, as the core reads them."""
    return read_stated(stated(found), findings_catalogue())


def _rows(by: Actor) -> QuerySet[Assessment]:
    return Assessment.objects.filter(organization_id=by.organization_id)


def _findings_said(
    found: Mapping[str, tuple[AssessedFinding, ...]],
) -> tuple[FindingSaid, ...]:
    catalogue = findings_catalogue()
    return tuple(
        FindingSaid(code, catalogue[code].say(one.answer), one.evidence)
        for code, one in sorted(read_findings(found).items())
        if one.answer is not Open.NOT_ASKED
    )


def _lists(summary: Summary) -> dict[str, tuple[str, ...]]:
    """The lists of the chart as lines, and who may be told in an emergency."""
    now = [one for one in summary.listed if not one.until_date]

    def of(kind: str) -> tuple[str, ...]:
        return tuple(
            _joined(
                ", ",
                one.name,
                one.code,
                Severity(one.severity).label.lower() if one.severity else "",
                one.detail,
                f"from {one.by_whom}" if one.by_whom else "",
            )
            for one in now
            if one.kind == kind
        )

    return {
        "diagnoses": of(ListedKind.DIAGNOSIS),
        "medicines": of(ListedKind.MEDICINE),
        "allergies": of(ListedKind.ALLERGY),
        "emergency_contacts": tuple(
            _joined(", ", one.name, str(one.get_relationship_display()).lower(), one.phone)
            for one in summary.contacts
            if one.phone and (MayKnow.EMERGENCY in one.may_know or one.call_if_missed)
        ),
    }


def _baseline(client_id: UUID, by: Actor) -> tuple[tuple[str, str], ...]:
    entries = baseline_of(client_id, by=by)
    lines = []
    for item in assessment_wording().baseline:
        for one in entries.get(item.kind, ())[:1]:
            words = dict(item.states).get(one.state, one.state)
            day = f"{one.on_date:%b} {one.on_date.day}, {one.on_date.year}"
            lines.append((item.title, _joined("; ", words, one.detail, f"{day}, {one.by_whom}")))
    return tuple(lines)


def _joined(between: str, *words: object) -> str:
    return between.join(str(one) for one in words if one)
