"""Assessments: written over days, findings corrected with a reason, signed and then unchanged."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handrail.areas.assessment import errors, services
from handrail.areas.assessment.models import AssessedFinding, Assessment
from handrail.areas.assessment.selectors import assessments as selectors
from handrail.areas.assessment.services import Typed
from handrail.areas.clients import services as clients
from handrail.areas.clients.errors import TreatmentEndedAlready
from handrail.areas.clients.models import BaselineEntry
from handrail.areas.clients.selectors.baseline import baseline_of, professionals_of
from handrail.core.access import NotHere, Refused
from handrail.core.drafts import Conflict, text_key
from handrail.core.errors import Invalid
from handrail.core.notes.errors import OwnNote
from handrail.core.notes.signatures import NotInThisState
from handrail.core.outside_results import EditionMissing
from handrail.foundation import tenancy
from tests.areas.assessment.assessing import a_signed_assessment, answers, write, write_everything
from tests.areas.clients.people import AT, TODAY, some_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder(program):
    with tenancy.within(program.alder):
        yield program


@pytest.fixture
def joy(alder):
    return some_client(alder.actor("ines"))


@pytest.fixture
def mara(alder):
    return alder.actor("mara")


def begun(by, client):
    return services.begin_assessment(client_id=client.pk, by=by, at=AT)


# ---- writing and signing -----------------------------------------------------------------------


def test_it_is_written_over_days_and_signed_with_the_lists_as_they_stand(alder, joy, mara):
    first = begun(mara, joy)
    assert begun(alder.actor("dev"), joy) == first
    write(mara, joy, goals="To sleep at night")
    missing = selectors.missing_now(selectors.content_now(joy.pk, first, by=mara), joy.pk, by=mara)
    assert "why_now" in {one.where for one in missing}
    assert "goals" not in {one.where for one in missing}
    write_everything(mara, joy, AT + timedelta(days=2))
    made = services.sign_assessment(client_id=joy.pk, by=mara, at=AT + timedelta(days=2))
    read = selectors.read_assessment(joy.pk, made.pk, by=mara)
    assert read.untouched
    assert read.content.diagnoses == ("Alcohol use disorder, F10.20, severe",)
    assert read.content.emergency_contacts == ("Ada, brother or sister, 555-0101",)
    assert (
        "HIV screening",
        "Offered: wanted; Nov 25, 2026, Mara Whitfield",
    ) in read.content.baseline
    assert made.signed_name == "Mara Whitfield, LPC"
    assert not made.needs_co_signature
    # What the chart holds later changes nothing of what was signed.
    for one in joy.listed.filter(kind="diagnosis"):
        clients.void_listed(listed_id=one.pk, reason="Wrong chart", by=mara, at=AT)
    again = selectors.read_assessment(joy.pk, made.pk, by=mara)
    assert again.content == read.content


def test_what_is_missing_stands_in_the_way(alder, joy, mara):
    begun(mara, joy)
    with pytest.raises(Invalid) as said:
        services.sign_assessment(client_id=joy.pk, by=mara, at=AT)
    assert {"why_now", "diagnoses", "baseline.hiv", "findings"} <= {
        one.field for one in said.value.errors
    }


def test_two_texts_at_once_stand_in_the_way_until_one_is_chosen(alder, joy, mara):
    begun(mara, joy)
    write_everything(mara, joy)
    dev = alder.actor("dev")
    kept = {"client_id": joy.pk, "field": "goals", "at": AT}
    met = services.write_assessment(text="Another text", base_version=0, by=dev, **kept)
    assert isinstance(met, Conflict)
    with pytest.raises(Invalid) as said:
        services.sign_assessment(client_id=joy.pk, by=mara, at=AT)
    assert {one.field for one in said.value.errors} == {"goals"}
    services.settle_assessment(
        text="Both", base_version=1, seen=[text_key("Another text")], by=mara, **kept
    )
    services.sign_assessment(client_id=joy.pk, by=mara, at=AT)


def test_without_one_being_written_nothing_is_saved_or_signed(alder, joy, mara):
    for act in (
        lambda: write(mara, joy, goals="x"),
        lambda: services.sign_assessment(client_id=joy.pk, by=mara, at=AT),
        lambda: services.record_findings(client_id=joy.pk, typed=answers(), by=mara, at=AT),
    ):
        with pytest.raises(errors.NoneWritten):
            act()


def test_an_intake_coordinator_does_not_assess(alder, joy):
    with pytest.raises(Refused):
        begun(alder.actor("ines"), joy)


def test_another_organizations_assessment_is_not_there(alder, joy, mara):
    made = a_signed_assessment(mara, joy)
    with tenancy.within(alder.harbor):
        jonah = alder.actor("jonah", alder.harbor)
        for act in (
            lambda: begun(jonah, joy),
            lambda: selectors.read_assessment(joy.pk, made.pk, by=jonah),
            lambda: services.void_assessment(
                assessment_id=made.pk, reason="not ours at all", by=jonah, at=AT
            ),
        ):
            with pytest.raises(NotHere):
                act()


# ---- after the signature -----------------------------------------------------------------------


def test_who_may_not_sign_alone_waits_for_a_supervisor(alder, joy):
    made = a_signed_assessment(alder.actor("carmen"), joy)
    assert made.needs_co_signature
    with pytest.raises(Refused):
        services.co_sign_assessment(assessment_id=made.pk, by=alder.actor("mara"), at=AT)
    ruth = alder.actor("ruth")
    done = services.co_sign_assessment(assessment_id=made.pk, by=ruth, at=AT)
    assert (done.state, done.co_signed_name) == ("co-signed", "Ruth Okafor, LPCC-S")
    assert services.co_sign_assessment(assessment_id=made.pk, by=ruth, at=AT) == done


def test_nobody_co_signs_their_own_or_twice(alder, joy):
    ruth = alder.actor("ruth")
    made = a_signed_assessment(ruth, joy)
    with pytest.raises(OwnNote):
        services.co_sign_assessment(assessment_id=made.pk, by=ruth, at=AT)
    services.co_sign_assessment(assessment_id=made.pk, by=alder.actor("helen"), at=AT)
    with pytest.raises(NotInThisState):
        services.co_sign_assessment(assessment_id=made.pk, by=ruth, at=AT)


def test_an_addendum_stands_under_it_with_its_own_signature(alder, joy, mara):
    made = a_signed_assessment(mara, joy)
    dev = alder.actor("dev")
    told = {"assessment_id": made.pk, "text": "Her sister called back.", "by": dev, "at": AT}
    added = services.add_to_assessment(**told)
    assert services.add_to_assessment(**told) == added
    assert added.signed_name == "Dev Raman, LCSW"
    for text in ("", "x", "x" * 4001):
        with pytest.raises(Invalid):
            services.add_to_assessment(**told | {"text": text})
    kept = selectors.read_assessment(joy.pk, made.pk, by=mara)
    assert [one.text for one in kept.row.addenda.all()] == ["Her sister called back."]
    assert kept.untouched


def test_it_is_voided_by_its_author_or_a_supervisor_with_a_reason_and_stays(alder, joy, mara):
    made = a_signed_assessment(mara, joy)
    told = {"assessment_id": made.pk, "reason": "Wrong person’s chart", "at": AT}
    with pytest.raises(errors.NotYoursToVoid):
        services.void_assessment(by=alder.actor("dev"), **told)
    with pytest.raises(Invalid):
        services.void_assessment(by=mara, **told | {"reason": ""})
    services.void_assessment(by=alder.actor("ruth"), **told)
    assert selectors.read_assessment(joy.pk, made.pk, by=mara).row.void_reason
    for act in (
        lambda: services.void_assessment(by=mara, **told),
        lambda: services.add_to_assessment(
            assessment_id=made.pk, text="one more thing", by=mara, at=AT
        ),
    ):
        with pytest.raises(NotInThisState):
            act()
    begun(mara, joy)  # another can be written


def test_the_database_keeps_what_was_signed(alder, joy, mara):
    made = a_signed_assessment(mara, joy)
    services.add_to_assessment(assessment_id=made.pk, text="More of it", by=mara, at=AT)
    for statement in (
        "update assessment_assessment set content = 'x'",
        "update assessment_assessment set state = 'draft'",
        "delete from assessment_assessment",
        "update assessment_assessmentaddendum set text = 'x'",
        "delete from assessment_assessedfinding",
        "update clients_baselineentry set state = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Assessment.objects.get(pk=made.pk).content == made.content


# ---- findings ----------------------------------------------------------------------------------


def record(by, client, **typed):
    return services.record_findings(client_id=client.pk, typed=typed, by=by, at=AT)


def test_a_correction_keeps_the_earlier_answer_with_who_and_why(alder, joy, mara):
    draft = begun(mara, joy)
    record(mara, joy, suicidal_thoughts=Typed("none", "asked on the phone"))
    with pytest.raises(Invalid) as said:
        record(alder.actor("dev"), joy, suicidal_thoughts=Typed("passive", "said today"))
    assert {one.field for one in said.value.errors} == {"suicidal_thoughts"}
    corrected = Typed("passive", "said today", "Did not dare to say it before.")
    record(alder.actor("dev"), joy, suicidal_thoughts=corrected)
    newest, first = selectors.findings_of(draft.pk, by=mara)["suicidal_thoughts"]
    assert (first.value, first.recorded_by, first.is_correction) == (
        ["none"],
        "Mara Whitfield",
        False,
    )
    assert (newest.value, newest.reason) == (["passive"], "Did not dare to say it before.")
    assert services.recommendable(draft, by=mara) == {
        "suicidal_thoughts": {"value": "passive", "evidence": "said today"}
    }


def test_the_same_again_writes_nothing_and_other_evidence_is_no_correction(alder, joy, mara):
    begun(mara, joy)
    record(mara, joy, age=Typed(36))
    assert record(mara, joy, age=Typed(36)) == ()
    (fresh,) = record(mara, joy, age=Typed(36, "passport"))
    assert not fresh.is_correction
    (back,) = record(mara, joy, age=Typed(None, "", "Not sure any more"))
    assert back.value == [None]
    assert AssessedFinding.objects.count() == 3


def test_an_answer_that_cannot_be_is_said_and_nothing_of_it_is_written(alder, joy, mara):
    begun(mara, joy)
    with pytest.raises(Invalid) as said:
        record(mara, joy, age=Typed("forty"), suicidal_thoughts=Typed("none"), mood=Typed(True))
    assert {one.field for one in said.value.errors} == {"age", "mood"}
    assert not AssessedFinding.objects.exists()


# ---- outside results ---------------------------------------------------------------------------


def result(by, client, **more):
    told = {"scheme": "asam", "edition": "3rd (2013)", "result": "2.1", "on_date": TODAY}
    return services.record_outside_result(client_id=client.pk, by=by, at=AT, **told | more)


def test_a_level_without_its_edition_is_refused(alder, joy, mara):
    with pytest.raises(EditionMissing):
        result(mara, joy, edition="")
    made = result(mara, joy)
    assert selectors.result_words(made) == (
        "The ASAM Criteria, 3rd (2013): 2.1, Nov 24, 2026, Mara Whitfield"
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"scheme": "x"}, "scheme"),
        ({"on_date": TODAY + timedelta(days=1)}, "on_date"),
        ({"on_date": date(1980, 1, 1)}, "on_date"),
        ({"scheme": "other", "name": "n" * 121}, "name"),
        ({"result": "x" * 61}, "result"),
    ],
)
def test_a_result_that_cannot_be_is_not_recorded(joy, mara, more, field):
    with pytest.raises(Invalid) as said:
        result(mara, joy, **more)
    assert field in {one.field for one in said.value.errors}


def test_a_result_is_voided_once_with_a_reason(alder, joy, mara):
    made = result(mara, joy)
    for reason in ("", "x", "x" * 301):
        with pytest.raises(Invalid):
            services.void_outside_result(result_id=made.pk, reason=reason, by=mara, at=AT)
    services.void_outside_result(result_id=made.pk, reason="Wrong chart", by=mara, at=AT)
    assert selectors.results_of(joy.pk, by=mara) == ()
    with pytest.raises(errors.ResultVoid):
        services.void_outside_result(result_id=made.pk, reason="Wrong chart", by=mara, at=AT)
    with pytest.raises(NotHere):
        services.void_outside_result(result_id=uuid4(), reason="Wrong chart", by=mara, at=AT)


# ---- baseline and professionals ----------------------------------------------------------------


def test_the_newest_entry_holds_and_the_earlier_stay(alder, joy, mara):
    told = {"client_id": joy.pk, "kind": "pregnancy", "on_date": TODAY}
    clients.record_baseline(state="perhaps", by=alder.actor("ines"), at=AT, **told)
    clients.record_baseline(
        state="no", by_whom="Dr. Lee", by=mara, at=AT + timedelta(hours=1), **told
    )
    newest, first = baseline_of(joy.pk, by=mara)["pregnancy"]
    assert (newest.state, newest.by_whom) == ("no", "Dr. Lee")
    assert (first.state, first.by_whom) == ("perhaps", "Ines Caldera")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "mood"}, "kind"),
        ({"state": "mood"}, "state"),
        ({"on_date": TODAY + timedelta(days=1)}, "on_date"),
        ({"on_date": date(1980, 1, 1)}, "on_date"),
        ({"detail": "x" * 301}, "detail"),
    ],
)
def test_a_baseline_entry_that_cannot_be_is_not_recorded(joy, mara, more, field):
    told = {"client_id": joy.pk, "kind": "hiv", "state": "accepted", "on_date": TODAY}
    with pytest.raises(Invalid) as said:
        clients.record_baseline(by=mara, at=AT, **told | more)
    assert {one.field for one in said.value.errors} == {field}
    assert not BaselineEntry.objects.exists()


def test_a_professional_outside_is_recorded_and_ended_once(alder, joy, mara):
    made = clients.record_professional(
        client_id=joy.pk, kind="therapist", name="Dr. Lee", place="Oak Street", by=mara, at=AT
    )
    assert professionals_of(joy.pk, by=mara) == (made,)
    for wrong, field in (({"kind": "x"}, "kind"), ({"name": " "}, "name")):
        with pytest.raises(Invalid) as said:
            clients.record_professional(
                **{"client_id": joy.pk, "kind": "other", "name": "A", "by": mara, "at": AT} | wrong
            )
        assert {one.field for one in said.value.errors} == {field}
    clients.end_professional(professional_id=made.pk, by=mara, at=AT)
    assert professionals_of(joy.pk, by=mara) == ()
    with pytest.raises(TreatmentEndedAlready):
        clients.end_professional(professional_id=made.pk, by=mara, at=AT)
    with pytest.raises(NotHere):
        clients.end_professional(professional_id=uuid4(), by=mara, at=AT)


def test_only_a_diagnosis_has_a_severity(alder, joy, mara):
    told = {"client_id": joy.pk, "name": "X", "severity": "severe", "by": mara, "at": AT}
    assert clients.record_listed(kind="diagnosis", **told).severity == "severe"
    with pytest.raises(Invalid) as said:
        clients.record_listed(kind="medicine", **told)
    assert {one.field for one in said.value.errors} == {"severity"}
