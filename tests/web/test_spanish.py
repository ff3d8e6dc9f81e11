"""The public side in Spanish: nothing is missing, nothing is left in English, nothing is lost."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from handrail.areas.booking import errors
from handrail.areas.checks import services as checks
from handrail.cli.words import as_text, catalog, renewed, sentences, translated
from handrail.core.check import NONE, UNKNOWN, Voice
from handrail.data import check_table, criteria_set, private_check
from handrail.data.languages import SHOWN, translations
from handrail.foundation import tenancy
from handrail.foundation.clock import now
from handrail.web.kit.sentences import sentence
from handrail.web.public.words import day, either, listed, say, speaking
from tests.areas.evening_track import Evening
from tests.factories import slots
from tests.web.pages import READING
from tests.web.readability import ease, main_text, sílabas
from tests.web.test_check_result import (
    ALCOHOL,
    EMERGENCY,
    LOW,
    OPIOIDS,
    SHAKING,
    answers_of,
    browser,
)

pytestmark = pytest.mark.django_db

FAIRLY_EASY = 65
WISHES = [row["key"] for row in check_table()["less"]]
WISH_PAGES = [row["key"] for row in check_table()["less"] if "about" in row]
PAGES = list(
    dict.fromkeys(
        [*READING.values(), "/tonight", *(f"/they-want-less/{one}" for one in WISH_PAGES)]
    )
)
NOT_AGE = [one.slug for one in private_check().questions if one.slug != "age"]
RESULTS = {
    "one level": ALCOHOL,
    "withdrawal": SHAKING,
    "opioids": OPIOIDS,
    "emergency": EMERGENCY | LOW,
    "low": LOW,
    "nothing known": dict.fromkeys(NOT_AGE, (UNKNOWN,)),
    "young": {"age": ("under-18",)},
    "refused": dict.fromkeys(NOT_AGE, ("refused",)),
}

# Words that no Spanish sentence has; names of places, laws and papers are cut out before.
ENGLISH = re.compile(
    r"\b(the|and|you|your|they|their|them|with|without|what|when|where|which|who|this|that|for|"
    r"from|have|are|is|was|not|never|can|will|would|should|about|week|hour|hours|help|care|"
    r"it|or|of|to|in|an|by|if|each|every|day|days|someone|people|more|less|than|please|choose|"
    r"call|text|home|level|step|program|page|question|answer|answers)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"Clinical Institute Withdrawal Assessment|American Society of Addiction Medicine|"
    r"“Against medical advice”|SMART|Alder Street Recovery|peer-to-peer|“coach” o “peer”|"
    r"Brief Addiction Monitor|Xanax[^.]*Ambien|weather\.gov|Massachusetts Substance Use Helpline|"
    r"New York HOPEline"
)


class Seen(HTMLParser):
    """The words a person reads or hears on a page: texts, labels, description, title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.path: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        heard = [given.get("aria-label"), given.get("alt"), given.get("placeholder")]
        if tag == "meta" and given.get("name") == "description":
            heard.append(given["content"])
        self.words += [one for one in heard if one]
        if tag not in {"meta", "link", "input", "br", "path", "rect", "circle"}:
            silent = tag in {"code", "script", "style"} or given.get("lang") == "en"
            silent = silent or "sources" in (given.get("class") or "").split()
            self.path.append((tag, silent))

    def handle_endtag(self, tag):
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(silent for _, silent in self.path):
            self.words.append(" ".join(data.split()))


def left_in_english(html):
    return [one for one in Seen(html).words if ENGLISH.search(NAMES.sub("", unescape(one)))]


