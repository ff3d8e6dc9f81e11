"""The course for family & friends: both languages agree, facts have sources, nothing is kept."""

import re
from datetime import date
from itertools import pairwise

import pytest

from handrail.data import lessons, read_table
from handrail.data.lessons import SLUGS, words_of
from tests.web.pages import SCRIPTS_OF_A_LESSON
from tests.web.readability import ease, main_text, measure
from tests.web.test_pages import Markup
from tests.web.test_spanish import FAIRLY_EASY, left_in_english

pytestmark = pytest.mark.django_db
every_lesson = pytest.mark.parametrize("slug", SLUGS)
CITED = re.compile(r"\[[a-z0-9-]+\]")


def page(client, slug="", language=""):
    answer = client.get(f"{language}/family-and-friends" + (f"/{slug}" if slug else ""))
    assert answer.status_code == 200
    return answer.content.decode()


def table(slug, language):
    return read_table(f"lessons/{language}/{slug}.toml")


def shape(value):
    """What a file is made of: its keys, and of each text only which sources it names."""
    if isinstance(value, str):
        return CITED.findall(value)
    if isinstance(value, list):
        return [shape(one) for one in value]
    if isinstance(value, dict):
        return {key: one if key == "page" else shape(one) for key, one in value.items()}
    return value


def numbers(slug, language):
    text = CITED.sub("", "\n".join(words_of(table(slug, language))))
    return set(re.findall(r"\d[\d-]*", re.sub(r"oprima\w* 2", "", text)))


# ---- both languages ----------------------------------------------------------------------------


@every_lesson
def test_both_languages_have_the_same_parts_links_and_sources(slug):
    assert shape(table(slug, "en")) == shape(table(slug, "es"))


@every_lesson
def test_both_languages_name_the_same_numbers(slug):
    assert numbers(slug, "en") == numbers(slug, "es")


@every_lesson
def test_no_text_is_left_in_english(client, slug):
    assert left_in_english(page(client, slug, "/es")) == []
    assert not set(words_of(table(slug, "en"))) & set(words_of(table(slug, "es"))) - {
        table(slug, "en")["story"]["teller"]
    }


@every_lesson
def test_the_reader_is_addressed_as_usted(slug):
    """Only words meant for the loved one, in quotation marks, say tú."""
    familiar = re.compile(r"\b(tú|tu|tus|te|ti|contigo|tienes|puedes|quieres|eres|haz)\b", re.I)
    for text in words_of(table(slug, "es")):
        assert not familiar.search(re.sub(r"“[^”]*”", "", text)), text


@every_lesson
def test_where_988_is_to_be_called_the_spanish_line_is_named(slug):
    for text in words_of(table(slug, "es")):
        if re.search(r"(llam|envíe)[^.]*988", text, re.I):
            assert re.search(r"oprima[n]? 2|AYUDA", text), text


# ---- what a lesson is made of ------------------------------------------------------------------


@every_lesson
def test_a_lesson_takes_about_ten_minutes_and_reads_with_ease(client, slug):
    assert 6 <= lessons.lesson(slug).minutes <= 9  # and a few for the exercise
    assert 6 <= lessons.lesson(slug, "es").minutes <= 9
    assert measure(main_text(page(client, slug))).grade <= 6
    assert ease(main_text(page(client, slug, "/es"))) >= FAIRLY_EASY


@every_lesson
def test_a_lesson_has_a_story_by_somebody_made_up_an_exercise_and_sources(client, slug):
    html, shown = page(client, slug), lessons.lesson(slug)
    assert f"Told by {shown.story.teller}, who is made up from many families." in html
    assert "inventada" in page(client, slug, "/es")
    assert len(re.findall("<textarea", html)) == len(shown.exercise.fields) >= 4
    for source in shown.sources:
        assert f'<li id="source-{source.id}">' in html
        assert f'href="#source-{source.id}"' in html
    assert "Read December 1, 2026." in html
    assert "Leído el 1 de diciembre de 2026." in page(client, slug, "/es")


def test_every_source_stands_behind_a_fact_and_says_when_it_was_read():
    used = {source.id for one in lessons.course() for source in one.sources}
    assert used == set(lessons.sources())
    for source in lessons.sources().values():
        assert date(2026, 1, 1) < source.read
        assert len(source.cited) > 40


def test_a_fact_without_a_known_source_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        lessons._line("Most people do [nobody].")


def test_a_sentence_is_cut_where_a_source_is_named():
    first, second = lessons._line("Most do [jones]. Some need more.")
    assert (first.text, first.source.id) == ("Most do", "jones")
    assert (second.text, second.source) == (". Some need more.", None)


def test_a_part_with_a_key_that_nobody_knows_is_an_error():
    with pytest.raises(TypeError, match="pionts"):
        lessons._part("A part", pionts=["a"])


# ---- the pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["", *SLUGS])
def test_a_page_of_the_course_asks_no_database_and_sets_no_cookie(
    client, slug, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page(client, slug)
    assert not client.cookies


@every_lesson
def test_what_needs_a_script_is_not_shown_without_one(client, slug):
    markup = Markup(page(client, slug))
    buttons = [one for one in markup.all("button") if "data-forget" not in one]
    assert len(buttons) == 3
    assert all("hidden" in one for one in buttons)
    assert all("hidden" in one for one in markup.all("p") if "data-progress" in one)
    assert markup.all("form") == []
    assert [one["src"] for one in markup.all("script")][1:] == SCRIPTS_OF_A_LESSON


def test_the_course_lists_every_lesson_in_order_and_each_leads_to_the_next(client):
    listed = re.findall(
        r'<a href="/family-and-friends/([\w-]+)"><span class="number">', page(client)
    )
    assert tuple(listed) == SLUGS
    for here, following in pairwise(SLUGS):
        assert f'class="more" href="/family-and-friends/{following}"' in page(client, here)
    assert "Next:" not in page(client, SLUGS[-1])


def test_the_course_is_in_the_menu_and_on_the_home_page(client):
    home = client.get("/").content.decode()
    assert home.count('href="/family-and-friends"') == 2
    assert '<a href="/family-and-friends" aria-current="page">' in page(client, SLUGS[0])


def test_a_lesson_that_is_not_there_leads_on(client):
    assert client.get("/family-and-friends/eight-easy-steps").status_code == 404
