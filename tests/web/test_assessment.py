"""Pages of the assessment: written, what is missing, findings corrected, signed, added to."""

import re

import pytest
from django.urls import reverse

from handrail.areas.assessment import services
from handrail.areas.assessment.models import AssessedFinding, Assessment
from handrail.areas.assessment.selectors.assessments import results_of
from handrail.areas.assessment.services import Typed
from handrail.areas.clients.selectors.baseline import baseline_of, professionals_of
from handrail.areas.recommendations.models import Recommendation
from handrail.foundation import clock, tenancy
from tests.areas.assessment.assessing import a_signed_assessment, write_everything
from tests.areas.clients.people import some_client, some_flag
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def joy(program):
    with tenancy.within(program.alder):
        return some_client(program.actor("ruth"), at=clock.now())


@pytest.fixture
def mara(program, client):
    return sign_in(client, program, "mara")


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


def begun(program, client):
    with tenancy.within(program.alder):
        return services.begin_assessment(
            client_id=client.pk, by=program.actor("mara"), at=clock.now()
        )


def signed(program, client, who="mara"):
    with tenancy.within(program.alder):
        return a_signed_assessment(program.actor(who), client, at=clock.now())


def test_an_empty_tab_says_what_to_do_and_begins(mara, joy):
    said = words(mara.get(at("chart_assessment", client_id=joy.pk)))
    assert "No assessment yet" in said
    answer = mara.post(at("assessment_begin", client_id=joy.pk))
    assert answer.headers["Location"] == at("assessment_write", client_id=joy.pk)
    said = words(mara.get(at("chart_assessment", client_id=joy.pk)))
    assert "Still missing" in said
    assert "0 session days of 3 so far" in said
    assert "Minn. Stat. 245G.05" in said


def test_words_are_saved_and_the_list_of_what_is_missing_shrinks(mara, joy, program):
    begun(program, joy)
    address = at("assessment_write", client_id=joy.pk)
    assert "How use began" in words(mara.get(address))
    typed = {"text|goals": "To sleep", "text|use.alcohol.last": "Sunday", "do": "save"}
    assert mara.post(address, typed).status_code == 302
    page = mara.get(address).content.decode()
    assert "To sleep</textarea>" in page
    assert 'value="Sunday"' in page
    missing = words(mara.get(at("chart_assessment", client_id=joy.pk)))
    assert "“Goals, in their words” is empty" not in missing
    assert "“What brings them, and why now” is empty" in missing


def test_the_script_saves_and_meets_another_writer(mara, joy, program, django_client):
    begun(program, joy)
    address = at("assessment_save", client_id=joy.pk)
    assert mara.post(address, {"key": "goals", "text": "Sleep", "base": "0"}).status_code == 200
    dev = sign_in(django_client(), program, "dev")
    met = dev.post(address, {"key": "goals", "text": "Work", "base": "0"})
    assert met.status_code == 409
    assert met.json()["theirs"]["text"] == "Sleep"
    chosen = {"key": "goals", "text": "Both", "base": "1", "seen": met.json()["seen"]}
    assert dev.post(at("assessment_settle", client_id=joy.pk), chosen).status_code == 200


def test_without_a_script_one_of_two_texts_is_chosen(mara, joy, program, django_client):
    begun(program, joy)
    address = at("assessment_write", client_id=joy.pk)
    mara.post(address, {"text|goals": "Sleep", "do": "save"})
    dev = sign_in(django_client(), program, "dev")
    met = dev.post(address, {"text|goals": "Work", "base|goals": "0.", "do": "save"})
    assert met.status_code == 400
    both = re.search(r'value="(settle\|goals\|both\|[^"]+)"', met.content.decode())[1]
    base = re.search(r'name="base\|goals" value="([^"]+)"', met.content.decode())[1]
    dev.post(address, {"text|goals": "Sleep", "base|goals": base, "do": both})
    assert "Sleep\n\nWork</textarea>" in mara.get(address).content.decode()


def test_with_none_being_written_nothing_typed_is_taken_silently(mara, joy):
    address = at("assessment_write", client_id=joy.pk)
    assert mara.get(address).headers["Location"] == at("chart_assessment", client_id=joy.pk)
    answer = mara.post(address, {"text|goals": "x"})
    assert answer.status_code == 400
    assert "signed meanwhile" in words(answer)
    answer = mara.get(at("assessment_findings", client_id=joy.pk))
    assert answer.headers["Location"] == at("chart_assessment", client_id=joy.pk)


