"""Assessments for tests: written, with their lists, findings and signatures."""

from datetime import timedelta
from uuid import uuid4

from handrail.areas.assessment import services
from handrail.areas.assessment.models import Assessment
from handrail.areas.assessment.services import Typed
from handrail.areas.clients import services as clients
from handrail.data import GENERAL_ADMISSION, assessment_wording, criteria_set, findings_catalogue
from tests.areas.clients.people import AT


def safety_codes():
    reads = criteria_set(GENERAL_ADMISSION).vocabulary.reads
    catalogue = findings_catalogue()
    return [
        code
        for code, one in catalogue.items()
        if one.safety_critical and not one.measured and code in reads
    ]


def answers(**more):
    """An answer for every question about safety, that there is none of it."""
    catalogue = findings_catalogue()
    found = {code: Typed(catalogue[code].no, "asked today") for code in safety_codes()
             if catalogue[code].type != "number"}  # fmt: skip
    found |= {code: Typed(catalogue[code].minimum or 30) for code in safety_codes()
              if catalogue[code].type == "number"}  # fmt: skip
    return found | {"age": Typed(36)} | more


def write(by, client, at=AT, **texts):
    versions = {one.field: one.version for one in client.chart_drafts.filter(document="assessment")}
    for field, text in texts.items():
        services.write_assessment(
            client_id=client.pk, field=field, text=text, base_version=versions.get(field, 0),
            by=by, at=at,
        )  # fmt: skip


def write_everything(by, client, at=AT):
    """Everything that is needed before a signature."""
    said = {one.code: f"Words about {one.title.lower()}." for one in assessment_wording().parts}
    write(
        by,
        client,
        at,
        **said,
        **{"use.alcohol.amount": "a fifth a day", "use.alcohol.last": "Sunday"},
    )
    if not client.listed.filter(kind="diagnosis").exists():
        clients.record_listed(
            client_id=client.pk, kind="diagnosis", name="Alcohol use disorder", code="F10.20",
            severity="severe", by=by, at=at,
        )  # fmt: skip
    if not client.listed.filter(kind="allergy").exists():
        clients.record_listed(client_id=client.pk, kind="allergy", name="Penicillin", by=by, at=at)
    if not client.contacts.filter(phone="555-0101").exists():
        clients.record_contact(
            client_id=client.pk, name="Ada", relationship="sibling", phone="555-0101",
            may_know=["emergency"], by=by, at=at,
        )  # fmt: skip
    for one in assessment_wording().baseline:
        clients.record_baseline(
            client_id=client.pk, kind=one.kind, state=one.states[0][0],
            on_date=at.date() - timedelta(days=1), by=by, at=at,
        )  # fmt: skip
    services.record_findings(client_id=client.pk, typed=answers(), by=by, at=at)


def a_signed_assessment(by, client, at=AT):
    services.begin_assessment(client_id=client.pk, by=by, at=at)
    write_everything(by, client, at)
    return services.sign_assessment(client_id=client.pk, by=by, at=at)


def signed_like(assessment_id, author):
    """A signed assessment like that one, by this person."""
    like = Assessment.objects.get(pk=assessment_id)
    like.pk, like.signed_by, like.state = uuid4(), author, "signed"
    like.co_signed_at, like.co_signed_by, like.co_signed_name = None, None, ""
    like.save(force_insert=True)
    return like
