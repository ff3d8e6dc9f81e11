"""A recommendation that is kept can be replayed, and nothing about it can be rewritten."""

import json
from datetime import date
from uuid import uuid4

import pytest

from handrail.areas.clients.models import Client
from handrail.areas.recommendations import errors
from handrail.areas.recommendations.models import Recommendation, RuleText
from handrail.areas.recommendations.selectors import recommendations_of, replay
from handrail.areas.recommendations.services import recommendations as keeping
from handrail.areas.recommendations.services.recommendations import (
    make_recommendation,
    void_recommendation,
)
from handrail.core.access import NotHere, Refused
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import staff

pytestmark = pytest.mark.django_db

STATED = {
    "age": {"value": 41, "evidence": "said so on the call"},
    "alcohol_use_disorder": {"value": "moderate", "evidence": "assessment of November 3"},
    "suicidal_thoughts": "none",
    "weekly_care_not_enough": True,
    "alcohol_heavy_most_days": "refused",
}


@pytest.fixture
def program():
    made = staff.begin()
    with tenancy.within(made.alder):
        yield made


@pytest.fixture
def person(program):
    return Client.objects.create(
        organization_id=program.alder,
        given_name="Noor",
        family_name="Haddad",
        birth_date=date(1985, 3, 9),
        recorded_at=clock.now(),
        recorded_by="Ines Caldera",
    )


def make(program, person, **changed):
    given = {"client_id": person.pk, "criteria_id": "general-adult-admission", "stated": STATED}
    return make_recommendation(
        **{**given, **changed}, by=program.actor("ines"), at=clock.now(), why_now="admission"
    )


def test_what_is_kept_can_be_replayed_to_the_character(program, person):
    made = make(program, person)
    again = replay(made.pk, client_id=person.pk, by=program.actor("mara"))
    assert (again.same, again.untouched) == (True, True)
    facts = json.loads(made.facts)
    assert facts["age"] == {"value": 41, "evidence": "said so on the call"}
    assert facts["alcohol_heavy_most_days"]["value"] == "refused"


def test_it_is_replayed_by_the_rules_of_its_day_when_the_files_have_changed(
    program, person, monkeypatch
):
    made = make(program, person)

    def of_tomorrow(name):
        if name.startswith("criteria/"):
            return 'id = "general-adult-admission"\nthis is not what it was'
        raise AssertionError(f"{name} was read although its wording is kept")

    monkeypatch.setattr("handrail.data.read_text", of_tomorrow)
    again = replay(made.pk, client_id=person.pk, by=program.actor("mara"))
    assert again.same


def test_the_wording_of_the_rules_is_kept_once(program, person):
    make(program, person)
    make(program, person)
    assert RuleText.objects.count() == 4
    assert Recommendation.objects.count() == 2


def test_void_keeps_it_readable_with_the_reason_and_works_once(program, person):
    made = make(program, person)
    words = {"recommendation_id": made.pk, "by": program.actor("ines"), "at": clock.now()}
    with pytest.raises(errors.VoidedWithoutReason):
        void_recommendation(reason=" ", **words)
    void_recommendation(reason="Findings of someone else", **words)
    (kept,) = recommendations_of(person.pk, by=program.actor("mara"))
    assert kept.void_reason == "Findings of someone else"
    with pytest.raises(errors.VoidAlready):
        void_recommendation(reason="again", **words)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"criteria_id": "nobody-has-this"}, errors.Unreadable),
        ({"stated": {"age": "forty"}}, errors.Unreadable),
        ({"stated": {"shoe_size": 41}}, errors.Unreadable),
        ({"stated": {}}, errors.NothingAnswered),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(program, person, changed, wrong):
    with pytest.raises(wrong):
        make(program, person, **changed)
    assert not Recommendation.objects.exists()


def test_whoever_may_not_is_refused(program, person):
    with pytest.raises(Refused):
        make_recommendation(
            client_id=person.pk,
            criteria_id="general-adult-admission",
            stated=STATED,
            by=program.actor("bao"),
            at=clock.now(),
        )


def test_nobody_elses_client_and_nobody_elses_recommendation(program, person):
    with pytest.raises(NotHere):
        make(program, person, client_id=uuid4())
    made = make(program, person)
    other = Client.objects.create(
        organization_id=program.alder,
        given_name="Someone",
        family_name="Else",
        birth_date=date(1985, 3, 9),
        recorded_at=clock.now(),
        recorded_by="Ines Caldera",
    )
    with pytest.raises(NotHere):
        replay(made.pk, client_id=other.pk, by=program.actor("mara"))
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        replay(made.pk, client_id=person.pk, by=program.actor("paul", program.harbor))


def test_the_trail_knows_of_both_and_says_nothing_of_the_findings(program, person):
    made = make(program, person)
    void_recommendation(
        recommendation_id=made.pk, reason="A trial", by=program.actor("ines"), at=clock.now()
    )
    entries = AuditEntry.objects.filter(subjects__contains=[f"recommendation:{made.pk}"])
    assert [one.action for one in entries.order_by("id")] == [
        "recommendation.record",
        "recommendation.void",
    ]
    assert all(one.detail == {} for one in entries)


def test_the_hash_shows_a_changed_answer(program, person):
    made = make(program, person)
    assert made.answer_hash == keeping.fingerprint(made.answer)
    assert keeping.fingerprint(made.answer + " ") != made.answer_hash