def test_signing_says_what_is_missing_and_then_the_text_stands(mara, joy, program):
    begun(program, joy)
    address = at("assessment_sign", client_id=joy.pk)
    answer = mara.post(address)
    assert answer.status_code == 400
    assert "Not signed yet" in words(answer)
    with tenancy.within(program.alder):
        write_everything(program.actor("mara"), joy, clock.now())
    assert "Nothing is missing" in words(mara.get(at("chart_assessment", client_id=joy.pk)))
    assert mara.post(address).status_code == 302
    said = words(mara.get(at("chart_assessment", client_id=joy.pk)))
    assert "Alcohol: how much, how often: a fifth a day" in said
    assert "Signed" in said
    assert mara.post(address).status_code == 400  # a second click finds nothing to sign


# ---- findings ----------------------------------------------------------------------------------


def test_a_corrected_answer_asks_why_and_keeps_the_earlier_one(mara, joy, program):
    begun(program, joy)
    address = at("assessment_findings", client_id=joy.pk)
    first = {"f-age": "36", "f-suicidal_thoughts": "none", "e-suicidal_thoughts": "by phone"}
    assert mara.post(address, first | {"do": "save"}).status_code == 302
    other = first | {"f-suicidal_thoughts": "passive", "do": "save"}
    answer = mara.post(address, other)
    assert answer.status_code == 400
    assert "Say why the answer is corrected" in words(answer)
    assert 'name="why-suicidal_thoughts"' in answer.content.decode()
    why = {"why-suicidal_thoughts": "Did not dare to say it"}
    assert mara.post(address, other | why).status_code == 302
    said = words(mara.get(address))
    assert "Before: thoughts of suicide in the last month: none (Mara Whitfield)" in said
    assert "Did not dare to say it" in said


def test_an_answer_that_cannot_be_read_loses_nothing(mara, joy, program):
    begun(program, joy)
    address = at("assessment_findings", client_id=joy.pk)
    answer = mara.post(address, {"f-age": "forty", "e-age": "passport", "do": "save"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="forty"' in page
    assert 'value="passport"' in page
    assert not rows(program, AssessedFinding)


def test_an_emptied_answer_is_a_correction_too(mara, joy, program):
    begun(program, joy)
    address = at("assessment_findings", client_id=joy.pk)
    mara.post(address, {"f-age": "36", "do": "save"})
    assert mara.post(address, {"f-age": "", "do": "save"}).status_code == 400
    answer = mara.post(address, {"f-age": "", "why-age": "Typed by mistake", "do": "save"})
    assert answer.status_code == 302
    assert rows(program, AssessedFinding, is_correction=True)[0].value == [None]


def test_a_recommendation_comes_from_the_findings_of_the_assessment(mara, joy, program):
    begun(program, joy)
    address = at("assessment_findings", client_id=joy.pk)
    typed = {"f-age": "36", "f-alcohol_use_disorder": "moderate", "do": "recommend"}
    answer = mara.post(address, typed)
    (made,) = rows(program, Recommendation)
    assert answer.headers["Location"].endswith(f"/level/{made.pk}/")
    assert made.why_now == "assessment"
    assert '"age"' in made.facts


def test_what_denies_an_open_flag_is_said_once_before_a_recommendation(mara, joy, program):
    begun(program, joy)
    with tenancy.within(program.alder):
        some_flag(program.actor("ruth"), joy, program.place("mara"), at=clock.now())
    address = at("assessment_findings", client_id=joy.pk)
    typed = {"f-age": "36", "f-suicidal_thoughts": "none", "do": "recommend"}
    answer = mara.post(address, typed)
    assert answer.status_code == 200
    assert "no recommendation yet" in words(answer)
    assert not rows(program, Recommendation)
    told = re.search(r'name="told" value="([^"]*)"', answer.content.decode())[1]
    assert mara.post(address, typed | {"told": told}).status_code == 302


def test_without_a_finding_there_is_no_recommendation(mara, joy, program):
    begun(program, joy)
    answer = mara.post(at("assessment_findings", client_id=joy.pk), {"do": "recommend"})
    assert answer.status_code == 400
    assert "Answer at least one question" in words(answer)


# ---- baseline ----------------------------------------------------------------------------------


def test_baseline_professionals_and_results_are_recorded_on_one_page(mara, joy, program):
    address = at("assessment_baseline", client_id=joy.pk)
    page = words(mara.get(address))
    assert "42 CFR 2.36" in page
    assert "No consent to report to the register is on file" in page
    today = str(clock.today("America/New_York"))
    for typed in (
        {"do": "baseline hiv", "state": "declined", "on_date": today},
        {"do": "professional", "kind": "therapist", "name": "Dr. Lee", "phone": "555-0142"},
        {"do": "result", "scheme": "asam", "edition": "4th (2023)", "result": "2.1",
         "on_date": today},
    ):  # fmt: skip
        assert mara.post(address, typed).status_code == 302
    page = words(mara.get(address))
    assert "Offered: not wanted" in page
    assert "No consent covers them: nothing may be told" in page
    assert "The ASAM Criteria, 4th (2023): 2.1" in page
    with tenancy.within(program.alder):
        by = program.actor("mara")
        (lee,), (result,) = professionals_of(joy.pk, by=by), results_of(joy.pk, by=by)
    mara.post(address, {"do": f"end-professional {lee.pk}"})
    mara.post(address, {"do": f"void-result {result.pk}", "reason": "Wrong chart"})
    page = words(mara.get(address))
    assert "Dr. Lee" not in page
    assert "2.1, " not in page


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ({"do": "result", "scheme": "asam", "edition": "", "result": "2.5", "on_date": "1/5/2026"},
         "Say which edition", 'value="2.5"'),
        ({"do": "baseline hiv", "state": "", "on_date": "1/5/2026", "detail": "asked twice"},
         "Say how it stands", 'value="asked twice"'),
        ({"do": "professional", "kind": "", "name": "Dr. Lee"}, "Choose what they do",
         'value="Dr. Lee"'),
        ({"do": "end-professional x"}, "not said what is meant", ""),
        ({"do": ""}, "not said what is meant", ""),
    ],
)  # fmt: skip
def test_a_wrong_entry_says_so_and_keeps_what_was_typed(mara, joy, program, typed, said, kept):
    answer = mara.post(at("assessment_baseline", client_id=joy.pk), typed)
    assert answer.status_code == 400
    if kept:
        assert said in words(answer)
    assert kept in answer.content.decode()
    with tenancy.within(program.alder):
        assert not baseline_of(joy.pk, by=program.actor("mara"))


