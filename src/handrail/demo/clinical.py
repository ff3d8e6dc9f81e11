"""Safety plans and assessments of the demo: made for those at risk, signed for most, one half done.

Every word is made up. Keys follow from the seed, so that the same evening has the same rows.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handrail.areas.assessment import models as placement
from handrail.areas.clients import models as clients_models
from handrail.areas.clients.models import BaselineKind, DraftDocument, MayKnow
from handrail.areas.clients.services.problem_list import NO_ALLERGIES
from handrail.areas.counseling import models as counseling_models
from handrail.areas.safety import models as safety_models
from handrail.core import assessment as assessing
from handrail.core import safety_plan as planning
from handrail.core.assessment import BaselineItem, Content, FindingSaid, Use
from handrail.core.findings import read_stated
from handrail.core.notes.content import content_hash
from handrail.core.notes.signatures import needs_co_signature
from handrail.core.safety_plan import MeansSaid, Naloxone, Plan
from handrail.data import assessment_wording, findings_catalogue, note_rules
from handrail.demo.book import Person, diagnosis_names, phrases_of_charts
from handrail.demo.charts import Chart
from handrail.demo.house import Colleague, House
from handrail.demo.tonight import CLOSED_CONCERN, OVERDOSE_RISK, SUICIDE_RISK

COUNSELING_NOTE = (
    "The quiet after I asked about the house was the loudest part of the hour. I filled it too "
    "soon.\n\nNext time: wait, and let the sister come up by herself."
)
AFTER_HOURS = "On-call counselor of Alder Street, 614-555-0190"
HALF_WRITTEN = "Lauren Kessler"
WAITS_FOR_CO_SIGNATURE = "Ji-woo Seo"


def write_clinical(house: House, charts: Mapping[str, Chart]) -> None:
    """Put plans and assessments into the house; `charts` are those in care, by name."""
    _plans(house, charts)
    half = charts[HALF_WRITTEN]
    for chart in charts.values():
        if chart is not half and not chart.closed:
            _assessment(house, chart)
    _half_written(house, half)
    _outside(house, charts[SUICIDE_RISK])
    _counseling(house, charts[SUICIDE_RISK])


# ---- safety plans ------------------------------------------------------------------------------


def _plans(house: House, charts: Mapping[str, Chart]) -> None:
    words = phrases_of_charts()["safety"]
    mara, dev = house.staff["mara"], house.staff["dev"]
    for name, who, days in (
        (SUICIDE_RISK, mara, 5),
        (OVERDOSE_RISK, dev, 2),
        (CLOSED_CONCERN, mara, 9),
    ):
        chart = charts[name]
        at = house.at(house.days_ago(days), 19, 40)
        if name == CLOSED_CONCERN:
            at = house.at(chart.opened + timedelta(days=11), 17)
        _plan(house, chart, words[name], who, at)


def _plan(
    house: House, chart: Chart, words: Mapping[str, object], who: Colleague, at: datetime
) -> None:
    """A signed version. Marcus's is to be looked at today; the others' next look has time."""
    due = chart.person.name == SUICIDE_RISK
    next_look = house.day if due else house.day + timedelta(days=12)
    said: Mapping[str, list[str]] = words["said"]  # type: ignore[assignment]
    means: list[list[str]] = words["means"]  # type: ignore[assignment]
    naloxone: list[str] = words["naloxone"]  # type: ignore[assignment]
    plan = Plan(
        said={code: tuple(lines) for code, lines in said.items()},
        means=tuple(MeansSaid(code, answer, agreed) for code, answer, agreed in means),
        naloxone=Naloxone(naloxone[0], None, "", naloxone[1]),
        after_hours=AFTER_HOURS,
        next_look=next_look,
        owner=who.name,
        agreed_name=chart.person.name,
    )
    text = planning.canonical(plan)
    house.rows.add(
        safety_models.SafetyPlan(
            id=house.key("safety plan", chart.person.name, 1),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            number=1,
            content=text,
            content_hash=content_hash(text),
            agreed_name=chart.person.name,
            next_look_date=next_look,
            owner_id=who.membership_id,
            signed_at=at,
            signed_by_id=who.membership_id,
            signed_name=who.signature(at.date()),
        )
    )


# ---- assessments -------------------------------------------------------------------------------


def _assessment(house: House, chart: Chart) -> None:
    """A signed assessment from the first week of the stay, with its medical baseline."""
    signer = _signer(house, chart)
    at = min(house.at(chart.opened + timedelta(days=4), 15, 20), house.now - timedelta(hours=3))
    _baseline(house, chart, signer.name, at)
    content = _content(house, chart, signer.name, at)
    text = assessing.canonical(content)
    alone = note_rules().sign_alone
    needs = needs_co_signature(signer.credentials, on=at.date(), sign_alone=alone)
    made = placement.Assessment(
        id=house.key("assessment", chart.person.name),
        organization_id=house.organization_id,
        client_id=chart.client_id,
        state="signed",
        begun_at=house.at(chart.opened, 14, 10),
        begun_by=signer.name,
        content=text,
        content_hash=content_hash(text),
        needs_co_signature=needs,
        signed_at=at,
        signed_by_id=signer.membership_id,
        signed_name=signer.signature(at.date()),
    )
    house.rows.add(made)
    for code, raw in _facts(house, chart).items():
        house.rows.add(_finding(house, made, code, raw, signer.name, at))


def _signer(house: House, chart: Chart) -> Colleague:
    """Whoever leads their group, or whom a supervisor still has to co-sign."""
    if chart.person.name == WAITS_FOR_CO_SIGNATURE:
        return house.staff["carmen"]
    return house.staff[chart.stretches[-1].track.pattern.leaders[0]]


def _content(house: House, chart: Chart, by: str, at: datetime) -> Content:
    person, words = chart.person, phrases_of_charts()["assessment"]
    chance = house.chance("assessment", person.name)
    catalogue = findings_catalogue()
    said = {
        code: chance.choice(choices).format(called=person.called or person.given)
        for code, choices in words["parts"].items()
    }
    said |= words["of"].get(person.name, {})
    said["goals"] = "\n".join(f"“{goal}”" for goal in person.goals) or said["goals"]
    found = read_stated(_facts(house, chart), catalogue)
    substance, amount, last = words["use"].get(person.diagnoses[0], words["use"]["F10.20"])
    return Content(
        said=said,
        use=(Use(substance, {"amount": amount, "last": last}),),
        diagnoses=tuple(f"{diagnosis_names()[code]}, {code}" for code in person.diagnoses),
        medicines=tuple(", ".join(one) for one in person.medicines),
        allergies=tuple(", ".join(one) for one in person.allergies) or (NO_ALLERGIES,),
        baseline=tuple(
            (item.title, f"{_state(person, item)[1]}; {at:%b} {at.day}, {at.year}, {by}")
            for item in assessment_wording().baseline
        ),
        emergency_contacts=tuple(
            f"{one.name}, {one.relationship}"
            for one in person.contacts
            if MayKnow.EMERGENCY in one.may_know or one.call_if_missed
        ),
        findings=tuple(
            FindingSaid(code, catalogue[code].say(one.answer), one.evidence)
            for code, one in sorted(found.items())
        ),
    )


def _facts(house: House, chart: Chart) -> dict[str, object]:
    """A few findings, as the person's chart tells them."""
    age = house.day.year - chart.person.born.year
    risk = chart.person.name == SUICIDE_RISK
    return {
        "age": {"value": age, "evidence": "birth date"},
        "suicidal_thoughts": {
            "value": "passive" if risk else "none",
            "evidence": "asked at the assessment",
        },
        "suicide_plan_or_intent": {"value": False, "evidence": "asked at the assessment"},
    }


