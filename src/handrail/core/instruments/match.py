"""Recognizes which instrument a response answers."""

from collections.abc import Iterable, Mapping

from handrail.core.instruments.instrument import Instrument
from handrail.core.instruments.response import ResponseError, answered_lines
from handrail.core.instruments.shapes import ShapeError, mappings, text_or_empty


def match_instrument(
    response: Mapping[str, object], instruments: Iterable[Instrument]
) -> Instrument | None:
    """Recognize the instrument of a response, or answer None.

    Looks at the questionnaire's canonical URL, then at codes it carries, then at its questions.
    Raises: ResponseError, naming the field, when it is not shaped as a response.
    """
    known = tuple(instruments)
    try:
        canonical = text_or_empty(response, "questionnaire", "").partition("|")[0]
        codes = {canonical.rsplit("/", 1)[-1], *_contained_codes(response)}
        named = _by_url(canonical, known) or _by_code(codes, known)
        return named or _by_questions(response, known)
    except ShapeError as error:
        raise ResponseError(str(error)) from error


def _by_url(canonical: str, known: tuple[Instrument, ...]) -> Instrument | None:
    for instrument in known:
        urls = (instrument.questionnaire.url, *instrument.scoring.match_urls)
        if canonical and canonical in urls:
            return instrument
    return None


def _by_code(codes: set[str], known: tuple[Instrument, ...]) -> Instrument | None:
    for instrument in known:
        own = (instrument.id, *instrument.questionnaire.codes, *instrument.scoring.match_codes)
        if codes.intersection(own):
            return instrument
    return None


def _contained_codes(response: Mapping[str, object]) -> set[str]:
    codes: set[str] = set()
    for at, contained in enumerate(mappings(response, "contained", "")):
        if contained.get("resourceType") == "Questionnaire":
            for coding in mappings(contained, "code", f"contained[{at}]"):
                codes.add(text_or_empty(coding, "code", f"contained[{at}].code"))
    return codes


def _by_questions(
    response: Mapping[str, object], known: tuple[Instrument, ...]
) -> Instrument | None:
    """Take the instrument with most of its questions answered, if at least half of them are."""
    lines = [(entry.link_id, entry.text) for entry in answered_lines(response)]
    best: tuple[int, float] = (0, 0.0)
    chosen = None
    for instrument in known:
        hits = _questions_answered(instrument, lines)
        share = hits / len(instrument.expected)
        if share >= 0.5 and (hits, share) > best:
            best, chosen = (hits, share), instrument
    return chosen


def _questions_answered(instrument: Instrument, lines: list[tuple[str, str]]) -> int:
    expected = {item.link_id for item in instrument.expected}
    found = {item.link_id for line in lines if (item := instrument.find(*line)) is not None}
    return len(expected & found)
