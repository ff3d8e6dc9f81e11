"""Level of care in the chart: a recommendation is made from findings, kept, shown and voided."""

import re

import pytest

from handrail.areas.clients.models import Client
from handrail.areas.recommendations.models import Recommendation
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_flag
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
TYPED = {
    "criteria": "general-adult-admission",
    "f-age": "44",
    "f-alcohol_use_disorder": "moderate",
    "e-alcohol_use_disorder": "assessment of November 3",
    "f-suicidal_thoughts": "none",
    "why_now": "admission",
}


@pytest.fixture
def chart(program, client):
    with tenancy.within(program.alder):
        person = some_client(program.actor("ines"), "Noor", "Haddad")
    sign_in(client, program, "ines")
    return f"/staff/clients/{person.pk}/level/"


def read(client, address, **typed):
    answer = client.post(address, typed) if typed else client.get(address)
    return answer, answer.content.decode()


def test_an_empty_chart_says_what_to_do(chart, client):
    answer, page = read(client, chart)
    assert answer.status_code == 200
    assert "No recommendation yet" in page
    assert f"{chart}new/" in page


def test_what_follows_is_shown_before_anything_is_kept(chart, client, program):
    _, page = read(client, f"{chart}new/", do="look", **TYPED)
    assert "No single level while safety questions are open" in page
    assert "What would change this" in page
    assert 'value="assessment of November 3"' in page
    with tenancy.within(program.alder):
        assert not Recommendation.objects.exists()


def test_it_is_kept_and_shown_with_its_evidence_and_the_next_begins_with_it(chart, client):
    answer, _ = read(client, f"{chart}new/", do="keep", **TYPED)
    assert answer.status_code == 302
    _, page = read(client, answer.headers["Location"])
    assert "assessment of November 3" in page
    assert "the same answer" in page
    assert "admission" in page
    _, form = read(client, f"{chart}new/")
    assert "Begun with the findings of" in form
    assert 'value="assessment of November 3"' in form


def test_what_cannot_be_read_is_said_beside_it_and_nothing_typed_is_lost(chart, client, program):
    answer, page = read(client, f"{chart}new/", do="keep", **{**TYPED, "f-age": "forty"})
    assert answer.status_code == 400
    assert "a number from 0 to 120" in page
    assert 'value="forty"' in page
    assert 'value="assessment of November 3"' in page
    with tenancy.within(program.alder):
        assert not Recommendation.objects.exists()


@pytest.fixture
def at_risk(chart, program):
    """The same chart with an open suicide-risk flag."""
    with tenancy.within(program.alder):
        person = Client.objects.get(family_name="Haddad")
        some_flag(program.actor("ruth"), person, program.place("mara"), at=clock.now())
    return chart


def test_an_open_flag_stands_above_the_form_and_above_what_is_kept(at_risk, client):
    _, form = read(client, f"{at_risk}new/")
    assert "Open in this chart: suicide risk" in form
    assert "must say what is known about it" in form
    kept = read(client, f"{at_risk}new/", do="keep", told="suicide_risk", **TYPED)[0]
    _, page = read(client, kept.headers["Location"])
    assert "Open in this chart: suicide risk" in page
    assert "thoughts of suicide in the last month: none" in page


def test_what_denies_an_open_flag_is_said_once_before_it_is_kept(at_risk, client, program):
    answer, page = read(client, f"{at_risk}new/", do="keep", **TYPED)
    assert answer.status_code == 200
    assert "Nothing was kept yet" in page
    assert "The findings say otherwise" in page
    with tenancy.within(program.alder):
        assert not Recommendation.objects.exists()
    told = re.search(r'name="told" value="([^"]*)"', page)[1]
    assert read(client, f"{at_risk}new/", do="keep", told=told, **TYPED)[0].status_code == 302


def test_findings_that_speak_of_the_risk_are_kept_at_once(at_risk, client):
    typed = {**TYPED, "f-suicidal_thoughts": "passive", "f-suicide_plan_or_intent": "no"}
    assert read(client, f"{at_risk}new/", do="keep", **typed)[0].status_code == 302


