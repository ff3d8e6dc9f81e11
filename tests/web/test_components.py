"""The drawn parts that several pages share."""

from itertools import pairwise

import pytest
from django.template import engines
from django.test import RequestFactory

from handrail.web.public.frame import frame
from handrail.web.public.level_strip import Cell, tall_strip, wide_strip
from handrail.web.public.views import MessagePage

DOWN = (
    Cell("RTC", "more"),
    Cell("PHP", "more"),
    Cell("IOP", "meets", "fits"),
    Cell("SOP", "short"),
    Cell("On my own", "short"),
)


def draw(source: str, **given: object) -> str:
    return engines["jinja2"].from_string(source).render(given)


@pytest.mark.parametrize("drawn", [wide_strip, tall_strip])
@pytest.mark.parametrize("beside", [(), (Cell("Detox", "range", "first"),)])
def test_a_strip_steps_down_from_left_to_right_and_stays_on_the_paper(drawn, beside):
    strip = drawn(DOWN, beside, label="IOP fits")
    steps = strip.boxes[len(beside) :]
    assert [box.kind for box in steps] == [cell.kind for cell in DOWN]
    assert all(upper.x < lower.x and upper.y < lower.y for upper, lower in pairwise(steps))
    assert all(box.x + box.width <= strip.width for box in strip.boxes)
    assert all(box.y + box.height <= strip.height for box in strip.boxes)


def test_a_strip_names_every_level_and_says_itself_in_words():
    html = draw(
        '{% from "components/strip.jinja" import strip %}{{ strip(wide, tall) }}',
        wide=wide_strip(DOWN, (), label="IOP fits"),
        tall=tall_strip(DOWN, (), label="IOP fits"),
    )
    assert html.count('aria-label="IOP fits"') == 2
    for cell in DOWN:
        assert html.count(f">{cell.name}<") == 2


def test_a_question_keeps_the_chosen_answer_and_every_answer_has_its_label():
    option = {"value": "yes", "words": "Yes", "hint": "Even once", "quiet": False}
    quiet = {"value": "refused", "words": "I would rather not say", "hint": "", "quiet": True}
    html = draw(
        '{% from "components/choices.jinja" import choices %}'
        '{{ choices("shakes", "Do you shake?", "Any morning counts.", options, "refused") }}',
        options=[option, quiet],
    )
    assert html.count("<label") == html.count('type="radio"') == 2
    assert html.count(" checked") == 1
    assert 'value="refused" checked' in html
    assert 'aria-describedby="shakes-hint"' in html


def test_words_of_a_page_are_escaped():
    html = draw(
        '{% from "components/marks.jinja" import verdict %}{{ verdict("short", words) }}',
        words="Leaves out: <b>support</b>",
    )
    assert "&lt;b&gt;" in html


def test_every_page_leads_out_to_a_neutral_site_and_tells_it_nothing():
    private = MessagePage(frame("Check", indexed=False), "Check", ())
    html = (
        engines["jinja2"]
        .get_template("public/message.jinja")
        .render({"page": private}, RequestFactory().get("/check/me"))
    )
    assert '<a class="leave" href="/leave" rel="noreferrer nofollow" data-leave>' in html
    assert 'data-to="https://www.weather.gov"' in html
