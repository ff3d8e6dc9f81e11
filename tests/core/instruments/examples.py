"""Small instruments and responses that the tests bend out of shape."""

from handrail.core.instruments import load_instrument
from handrail.data.instruments import shipped_instruments

BY_ID = {instrument.id: instrument for instrument in shipped_instruments()}

LICENSE = {
    "holder": "nobody",
    "terms": "free",
    "source": "made for a test",
    "wording_verified": True,
}


def scoring(**more):
    """A scoring definition over questions a and b, changed as asked."""
    base = {
        "id": "small",
        "title": "Small",
        "source": "made for a test",
        "license": LICENSE,
        "total": {"items": ["a", "b"]},
    }
    return base | more


def number_item(link_id, **more):
    """A question answered by a number from 0 to 10."""
    bounds = [
        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
        {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 10},
    ]
    item = {"linkId": link_id, "text": f"How much {link_id}?", "type": "integer"}
    return item | {"extension": bounds} | more


def questionnaire(*items, **more):
    """A questionnaire of these items, or of two numbers a and b."""
    chosen = list(items) or [number_item("a"), number_item("b")]
    return {"resourceType": "Questionnaire", "title": "Small", "item": chosen} | more


def small(*items, **more):
    """A small instrument, loaded."""
    return load_instrument(questionnaire(*items), scoring(**more), source="small.json")


def response(instrument_id, answers, **more):
    """A completed response to a shipped instrument; answers are FHIR answer objects by linkId."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"urn:handrail:questionnaire:{instrument_id}",
        "status": "completed",
        "item": [{"linkId": key, "answer": [value]} for key, value in answers.items()],
    } | more


def phq9(*points, **more):
    """A completed PHQ-9 response with these points for its questions, from the first."""
    answers = {f"phq9-{n}": {"valueInteger": p} for n, p in enumerate(points, 1)}
    return response("phq-9", answers, **more)


def kinds(result):
    """The kinds of problems of a score, in order."""
    return [problem.kind for problem in result.problems]


def flag_codes(result):
    """The codes of the flags of a score, in order."""
    return [flag.code for flag in result.flags]