def severity(page, area):
    return re.search(rf"<tr><th scope=\"row\">{area}</th><td>(.*?)</td>", page)[1]


def test_an_area_without_a_question_asked_is_not_said_to_be_none(chart, client):
    _, page = read(client, f"{chart}new/", do="look", **TYPED)
    assert severity(page, "Readiness") == "not asked"
    assert severity(page, "Surroundings") == "not asked"


def test_someone_the_set_is_not_made_for_gets_no_table_of_severity(chart, client):
    _, page = read(client, f"{chart}new/", do="look", **{**TYPED, "f-age": "15"})
    assert "No level" in page
    assert "By area" not in page


def test_an_age_is_in_whole_years(chart, client):
    answer, page = read(client, f"{chart}new/", do="keep", **{**TYPED, "f-age": "36.5"})
    assert answer.status_code == 400
    assert "Write whole years" in page


def test_looking_with_nothing_answered_says_so(chart, client):
    _, page = read(client, f"{chart}new/", do="look", criteria="general-adult-admission")
    assert "Nothing is answered yet" in page


def test_an_open_answer_has_one_word_for_staff(chart, client):
    typed = {**TYPED, "f-age": "rather not say", "f-suicidal_thoughts": "refused"}
    _, page = read(client, f"{chart}new/", do="look", **typed)
    assert 'value="rather not say"' in page
    assert "(rather not say)" in page
    assert "(refused)" not in page


def test_what_is_not_about_safety_and_not_answered_is_folded(chart, client):
    _, page = read(client, f"{chart}new/", do="look", **TYPED)
    mind = re.search(r"<summary>Mind .*?(?=<summary>Readiness )", page, re.DOTALL)[0]
    shown, folded = mind.split("details further", 1)
    assert 'name="f-suicidal_thoughts"' in shown
    assert 'name="f-depression"' in folded


def test_sources_say_in_words_how_sure_they_are(chart, client):
    _, page = read(client, f"{chart}new/", do="look", **{**TYPED, "f-depression": "severe"})
    assert "Rule:" in page
    assert not re.search(r"\[[SMC]\]", page)


def test_a_void_address_opened_by_itself_leads_to_the_recommendation(chart, client):
    kept = read(client, f"{chart}new/", do="keep", **TYPED)[0].headers["Location"]
    assert client.get(f"{kept}void/").headers["Location"] == kept


def test_nothing_answered_is_nothing_to_keep(chart, client):
    answer, page = read(client, f"{chart}new/", do="keep", criteria="medicare-iop")
    assert answer.status_code == 400
    assert "at least one question" in page


def test_void_asks_why_and_stays_readable(chart, client):
    kept = read(client, f"{chart}new/", do="keep", **TYPED)[0].headers["Location"]
    answer, page = read(client, f"{kept}void/", reason=" ")
    assert answer.status_code == 400
    assert "Say why it is void" in page
    read(client, f"{kept}void/", reason="Findings of someone else")
    _, page = read(client, kept)
    assert "Void: Findings of someone else (Ines Caldera)" in page
    assert "No recommendation yet" in read(client, chart)[1]


def test_another_clients_recommendation_is_not_in_this_chart(chart, client, program):
    kept = read(client, f"{chart}new/", do="keep", **TYPED)[0].headers["Location"]
    with tenancy.within(program.alder):
        other = some_client(program.actor("ines"), "Someone", "Else")
    elsewhere = kept.replace(chart, f"/staff/clients/{other.pk}/level/")
    assert client.get(elsewhere).status_code == 404
    assert client.post(f"{elsewhere}void/", {"reason": "x"}).status_code == 404


def test_a_reviewer_reads_and_does_not_make(chart, client, program):
    client.logout()
    sign_in(client, program, "owen")
    _, page = read(client, chart)
    assert "Make a recommendation" not in page
    assert client.get(f"{chart}new/").status_code == 403
