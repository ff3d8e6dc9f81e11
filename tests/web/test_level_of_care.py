"""Level of care in the chart: a recommendation is made from findings, kept, shown and voided."""

import pytest

from handrail.areas.placement.models import Recommendation
from handrail.foundation import tenancy
from tests.areas.clients.people import some_client
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
