"""A response finds its instrument by name, by code, or by its questions."""

import pytest

from handrail.core.instruments import ResponseError, match_instrument, score
from tests.core.instruments.examples import BY_ID

ALL = tuple(BY_ID.values())


def response(*links, **more):
    items = [{"linkId": link, "answer": [{"valueInteger": 0}]} for link in links]
    return {"resourceType": "QuestionnaireResponse", "item": items} | more


PHQ9_LINKS = [f"/{i.codes[0]}" for i in BY_ID["phq-9"].expected]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (response(questionnaire="urn:handrail:questionnaire:gad-7|1"), "gad-7"),
        (response(questionnaire="http://hl7.org/fhir/us/core/Questionnaire/AUDIT-C"), "audit-c"),
        (response(questionnaire="http://loinc.org/q/69737-5"), "gad-7"),
        (response(questionnaire="https://a.example/Questionnaire/phq-9"), "phq-9"),
        (
            response(contained=[{"resourceType": "Questionnaire", "code": [{"code": "72109-2"}]}]),
            "audit-c",
        ),
        (response(*PHQ9_LINKS), "phq-9"),
        (response(*PHQ9_LINKS[:5], questionnaire="#own"), "phq-9"),
        (response(*PHQ9_LINKS[:2]), "phq-2"),
        (response(*[f"g1.q{n}" for n in range(1, 10)]), "phq-9"),
        (response("/44249-1/44250-9", *PHQ9_LINKS[1:]), "phq-9"),
        (response("68519-8", "68520-6"), "audit-c"),
        (response("weight", "height"), None),
        (response(contained=[{"resourceType": "Patient"}]), None),
        (response(), None),
    ],
)
def test_a_response_finds_its_instrument(given, expected):
    found = match_instrument(given, ALL)
    assert (found.id if found else None) == expected


def test_questions_are_known_by_their_words_where_the_link_says_nothing():
    told = response(*[f"Q{n}" for n in range(9)])
    for line, item in zip(told["item"], BY_ID["phq-9"].expected, strict=True):
        line["text"] = item.text.upper() + "?"
    told["item"][8]["answer"] = [{"valueInteger": 2}]
    found = match_instrument(told, ALL)
    assert found is BY_ID["phq-9"]
    assert score(found, told).total == 2


@pytest.mark.parametrize(
    "broken", [{"questionnaire": 3}, {"item": 3}, {"contained": [3]}, {"item": [{"linkId": None}]}]
)
def test_a_response_out_of_shape_is_refused(broken):
    with pytest.raises(ResponseError):
        match_instrument(response() | broken, ALL)
