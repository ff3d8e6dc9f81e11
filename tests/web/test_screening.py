"""Pages of a screening call: what they show, what they keep, what they refuse."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.open_chart import open_chart
from handrail.areas.screening.models import EmergencyStep, Screening
from handrail.areas.screening.selectors import screening as reading
from handrail.areas.screening.services import handed_checks, screening
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.inquiries.asking import some_inquiry
from tests.areas.screening.test_screening import DRINKS
from tests.staff import sign_in
from tests.web.readability import main_text, measure

pytestmark = pytest.mark.django_db
ASKS_FOR_DATA = {"HTTP_ACCEPT": "application/json"}
DANA = {"given_name": "Dana", "family_name": "Ellery", "birth_date": date(1984, 2, 29)}


@pytest.fixture
def running(program):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        inquiry = some_inquiry(by, at=clock.now(), **DANA)
        return screening.start_screening(inquiry_id=inquiry.pk, by=by, at=clock.now())


@pytest.fixture
def ruth(program, client):
    return sign_in(client, program, "ruth")


def at(name, call):
    page = f"screening_{name}" if name else "screening"
    return reverse(f"staff:{page}", kwargs={"screening_id": call.pk})


def save(browser, call, key, text, base="0", who="person"):
    fields = {"key": key, "text": text, "base": base, "who": who}
    return browser.post(at("save", call), fields, **ASKS_FOR_DATA)


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html.content.decode()).split())


def sheet(program, call):
    with tenancy.within(program.alder):
        found = reading.call(call.pk, by=program.actor("ruth"))
        return {name: (row.text, row.who) for name, row in found.fields.items()}


# ---- the page ------------------------------------------------------------------------------------


def test_it_says_who_it_is_about_what_comes_first_and_that_it_is_a_range(ruth, running):
    said = plain(ruth.get(at("", running)))
    assert "Dana Ellery The inquiry speaks for themself" in said
    assert "In the last month, did you wish you were dead" in said
    assert "A range, until safety is answered" in said
    assert "No single level while safety questions are open" in said


def test_no_name_stands_in_the_title_or_the_address(ruth, running):
    answer = ruth.get(at("", running))
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())[1]
    assert "Ellery" not in title + at("", running)


def test_someone_who_speaks_for_the_person_is_asked_about_them(program, ruth):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        inquiry = some_inquiry(
            by, at=clock.now(), caller_is="family", caller_relation="mother", **DANA
        )
        made = screening.start_screening(inquiry_id=inquiry.pk, by=by, at=clock.now())
    said = plain(ruth.get(at("", made)))
    assert "Dana Ellery, mother" in said or "Dana Ellery Dana Ellery, mother" in said
    assert "did they wish they were dead" in said
    assert "Only for the person themself" in said


@pytest.mark.parametrize("said", [{}, DRINKS])
def test_the_page_asks_the_database_the_same_few_times_whatever_was_answered(
    ruth, running, said, django_assert_num_queries
):
    for field, text in said.items():
        save(ruth, running, field, text)
    ruth.get(at("", running))
    with django_assert_num_queries(21):
        ruth.get(at("", running))


def test_looking_at_a_call_is_in_the_trail(program, ruth, running):
    ruth.get(at("", running))
    with tenancy.within(program.alder):
        assert AuditEntry.objects.filter(action="screening.read").exists()


def test_starting_leads_to_the_call_and_starting_again_to_the_same(program, ruth, running):
    address = reverse("staff:start_screening", kwargs={"inquiry_id": running.inquiry_id})
    for answer in (ruth.post(address), ruth.post(address), ruth.get(address)):
        assert answer.headers["Location"] == at("", running)
    with tenancy.within(program.alder):
        assert Screening.objects.count() == 1


def test_every_line_of_the_script_can_be_reached_by_a_key(ruth, running):
    html = ruth.get(at("", running)).content.decode()
    for line in re.findall(r'<div class="q .*?</fieldset>', html, re.S):
        keys = re.findall(r'data-key="(\w)"', line)
        assert len(keys) == len(set(keys)), line


# ---- answers -------------------------------------------------------------------------------------


def test_an_answer_is_kept_as_it_is_typed(program, ruth, running):
    answer = save(ruth, running, "thoughts", "none")
    assert json.loads(answer.content)["version"] == 1
    assert sheet(program, running)["thoughts"] == ("none", "person")


def test_what_cannot_be_taken_is_said(ruth, running):
    answer = save(ruth, running, "age", "very old")
    assert answer.status_code == 409
    assert "whole number" in json.loads(answer.content)["refused"]


def test_a_colleagues_answer_is_not_written_over(program, ruth, running, django_client):
    mara = sign_in(django_client(), program, "mara")
    save(ruth, running, "how-much", "A fifth a day")
    torn = save(mara, running, "how-much", "A pint")
    assert json.loads(torn.content)["theirs"]["text"] == "A fifth a day"
    page = plain(mara.get(at("", running)))
    assert "Both are kept until you choose" in page
    html = mara.get(at("", running)).content.decode()
    do = re.search(r'value="(other\|how-much\|\w+)"', html)[1]
    mara.post(at("settle", running), {"do": do})
    assert sheet(program, running)["how-much"][0] == "A pint"


def test_a_quiet_page_hears_of_news_only(ruth, running):
    first = ruth.get(at("changes", running), {"since": "0"})
    known = json.loads(first.content)["version"]
    assert ruth.get(at("changes", running), {"since": known}).status_code == 204
    save(ruth, running, "thoughts", "none")
    news = ruth.get(at("changes", running), {"since": known})
    assert json.loads(news.content)["version"] > known


def test_a_plain_form_keeps_what_changed_and_nothing_else(program, ruth, running):
    ruth.post(
        at("save", running),
        {
            "part": "safety",
            "who": "person",
            "do": "save",
            "field": ["thoughts", "age", "attempt"],
            "thoughts": "none",
            "was:thoughts": "",
            "base:thoughts": "0",
            "age": "42",
            "was:age": "42",
            "base:age": "1",
            "attempt": ["earlier", "self-harm"],
            "was:attempt": "",
            "base:attempt": "0",
        },
    )
    kept = sheet(program, running)
    assert kept["thoughts"][0] == "none"
    assert kept["attempt"][0] == "earlier self-harm"
    assert kept["age"] == ("42", "record")


def test_in_a_plain_form_one_wrong_answer_keeps_the_others_and_is_said(program, ruth, running):
    answer = ruth.post(
        at("save", running),
        {
            "part": "safety",
            "field": ["thoughts", "age"],
            "thoughts": "none",
            "was:thoughts": "",
            "age": "old",
            "was:age": "42",
            "base:age": "1",
        },
    )
    assert answer.status_code == 400
    assert "Write a whole number from 0 to 120." in plain(answer)
    assert sheet(program, running)["thoughts"][0] == "none"


# ---- danger --------------------------------------------------------------------------------------


def test_what_to_say_and_whom_to_call_stand_on_the_page(ruth, running):
    said = plain(ruth.get(at("", running)))
    for words in ("Something is wrong right now", "988 Lifeline", "1-800-222-1222"):
        assert words in said
    assert "I would like us to call 988 together, now" in said


def test_a_step_is_written_down_with_its_time_and_the_call_goes_on(program, ruth, running):
    fields = {"kind": "body", "step": "address", "words": "12 Elm St", "ago": "120"}
    answer = ruth.post(at("emergency", running), fields)
    assert answer.headers["Location"].endswith("?wrong=body#wrong")
    done = ruth.post(at("emergency", running), {"kind": "body", "step": "over"})
    assert done.headers["Location"] == at("", running)
    with tenancy.within(program.alder):
        first, second = EmergencyStep.objects.order_by("happened_at")
    assert (first.words, second.step) == ("12 Elm St", "over")
    assert (second.happened_at - first.happened_at).total_seconds() > 100


def test_a_step_whose_receipt_was_lost_is_written_once(program, ruth, running):
    key = "6b0a5f9e-95d0-4c4e-9b86-3f2f1a6a8c11"
    for _ in range(2):
        answer = ruth.post(
            at("emergency", running),
            {"kind": "body", "step": "called", "id": key},
            **ASKS_FOR_DATA,
        )
        assert answer.status_code == 200
    with tenancy.within(program.alder):
        assert EmergencyStep.objects.count() == 1


def test_an_address_without_words_is_asked_for(ruth, running):
    form = {"kind": "body", "step": "address"}
    assert "Write the address." in plain(ruth.post(at("emergency", running), form))
    data = ruth.post(at("emergency", running), form, **ASKS_FOR_DATA)
    assert data.status_code == 409


def test_a_danger_said_is_shown_with_the_task_it_opened(ruth, running):
    save(ruth, running, "thoughts", "method")
    said = plain(ruth.get(at("", running)))
    assert "Safety task opened: thoughts of suicide" in said
    assert "First, now" in said or "Risk" in said


def test_under_18_there_is_help_and_no_level(ruth, running):
    save(ruth, running, "age", "15", base="1")
    said = plain(ruth.get(at("", running)))
    assert "Where to turn" in said
    assert "findtreatment.gov" in said
    assert "Keep it and open the chart" not in said


# ---- the call as a whole -----------------------------------------------------------------------


def test_who_is_on_the_line_changes_the_words(ruth, running):
    ruth.post(at("voice", running), {"voice": "someone"})
    assert "did they wish they were dead" in plain(ruth.get(at("", running)))
    answer = ruth.post(at("voice", running), {"voice": "nobody"}, follow=True)
    assert "Choose who is on the line." in plain(answer)


def test_handing_over_needs_a_colleague_and_opens_on_their_today(
    program, ruth, running, django_client
):
    assert "Choose a colleague" in plain(ruth.post(at("hand_over", running), {"to": ""}))
    ruth.post(at("hand_over", running), {"to": str(program.place("mara").pk)})
    mara = sign_in(django_client(), program, "mara")
    said = plain(mara.get(reverse("staff:today")))
    assert "Screening call with Dana Ellery" in said
    assert "Screening call with" not in plain(ruth.get(reverse("staff:today")))


def test_ending_leads_to_the_chart(program, ruth, running):
    for field, text in DRINKS.items():
        save(ruth, running, field, text)
    answer = ruth.post(at("finish", running), {"outcome": "recommended"}, follow=True)
    said = plain(answer)
    assert answer.redirect_chain[-1][0].endswith("/level/")
    assert "The recommendation is kept with what it rests on." in said
    assert "Ended" in plain(ruth.get(at("", running)))


def test_someone_who_looks_alike_is_asked_about_and_nothing_is_lost(program, ruth, running):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        known = open_chart(inquiry_id=some_inquiry(by, **DANA).pk, by=by, at=clock.now())
    save(ruth, running, "thoughts", "none")
    page = plain(ruth.get(at("", running)))
    assert "Someone with a chart may be the same person" in page
    answer = ruth.post(at("finish", running), {"outcome": "recommended"})
    assert "Look at them first" in plain(answer)
    ruth.post(at("finish", running), {"outcome": "recommended", "client": str(known.pk)})
    with tenancy.within(program.alder):
        assert Screening.objects.get(pk=running.pk).client_id == known.pk


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"outcome": "follow_up"}, "Choose the day"),
        ({"outcome": "follow_up", "follow_up_date": "soon"}, "That is not a day"),
        ({"outcome": "referred", "follow_up_date": "12/30/2099"}, "Say where they were sent"),
        ({"outcome": "well"}, "Choose how the call ends"),
    ],
)
def test_an_end_that_cannot_be_is_said_and_the_call_goes_on(program, ruth, running, form, words):
    answer = ruth.post(at("finish", running), form)
    assert answer.status_code == 400
    assert words in plain(answer)
    with tenancy.within(program.alder):
        assert Screening.objects.get(pk=running.pk).ended_at is None


def test_nothing_yet_ends_with_a_day(program, ruth, running):
    form = {"outcome": "follow_up", "follow_up_date": "12/30/2099", "words": "Ask again"}
    ruth.post(at("finish", running), form)
    with tenancy.within(program.alder):
        inquiry = Inquiry.objects.get(pk=running.inquiry_id)
    assert (inquiry.next_step, str(inquiry.next_step_date)) == ("Ask again", "2099-12-30")
    again = ruth.post(at("finish", running), form, follow=True)
    assert "This call has ended already." in plain(again)


# ---- a code from the self-check ----------------------------------------------------------------


@pytest.fixture
def person(django_client):
    """Someone in a private check, with one answer."""
    made = django_client()
    made.post(reverse("public:check_start_me"))
    address = reverse("public:check_question", args=[1])
    made.post(address, {"question": "danger-now", "answer": ["none-of-these"]})
    return made


def code_of(answer):
    return re.search(r'id="code">([^<]+)<', answer.content.decode())[1]


def test_nothing_is_kept_for_a_program_until_it_is_asked_for(person):
    page = person.get(reverse("public:check_give"))
    assert "Until you ask for the code, nothing is kept for them." in plain(page)
    token = person.cookies["check"].value if "check" in person.cookies else ""
    assert not token or not handed_checks.is_given(token=token, at=clock.now())


def test_a_code_is_shown_once_filled_in_once_and_can_be_taken_back(program, ruth, running, person):
    give = reverse("public:check_give")
    code = code_of(person.post(give))
    assert code not in plain(person.get(give))
    wrong = ruth.post(at("check", running), {"code": "AAA-AAA-AAA"})
    assert "No answers wait under this code" in plain(wrong)
    filled = ruth.post(at("check", running), {"code": code}, follow=True)
    assert "3 answers filled in from the self-check" in plain(filled)
    assert "Said in the self-check: confirm" in plain(filled)
    assert sheet(program, running)["body-now"] == ("no", "check")
    ruth.post(at("save", running), {"part": "safety", "do": "confirm", "who": "person"})
    assert sheet(program, running)["body-now"] == ("no", "person")
    code = code_of(person.post(give))
    person.post(reverse("public:check_give_back"))
    assert "No answers wait" in plain(ruth.post(at("check", running), {"code": code}))


def test_throwing_the_answers_away_takes_the_code_along(ruth, running, person):
    code = code_of(person.post(reverse("public:check_give")))
    person.post(reverse("public:check_discard"))
    assert "No answers wait" in plain(ruth.post(at("check", running), {"code": code}))


def test_without_a_check_there_is_nothing_to_give(client):
    assert client.post(reverse("public:check_give")).headers["Location"] == reverse(
        "public:check_result"
    )


def test_the_code_stands_in_no_address_and_no_log(person, caplog):
    answer = person.post(reverse("public:check_give"))
    assert code_of(answer) not in caplog.text
    assert answer.status_code == 200
    assert (
        "no-store" in answer.headers["Cache-Control"]
        or "no-cache" in answer.headers["Cache-Control"]
    )


def test_giving_is_said_in_plain_words(person):
    for answer in (
        person.get(reverse("public:check_give")),
        person.post(reverse("public:check_give")),
    ):
        assert measure(main_text(answer.content.decode())).grade <= 8


# ---- an emergency opens by itself ---------------------------------------------------------------


def opened(html):
    """The kinds of danger that stand open on the page."""
    return re.findall(r'<details class="kind" name="kind" data-kind="(\w+)" open>', html)


def test_an_emergency_stands_open_at_the_top_until_it_is_over(ruth, running):
    part = {"part": "safety", "field": "body-now", "was:body-now": "", "body-now": "yes"}
    answer = ruth.post(at("save", running), part)
    assert answer.headers["Location"].endswith("#wrong")
    assert opened(ruth.get(at("", running)).content.decode()) == ["body"]
    step = {"kind": "body", "step": "over", "words": "Looked at by the ambulance"}
    ruth.post(at("emergency", running), step)
    assert opened(ruth.get(at("", running)).content.decode()) == []
    save(ruth, running, "mind-now", "voices", base="0")
    assert opened(ruth.get(at("", running)).content.decode()) != []


def test_a_relative_is_told_what_to_do_for_them_and_not_for_themself(program, ruth):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        inquiry = some_inquiry(
            by, at=clock.now(), caller_is="family", caller_relation="mother", **DANA
        )
        made = screening.start_screening(inquiry_id=inquiry.pk, by=by, at=clock.now())
    said = plain(ruth.get(at("", made)))
    assert "I am worried about their body" in said
    assert "your body" not in said
    ruth.post(at("voice", made), {"voice": "me"})
    assert "I am worried about your body" in plain(ruth.get(at("", made)))


def test_what_must_happen_today_leads_the_picture(ruth, running):
    save(ruth, running, "body-now", "yes")
    head = re.search(r'<p class="where-to">(.*?)</p>', ruth.get(at("", running)).content.decode())
    assert head[1].startswith("Today first: Hospital, for the body. After that, no single level")


def test_an_idle_sign_out_leaves_the_numbers_of_a_live_call_and_nothing_else(ruth, running):
    html = ruth.get(at("", running)).content.decode()
    for name in ("idle", "again"):
        dialog = re.search(rf'<dialog id="{name}".*?</dialog>', html, re.S)[0]
        assert 'href="tel:911"' in dialog
        assert 'href="tel:988"' in dialog
        assert "(804) 555-0142" in dialog
        assert "Ellery" not in dialog


def test_a_level_while_much_is_still_to_ask_is_called_so_far(ruth, running):
    said = {"body-now": "no", "thoughts": "none", "pregnant": "no", "eating": "no"}
    several = ("attempt", "mind-now", "substances", "body", "conditions", "home")
    for field, text in (said | dict.fromkeys(several, "none-of-these")).items():
        save(ruth, running, field, text)
    head = re.search(r'<p class="where-to">(.*?)</p>', ruth.get(at("", running)).content.decode())
    assert head[1] == "So far: On my own"