def get(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# ---- the catalog -------------------------------------------------------------------------------


def test_every_public_sentence_has_its_spanish():
    known = catalog("es")
    missing = [message for message, _ in sentences() if not translated(known, message)]
    assert missing == [], "see docs/how-to/translate-the-public-side.md"


def test_the_catalog_holds_what_is_said_and_nothing_else():
    found = dict(sentences())
    assert as_text(renewed("es", catalog("es"), found)) == as_text(catalog("es")), (
        "run ./run handrail words --write"
    )
    assert {entry.id for entry in catalog("es") if entry.id} == set(found)


def test_a_translation_keeps_numbers_addresses_and_every_place_to_fill_in():
    kept = re.compile(r"%\(\w+\)s|%%|\{\w*\}|</?\w+|href=\"[^\"]*\"|1-\d{3}-\d{3}-\d{4}|\b911\b")
    for entry in catalog("es"):
        if not entry.id:
            continue
        ours = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        theirs = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for english, spanish in zip(ours, theirs, strict=True):
            assert sorted(kept.findall(spanish)) == sorted(kept.findall(english)), english


def test_where_988_is_named_the_spanish_line_is_too():
    """Call 988 and press 2, or text AYUDA: both are answered in Spanish."""
    for entry in catalog("es"):
        text = entry.id if isinstance(entry.id, str) else entry.id[0]
        if re.search(r"[Cc]all (988|or text 988)|[Tt]ext 988", text) and "press 1" not in text:
            assert re.search(r"oprima[n]? 2|AYUDA", entry.string), text


def test_the_reader_is_addressed_as_usted():
    """Only words meant for the loved one, in quotation marks, say tú."""
    familiar = re.compile(r"\b(tú|tu|tus|te|ti|contigo|tienes|puedes|quieres|eres|haz)\b", re.I)
    for entry in catalog("es"):
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for text in strings:
            assert not familiar.search(re.sub(r"“[^”]*”", "", text)), text


@pytest.mark.parametrize("name", SHOWN)
def test_no_word_of_a_data_file_is_left_out_by_mistake(name):
    """What is not shown is a key, a number or a code: never a sentence."""
    from handrail.data import read_table
    from handrail.data.languages import words_of

    if SHOWN[name].only:
        return
    shown = set(words_of(name, read_table(name)))
    texts = set(_texts(read_table(name)))
    sentences_left_out = {one for one in texts - shown if re.search(r"[a-z]{2} [a-z]{2}", one)}
    assert sentences_left_out == set()


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (
                _texts(one) if key not in ("source", "cited") or isinstance(one, list) else ()
            )


# ---- the pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_wholly_in_spanish_and_leads_back_to_english(client, path):
    html = get(client, f"/es{path}")
    assert left_in_english(html) == []
    assert '<html lang="es-US">' in html
    assert f'<a class="language" href="{path}" lang="en" hreflang="en">English</a>' in html
    english = get(client, path)
    assert f'href="/es{path}" lang="es" hreflang="es">Español</a>' in english


@pytest.mark.parametrize("path", PAGES)
def test_a_spanish_page_reads_with_ease(client, path):
    assert ease(main_text(get(client, f"/es{path}"))) >= FAIRLY_EASY


@pytest.mark.parametrize("voice", list(Voice))
def test_every_screen_of_the_check_is_in_spanish(voice):
    for chosen in (SHAKING | EMERGENCY, RESULTS["nothing known"]):
        client = browser(chosen, voice)
        assert left_in_english(get(client, f"/es/check/{voice.value}")) == []
        for number in range(1, len(answers_of(chosen)) + 1):
            html = get(client, f"/es/check/question/{number}")
            assert left_in_english(html) == [], number
        assert left_in_english(get(client, "/es/check/answers")) == []


@pytest.mark.parametrize("voice", list(Voice))
def test_help_at_once_is_in_spanish(voice):
    client = browser(EMERGENCY | {"danger-now": ("body", "plan")}, voice)
    html = get(client, "/es/check/now")
    assert left_in_english(html) == []
    assert "oprima 2" in html


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize(
    "taken",
    [("alcohol",), ("alcohol-daily", "shakes", "sedatives"), ("opioids", "ghb"), (UNKNOWN,)],
)
def test_the_first_answer_is_in_spanish(taken, voice):
    html = get(browser({"substances": taken}, voice, until="last-use"), "/es/check/first")
    assert left_in_english(html) == []
    assert ease(main_text(html)) >= FAIRLY_EASY - 5


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("name", RESULTS)
def test_a_result_is_in_spanish(name, voice):
    html = get(browser(RESULTS[name], voice), "/es/check/result")
    assert left_in_english(html) == []
    assert ease(main_text(html)) >= FAIRLY_EASY - 5


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("wish", WISHES)
def test_wanting_less_is_in_spanish(wish, voice):
    html = get(browser(OPIOIDS, voice, less=wish), "/es/check/want-less")
    assert left_in_english(html) == []


def test_the_answers_say_the_same_in_both_languages():
    """The same level, the same number of reasons: only the words differ."""
    client = browser(SHAKING)
    english, spanish = get(client, "/check/result"), get(client, "/es/check/result")
    for tag in ("<li", "<tr", "<h2", "<h3", "<dt", "<q>"):
        assert english.count(tag) == spanish.count(tag), tag


def test_every_rule_and_question_is_the_same_rule_in_spanish():
    ours, theirs = criteria_set(), criteria_set(language="es")
    assert [rule.id for rule in ours.rules] == [rule.id for rule in theirs.rules]
    assert all(a.plain != b.plain for a, b in zip(ours.rules, theirs.rules, strict=True))
    assert [one.slug for one in private_check().questions] == [
        one.slug for one in private_check("es").questions
    ]


def test_pages_for_mistakes_are_in_spanish(client):
    assert left_in_english(get(client, "/es/no-existe", status=404)) == []
    client.raise_request_exception = False
    assert left_in_english(get(client, "/es/check/result", status=410)) == []
    wrong = client.get("/es/check/discard")
    assert wrong.status_code == 405
    assert left_in_english(wrong.content.decode()) == []


# ---- going from one language to the other --------------------------------------------------------


def test_the_check_under_way_goes_on_in_the_other_language(client):
    client.post("/check/me")
    client.post("/check/question/1", {"question": "danger-now", "answer": NONE})
    html = get(client, "/check/question/2")
    address = re.search(r'class="language" href="([^"]+)"', html)[1]
    assert address == "/es/check/question/2"
    spanish = get(client, address)
    assert "Algunas cosas es peligroso dejarlas de golpe" in spanish
    answer = client.post(address, {"question": "substances", "answer": "alcohol"})
    assert answer["Location"] == "/es/check/question/3"
    assert "checked" in get(client, "/check/question/1")


def test_what_was_chosen_counts_the_same_after_a_change_of_language():
    client, token = browser({}), ""
    token = client.cookies[settings.CHECK_COOKIE].value
    checks.change_check(
        token=token, change=lambda found: replace(found, answers=answers_of(SHAKING)), at=now()
    )
    assert "withdrawal" in get(client, "/check/result") or "detox" in get(client, "/check/result")
    assert "abstinencia" in get(client, "/es/check/result") or "desintoxicación" in get(
        client, "/es/check/result"
    )


def test_a_wrong_answer_is_told_in_spanish(client):
    client.post("/es/check/me")
    client.post("/es/check/question/1", {"question": "danger-now"})
    assert "Por favor escoja una respuesta." in get(client, "/es/check/question/1")


def test_a_page_that_does_not_exist_leads_to_the_other_home(client):
    html = get(client, "/es/no-existe", status=404)
    assert 'class="language" href="/"' in html


def test_staff_addresses_have_no_spanish_copy(client):
    assert client.get("/es/sign-in").status_code == 404
    assert client.get("/es/staff/").status_code == 404


def test_no_browser_setting_and_no_cookie_changes_the_language(client):
    html = client.get("/", headers={"accept-language": "es"}).content.decode()
    assert "Worried about drinking, drugs or mental health?" in html
    client.cookies["django_language"] = "es"
    assert "Worried about drinking, drugs or mental health?" in get(client, "/")


def test_the_check_is_hidden_from_search_engines_in_both_languages(client):
    text = get(client, "/robots.txt")
    assert "Disallow: /check/" in text
    assert "Disallow: /es/check/" in text


# ---- words made of parts -------------------------------------------------------------------------


def test_dates_hours_and_lists_are_said_as_people_say_them():
    on = now().date().replace(year=2026, month=11, day=23)
    assert day(on) == "Monday, November 23, 2026"
    assert listed(["a", "b", "c"]) == "a, b and c"
    with translation.override("es"):
        assert day(on) == "lunes, 23 de noviembre de 2026"
        assert listed(["pan", "agua"]) == "pan y agua"
        assert listed(["padres", "hijos"]) == "padres e hijos"
        assert either(["un hospital", "desintoxicación"]) == "un hospital o desintoxicación"
        assert say("{time} pm", time="6:00") == "6:00 p. m."


def test_an_unknown_sentence_stays_as_it_is():
    assert translations("es").gettext("Nobody ever said this.") == "Nobody ever said this."
    assert translations("en").gettext("Back") == "Back"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ayuda", 3), ("guía", 2), ("querer", 2), ("tratamiento", 4), ("adicción", 3),
        ("país", 2), ("ahora", 3), ("ley", 1), ("muy", 1), ("día", 2), ("seguro", 3),
        ("opioides", 3), ("IOP", 3), ("cuidado", 3), ("leer", 2),
    ],
)  # fmt: skip
def test_spanish_syllables_are_counted_as_people_say_them(word, count):
    assert sílabas(word) == count