def _finding(
    house: House, made: placement.Assessment, code: str, raw: object, by: str, at: datetime
) -> placement.AssessedFinding:
    stated: dict[str, object] = raw  # type: ignore[assignment]
    return placement.AssessedFinding(
        organization_id=house.organization_id,
        assessment=made,
        code=code,
        value=[stated["value"]],
        evidence=str(stated["evidence"]),
        recorded_at=at,
        recorded_by=by,
    )


def _state(person: Person, item: BaselineItem) -> tuple[str, str]:
    """How a thing of the baseline stands: the first state, unless it does not concern them."""
    if item.kind == BaselineKind.PREGNANCY and person.pronouns == "he/him":
        return next(state for state in item.states if state[0] == "cannot_be")
    return item.states[0]


def _baseline(house: House, chart: Chart, by: str, at: datetime) -> None:
    wording = {one.kind: one for one in assessment_wording().baseline}
    for kind in BaselineKind:
        house.rows.add(
            clients_models.BaselineEntry(
                id=house.key("baseline", chart.person.name, kind),
                organization_id=house.organization_id,
                client_id=chart.client_id,
                kind=kind,
                state=_state(chart.person, wording[kind])[0],
                on_date=at.date(),
                by_whom=by,
                recorded_at=at,
                recorded_by=by,
            )
        )


def _half_written(house: House, chart: Chart) -> None:
    """Begun today and not whole: what is missing stands on its list."""
    mara = house.staff["mara"]
    at = house.at(house.day, 11, 30)
    house.rows.add(
        placement.Assessment(
            id=house.key("assessment", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            begun_at=at,
            begun_by=mara.name,
        )
    )
    for field, text in phrases_of_charts()["half_written"].items():
        house.rows.add(
            clients_models.ChartDraft(
                organization_id=house.organization_id,
                client_id=chart.client_id,
                document=DraftDocument.ASSESSMENT,
                field=field.replace("_last", ".last").replace("use_alcohol", "use.alcohol"),
                text=text,
                saved_at=at + timedelta(minutes=24),
                saved_by=mara.name,
            )
        )


def _outside(house: House, chart: Chart) -> None:
    """A therapist outside, and what a licensed instrument came to."""
    house.rows.add(
        clients_models.OutsideProfessional(
            id=house.key("professional", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            kind="therapist",
            name="Dr. Nadia Voss",
            place="Linden Avenue Counseling",
            phone="614-555-0142",
            recorded_at=house.at(chart.opened, 14),
            recorded_by=house.staff["mara"].name,
        ),
        placement.OutsideResult(
            id=house.key("outside result", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            scheme="asam",
            name="The ASAM Criteria",
            edition="4th (2023)",
            result="2.1",
            on_date=chart.opened,
            by_whom="Dr. Nadia Voss",
            recorded_at=house.at(chart.opened, 14),
            recorded_by=house.staff["mara"].name,
        ),
    )


def _counseling(house: House, chart: Chart) -> None:
    """What Mara keeps for herself about an hour, apart from the record."""
    at = house.at(house.days_ago(6), 18, 20)
    house.rows.add(
        counseling_models.CounselingNote(
            id=house.key("counseling note", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            author_id=house.staff["mara"].membership_id,
            note_date=house.days_ago(6),
            session="individual",
            text=COUNSELING_NOTE,
            written_at=at,
            signed_at=at,
            signed_name=house.staff["mara"].signature(at.date()),
        )
    )
