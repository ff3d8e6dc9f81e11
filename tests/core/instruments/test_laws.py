"""What holds for every shipped instrument and any answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.instruments import ResponseError, score, score_answers
from handrail.core.instruments.instrument import option_values
from tests.core.instruments.examples import BY_ID

INSTRUMENTS = st.sampled_from(sorted(BY_ID.values(), key=lambda one: one.id))


def possible(item):
    """Any answer that a question takes."""
    values = option_values(item)
    return st.sampled_from(values) if values else st.integers(item.lowest, item.highest)


@st.composite
def answered(draw):
    """A shipped instrument with an answer to every expected question, skipping none."""
    instrument = draw(INSTRUMENTS)
    return instrument, {item.link_id: draw(possible(item)) for item in instrument.expected}


@given(answered())
def test_sums_stay_within_their_range(case):
    instrument, answers = case
    result = score_answers(instrument, answers)
    for scale in instrument.scoring.scales:
        value = result.total if scale.name == "total" else result.subscales[scale.name]
        lowest, highest = instrument.scale_range(scale)
        assert value is None or lowest <= value <= highest


@given(answered(), st.randoms())
def test_the_order_of_answers_does_not_matter(case, chance):
    instrument, answers = case
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    first, second = score_answers(instrument, answers), score_answers(instrument, dict(shuffled))
    assert sorted(map(repr, first.problems)) == sorted(map(repr, second.problems))
    assert (first.total, first.band, first.flags, first.findings) == (
        second.total,
        second.band,
        second.flags,
        second.findings,
    )


@given(answered(), st.data())
def test_a_missing_scored_answer_never_gives_a_total(case, data):
    instrument, answers = case
    skips = {reference for rule in instrument.scoring.skips for reference in rule.items}
    for scale in instrument.scoring.scales:
        # Questions that the instrument itself may leave out are another test's.
        links = [instrument.by_reference[r].link_id for r in scale.items if r not in skips]
        if not links:
            continue
        dropped = data.draw(st.sampled_from(links))
        result = score_answers(instrument, {k: v for k, v in answers.items() if k != dropped})
        value = result.total if scale.name == "total" else result.subscales[scale.name]
        assert value is None
        assert scale.finding not in result.findings
        assert dropped in {p.item for p in result.problems if p.kind == "missing"}


@given(answered())
def test_a_total_has_exactly_one_band(case):
    instrument, answers = case
    result = score_answers(instrument, answers)
    if instrument.scoring.total is None or result.total is None:
        assert result.band is None
    else:
        bands = instrument.scoring.total.bands
        assert [b.name for b in bands if b.lowest <= result.total <= b.highest] == [result.band]


@pytest.mark.parametrize("instrument", BY_ID.values(), ids=BY_ID)
def test_bands_tile_the_range(instrument):
    for scale in instrument.scoring.scales:
        lowest, highest = instrument.scale_range(scale)
        for value in range(lowest, highest + 1 if scale.bands else lowest):
            assert sum(band.lowest <= value <= band.highest for band in scale.bands) == 1


FIELDS = (
    *("item", "answer", "linkId", "text", "status", "extension", "url", "valueCode", "x"),
    *("valueCoding", "code", "display", "valueInteger", "_valueInteger", "valueString"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(INSTRUMENTS, st.lists(JSON, max_size=4), JSON)
def test_any_json_is_scored_or_refused_in_words(instrument, items, status):
    links = [item.link_id for item in instrument.questionnaire.items]
    shaped = [
        {"linkId": links[at % len(links)], "answer": [one]} if at % 2 else one
        for at, one in enumerate(items)
    ]
    response = {"resourceType": "QuestionnaireResponse", "status": status, "item": shaped}
    told = ""
    try:
        told = " ".join(problem.plain for problem in score(instrument, response).problems)
    except ResponseError as error:
        told = str(error)
    assert told