# ---- after the signature -----------------------------------------------------------------------


def test_a_supervisor_co_signs_what_waits_and_everyone_may_add(mara, joy, program, django_client):
    made = signed(program, joy, "carmen")
    key = {"client_id": joy.pk, "assessment_id": made.pk}
    assert "Waits for a co-signature" in words(mara.get(at("assessment", **key)))
    assert mara.post(at("assessment_co_sign", **key)).status_code == 403
    ruth = sign_in(django_client(), program, "ruth")
    assert ruth.post(at("assessment_co_sign", **key)).status_code == 302
    assert mara.post(at("assessment_add", **key), {"text": ""}).status_code == 400
    assert mara.post(at("assessment_add", **key), {"text": "Her sister called."}).status_code == 302
    said = words(mara.get(at("assessment", **key)))
    assert "Co-signed" in said
    assert "Her sister called." in said
    answer = ruth.post(at("assessment_void", **key), {"reason": "x"})
    assert answer.status_code == 400
    assert 'value="x"' in answer.content.decode()
    assert ruth.post(at("assessment_void", **key), {"reason": "Wrong chart"}).status_code == 302
    assert "Void: Wrong chart" in words(mara.get(at("assessment", **key)))
    assert "No assessment yet" in words(mara.get(at("chart_assessment", client_id=joy.pk)))


def test_another_clients_assessment_is_not_changed_from_here(mara, joy, program):
    made = signed(program, joy)
    with tenancy.within(program.alder):
        other = some_client(program.actor("ruth"), "Sam", "Kell", at=clock.now())
    key = {"client_id": other.pk, "assessment_id": made.pk}
    for name in ("assessment_add", "assessment_void"):
        answer = mara.post(at(name, **key), {"text": "not theirs", "reason": "not theirs"})
        assert answer.status_code == 404
    assert rows(program, Assessment)[0].state == "signed"


def test_each_page_costs_a_fixed_number_of_queries(
    mara, joy, program, django_assert_max_num_queries
):
    begun(program, joy)
    with tenancy.within(program.alder):
        services.record_findings(
            client_id=joy.pk, typed={"age": Typed(36)}, by=program.actor("mara"), at=clock.now()
        )
    for name in ("chart_assessment", "assessment_write", "assessment_baseline",
                 "assessment_findings"):  # fmt: skip
        mara.get(at(name, client_id=joy.pk))
        with django_assert_max_num_queries(42):
            mara.get(at(name, client_id=joy.pk))