def test_a_hard_spanish_sentence_measures_as_hard():
    hard = (
        "La implementación multidimensional de procedimientos administrativos interdisciplinarios "
        "requiere autorizaciones correspondientes fundamentadas adecuadamente por evaluadores."
    )
    assert ease(hard) < 10
    assert ease("El gato come pan. La casa es azul.") > 90


def test_the_cookie_of_the_check_is_sent_to_both_languages(client):
    client.post(reverse("public:check_start_me"))
    assert client.cookies[settings.CHECK_COOKIE]["path"] == "/"


def test_what_a_booking_is_refused_for_is_said_in_spanish_from_the_catalog():
    with speaking("es"):
        assert sentence(errors.TimeTaken()) == "Alguien tomó ese horario hace un momento."
        assert "3 horarios" in sentence(errors.TooManyHeld(3))
    assert sentence(errors.TooManyHeld(3)).startswith("You hold 3 times")


@pytest.mark.parametrize("wrong", [{"called": ""}, {"phone": ""}, {"phone": "12"}])
def test_a_booking_that_cannot_be_taken_is_told_in_spanish(wrong, client, program):
    with tenancy.within(program.alder):
        made = Evening(program)
        published = slots.publish(made.by, made.iop)
        offered = slots.offer(made.by, made.owner)
    form = {"called": "Jo", "phone": "555-0155", "email": ""} | wrong
    answer = client.post(f"/es/time/new/{slots.token(published, offered[0])}", form)
    assert answer.status_code == 400
    left = left_in_english(answer.content.decode())
    assert [one for one in left if "Evening program" not in one] == []
