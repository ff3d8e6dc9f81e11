"""Letters about a recommendation: three voices, the gate before each, what stands on them."""

import re

import pytest
from django.urls import reverse

from handrail.areas.consents.models import Disclosure
from handrail.areas.recommendations.models import Recommendation
from handrail.areas.recommendations.services.confirmations import override_recommendation
from handrail.areas.recommendations.services.recommendations import (
    make_recommendation,
    void_recommendation,
)
from handrail.core.consents import ConsentKind
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode
from tests.areas.coverage.plans import some_coverage, some_payer
from tests.pdf_text import pdf_text, without_space
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

STATED = {
    "age": {"value": 41, "evidence": "said so on the call"},
    "alcohol_use_disorder": {"value": "moderate", "evidence": "assessment of November 3"},
    "suicidal_thoughts": "none",
    "weekly_care_not_enough": True,
    "alcohol_heavy_most_days": "refused",
}


@pytest.fixture
def joy(program):
    """A client with a plan and a recommendation that Ruth made."""
    ruth, paul = program.actor("ruth"), program.actor("paul")
    with tenancy.within(program.alder):
        client = some_client(ruth, at=clock.now())
        some_episode(ruth, client)
        client.plan = some_coverage(paul, client, some_payer(paul))
        client.found = make_recommendation(
            client_id=client.pk,
            criteria_id="general-adult-admission",
            stated=STATED,
            by=ruth,
            at=clock.now(),
        )
    return client


@pytest.fixture
def ines(program, client):
    return sign_in(client, program, "ines")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def address(joy, name="recommendation_letter"):
    return reverse(f"staff:{name}", args=[joy.pk, joy.found.pk])


def left(program):
    with tenancy.within(program.alder):
        return list(Disclosure.objects.all())


def letter(ines, joy, voice, to="client", **more):
    return ines.post(address(joy), {"voice": voice, "to": to, "do": "pdf"} | more)


def test_the_recommendation_leads_to_each_of_the_three(ines, joy):
    page = ines.get(address(joy, "recommendation")).content.decode()
    for voice in ("clinician", "family", "insurer"):
        assert f"{address(joy)}?voice={voice}" in page


@pytest.mark.parametrize(
    ("voice", "says", "says_not"),
    [
        (
            "clinician",
            ["Each level, judged", "Findings", "assessment of November 3", "Fingerprint", "Falls"],
            ["What to ask any program"],
        ),
        (
            "family",
            ["If it is less than this", "What to ask any program", "With only"],
            ["assessment of November 3", "said so on the call", "Fingerprint", "SHA-256"],
        ),
        (
            "insurer",
            ["Criterion", "Evidence", "Why each lower level falls short", "assessment of November"],
            ["What to ask any program", "[C]"],
        ),
    ],
)
def test_each_voice_says_what_it_should_and_not_what_it_should_not(
    ines, joy, program, voice, says, says_not
):
    answer = letter(ines, joy, voice)
    assert answer.headers["Content-Type"] == "application/pdf"
    page = pdf_text(answer.content)
    assert "JoyOkonkwo" in page
    assert [one for one in says if without_space(one) not in page] == []
    assert [one for one in says_not if without_space(one) in page] == []
    (made,) = left(program)
    assert without_space(made.scope) in page
    assert "joy" not in answer.headers["Content-Disposition"].lower()


def test_a_letter_says_whose_word_stands_behind_it(ines, joy, program):
    assert "Notconfirmedbyaclinicianyet." in pdf_text(letter(ines, joy, "insurer").content)
    with tenancy.within(program.alder):
        override_recommendation(
            client_id=joy.pk,
            recommendation_id=joy.found.pk,
            sequence=["hospital_medical", "hospital_psychiatric", "rtc"],
            reason_code="observed",
            reason="Two falls in a week.",
            by=program.actor("ruth"),
            at=clock.now(),
        )
    page = pdf_text(letter(ines, joy, "insurer").content)
    assert "RuthOkafor" in page
    assert "decidedotherwise" in page
    assert "Twofallsinaweek." in page
    family = pdf_text(letter(ines, joy, "family").content)
    assert "decidedotherwise" in family
    assert "Twofalls" not in family


def test_an_insurer_without_a_consent_gets_nothing_and_the_reason_is_said(ines, joy, program):
    answer = letter(ines, joy, "insurer", to=f"payer:{joy.plan.payer_id}")
    assert answer.status_code == 400
    assert "This may not leave." in words(answer)
    assert left(program) == []


def test_with_a_consent_for_payment_the_insurer_gets_it_with_statement_and_scope(
    ines, joy, program
):
    with tenancy.within(program.alder):
        from tests.areas.consents.consents import some_consent

        some_consent(program.actor("ines"), joy, kind=ConsentKind.CARE, at=clock.now())
    answer = letter(ines, joy, "insurer", to=f"payer:{joy.plan.payer_id}")
    assert answer.headers["Content-Type"] == "application/pdf"
    (made,) = left(program)
    assert (made.recipient_kind, made.purpose) == ("payer", "payment")
    page = pdf_text(answer.content)
    assert without_space(made.statement) in page
    assert without_space(made.scope) in page


def test_looking_first_says_whether_it_may_leave_and_lets_nothing_out(ines, joy, program):
    answer = letter(ines, joy, "family", to="client", do="look")
    assert "It may leave" in words(answer)
    refused = letter(ines, joy, "clinician", to="treating_provider", name="Dr. Hale", do="look")
    assert "This may not leave." in words(refused)
    assert 'value="Dr. Hale"' in refused.content.decode()
    assert left(program) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"to": ""}, "Choose whom it is for"),
        ({"to": "nobody"}, "Choose whom it is for"),
        ({"to": "attorney"}, "Enter the name of the person or place"),
    ],
)
def test_a_letter_to_nobody_is_asked_about(ines, joy, program, typed, said):
    answer = letter(ines, joy, "clinician", **typed)
    assert answer.status_code == 400
    assert said in words(answer)


def test_of_a_void_recommendation_nothing_leaves(ines, joy, program):
    with tenancy.within(program.alder):
        void_recommendation(
            recommendation_id=joy.found.pk,
            reason="The wrong person",
            by=program.actor("ruth"),
            at=clock.now(),
        )
    assert "This recommendation is void" in words(letter(ines, joy, "family"))
    assert left(program) == []


def test_a_recommendation_of_someone_else_is_not_here(ines, joy, program):
    with tenancy.within(program.alder):
        other = some_client(program.actor("ruth"), "Nia", "Brooks", at=clock.now())
    wrong = reverse("staff:recommendation_letter", args=[other.pk, joy.found.pk])
    assert ines.get(wrong).status_code == 404
    with tenancy.within(program.alder):
        assert Recommendation.objects.count() == 1
