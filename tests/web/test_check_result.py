"""What a result tells: today first, facts as said, in the voice of the reader, and no more."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from handrail.areas.checks import services as checks
from handrail.core.check import NONE, Voice, choices_shown, next_question
from handrail.data import private_check
from handrail.foundation.clock import now

pytestmark = pytest.mark.django_db

UNKNOWN, REFUSED = ("unknown",), ("refused",)
CALM = {
    "for-whom": "adult",
    "last-use": "days",
    "course": "steady",
    "drinking": "less",
    "sedatives": "sometimes",
}
ALCOHOL = {
    "substances": ("alcohol",),
    "signs": ("stop", "costs", "craving", "tolerance"),
    "tried": ("counseling",),
    "held": ("counseling",),
}
SHAKING = ALCOHOL | {"drinking": ("heavy",), "shaking": ("mild",), "stopping-before": ("morning",)}
OPIOIDS = {
    "substances": ("opioids",),
    "opioid-withdrawal": ("moderate",),
    "body": ("overdose",),
    "signs": ("stop", "costs", "craving", "tolerance", "danger", "more"),
    "pattern": ("daily",),
}
EMERGENCY = {"danger-now": ("plan",), "thoughts": ("method",), "protection": (NONE,)}
LOW = {
    "conditions": ("depression",),
    "course": ("worse",),
    "daily-life": ("marked",),
    "tried": ("counseling",),
    "held": ("counseling",),
}


def answers_of(chosen, *, until=""):
    """Every question on the way, answered with what was chosen or else with what worries least."""
    answers = {}
    while (asked := next_question(private_check(), answers)) and asked.slug not in answers:
        if asked.slug == until:
            break
        keys = [choice.key for choice in choices_shown(asked, answers)]
        calm = next((key for key in keys if key in ("no", "none")), keys[0])
        least = (NONE,) if asked.several else (CALM.get(asked.slug, calm),)
        answers[asked.slug] = tuple(chosen.get(asked.slug, least))
    return answers


def browser(chosen, voice=Voice.ME, *, until="", less=""):
    """A browser that answered all of it."""
    client, token = Client(), checks.start_check(voice=voice, at=now())
    answers = answers_of(chosen, until=until)
    checks.change_check(
        token=token, change=lambda found: replace(found, answers=answers, less=less), at=now()
    )
    client.cookies[settings.CHECK_COOKIE] = token
    return client


def html_of(chosen, voice=Voice.ME, *, until=""):
    return browser(chosen, voice, until=until).get(reverse("public:check_result")).content.decode()


def plain(html):
    """The words of a page's main part, one block a line."""
    main = html[html.index("<main") : html.index("</main>")]
    without = re.sub(r"(?s)<svg.*?</svg>", "", main)
    blocks = re.sub(
        r"<(li|p|h1|h2|h3|tr|td|dt|dd|summary|section|div|select)\b[^>]*>", "\n", without
    )
    return unescape(re.sub(r"<[^>]+>", "", blocks))


def result(chosen, voice=Voice.ME, *, until=""):
    return plain(html_of(chosen, voice, until=until))


def less(chosen, wish, voice=Voice.ME):
    client = browser(chosen, voice, less=wish)
    return plain(client.get(reverse("public:check_want_less")).content.decode())


def headline(html):
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", html)[1])


# ---- what cannot wait ------------------------------------------------------------------------


@pytest.mark.parametrize("voice", list(Voice))
def test_opioids_have_their_own_words_for_today_and_not_those_for_alcohol(voice):
    text = result(OPIOIDS, voice)
    for words in (
        "Get naloxone today",
        "never to use alone|Never use alone",
        "buprenorphine today",
    ):
        assert re.search(words, text), words
    assert "1-800-662-4357" in text
    assert "rescue breaths" in text
    assert "Today, before stopping" not in text


def test_alcohol_withdrawal_is_told_not_to_stop_suddenly_and_nothing_of_naloxone():
    text = result(SHAKING)
    assert "Today, before stopping or cutting down" in text
    assert "Do not stop suddenly on your own." in text
    assert "Get naloxone today" not in text


def test_both_together_get_both():
    text = result(SHAKING | {"substances": ("alcohol", "opioids")})
    assert "Today: protection from an overdose" in text
    assert "Today, before stopping or cutting down" in text


def test_steady_on_medication_nobody_is_sent_for_it_today():
    steady = {"substances": ("opioids",), "tried": ("medication",), "held": ("steady",)}
    assert "Today: protection from an overdose" not in result(steady)


def test_a_range_still_says_what_comes_with_both_of_its_ends():
    text = result(OPIOIDS | {"opioid-withdrawal": ("severe",), "body": UNKNOWN})
    assert "The two ends of the range" in text
    with_it = text[text.index("What should come with it") : text.index("What each step")]
    assert "Naloxone" in with_it
    assert "Medication for addiction" in with_it


@pytest.mark.parametrize("slug", ["thoughts", "danger-now"])
def test_not_knowing_a_safety_question_shows_a_relative_how_to_ask(slug):
    text = result(ALCOHOL | {slug: UNKNOWN}, Voice.SOMEONE)
    assert "Ask them plainly: “Are you thinking of killing yourself?”" in text
    assert "Call or text 988" in text


def test_not_knowing_about_oneself_shows_what_to_do_in_case_it_is_so():
    assert "In case it is so: what to do now" in result(ALCOHOL | {"thoughts": UNKNOWN})


def test_a_wish_not_to_wake_up_is_met_gently_with_988():
    html = html_of({"thoughts": ("passive",)})
    assert "You do not have to carry this alone" in html
    assert "today gentle" in html
    assert 'href="tel:988"' in html


def test_in_an_emergency_the_call_comes_first_and_the_rest_is_folded_away():
    html = html_of(ALCOHOL | EMERGENCY)
    assert headline(html) == "Please do not stay alone with this. Call or text 988 now."
    assert "keep working" not in html
    assert html.index('class="later"') < html.index("What each step would leave out")
    assert re.search(r'class="btn btn-danger" href="([^"]+)"', html)[1] == "tel:988"
    assert "Call and talk it over" not in html
    assert "Thoughts of suicide: call" not in html  # said above, at the top


# ---- the headline ----------------------------------------------------------------------------


def test_two_places_are_one_sentence_and_one_row():
    html = html_of(SHAKING | {"for-whom": ("pregnant",), "at-hand": ("adult", "visit")})
    assert headline(html).startswith("First a hospital or detox; one place may do both. Then ")
    assert plain(html).count("Comes first") == 1


def test_after_detox_a_level_is_not_said_to_be_all():
    text = result(SHAKING | {"stopping-before": ("morning", "seizure")})
    assert "First detox" in text
    assert "nothing larger" not in text


def test_every_lower_row_says_that_detox_comes_first_whatever_the_step():
    text = result(SHAKING | {"stopping-before": ("morning", "seizure")})
    rows = text[text.index("What each step would leave out") : text.index("What would change")]
    assert rows.count("First detox, whatever the step.") == rows.count("leaves out ") > 2


def test_medical_is_said_only_where_the_open_danger_is_withdrawal():
    medical = "someone medical should look today"
    open_withdrawal = SHAKING | {"stopping-before": UNKNOWN, "at-hand": UNKNOWN}
    assert medical in headline(html_of(open_withdrawal))
    assert medical not in headline(html_of(open_withdrawal | {"thoughts": UNKNOWN}))
    assert medical not in headline(html_of(open_withdrawal, until="body"))


def test_a_result_opened_early_says_that_more_is_to_come_and_not_that_it_was_left():
    text = result({}, until="substances")
    assert "still to come" in text
    assert "left for later" not in text


def test_when_all_was_answered_the_page_says_so():
    assert "Every question was answered." in result(ALCOHOL)


def test_being_of_two_minds_alone_asks_for_nothing_formal():
    assert (
        headline(html_of({"daily-life": ("some",), "tried": ("meetings",), "wishes": ("unsure",)}))
        == "Nothing formal is needed now"
    )


# ---- reasons and voices ----------------------------------------------------------------------


def test_at_most_four_reasons_stand_open():
    html = html_of(OPIOIDS)
    shown = html[html.index('class="why"') : html.index("More reasons")]
    assert shown.count("<li>") == 4


def test_what_was_refused_is_told_as_a_case_and_never_as_a_fact():
    refused = {"danger-now": REFUSED, "thoughts": REFUSED}
    text = result(ALCOHOL | refused)
    assert "In case it is so: There is danger to life now" in text
    assert "In case it is so: An hour a week was tried" not in text


def test_without_use_nothing_speaks_of_recovery_or_drugs():
    text = result(LOW, Voice.SOMEONE)
    text = text[text.index("What would change this") :]  # behind the table of all the steps
    for words in ("ellowship", "sober", "drinks or uses", "Just detox", "A coach", "Shaking"):
        assert words not in text, words


def test_a_relative_is_not_spoken_to_as_if_it_were_about_them():
    text = result(SHAKING | LOW | {"home": ("use",)}, Voice.SOMEONE)
    assert "your consent" not in text
    assert "medicines you take" not in text
    assert "Nights and weekends are theirs" in text


# ---- wanting less ----------------------------------------------------------------------------


def test_what_is_enough_says_what_it_has_to_come_with():
    text = less(ALCOHOL, "iop")
    assert "That is reasonable" in text
    assert "It is enough if it comes with: medication for addiction" in text


def test_going_home_after_detox_from_opioids_names_the_danger_of_the_first_weeks():
    text = less(OPIOIDS, "detox")
    assert "The first weeks home are the most dangerous" in text
    assert "Have naloxone at home" in text
    assert "The first weeks home" not in less(ALCOHOL, "detox")


def test_for_opioids_the_words_for_the_kitchen_table_are_about_staying_alive():
    assert "“There is medicine that takes the pull away." in less(OPIOIDS, "detox", Voice.SOMEONE)
    assert "I got naloxone" in less(OPIOIDS, "alone", Voice.SOMEONE)


def test_steps_above_the_one_that_fits_are_not_offered_as_less():
    text = less(ALCOHOL, "")
    assert "Intensive outpatient, three times a week" in text
    assert "Residential treatment" not in text
    assert "A day program" not in text


def test_asking_for_more_is_talked_over_and_not_simply_started():
    text = less(ALCOHOL, "rtc", Voice.SOMEONE)
    assert "It is more than the answers ask for" in text
    assert "What makes you want that much?" in text
    assert "That sounds right" not in text


def test_a_relative_of_someone_who_refuses_everything_learns_what_they_can_do_themselves():
    text = less(SHAKING, "refuses", Voice.SOMEONE)
    for words in ("Call the program without them", "Keep naloxone at home", "Look after yourself"):
        assert words in text
    assert "They refuse everything" not in less(SHAKING, "", Voice.ME)
    # Patience is for what can wait; a withdrawal cannot.
    assert "I ask again on Sunday" in less(ALCOHOL, "refuses", Voice.SOMEONE)
    assert "I ask again on Sunday" not in text


# ---- the other pages -------------------------------------------------------------------------


def test_the_answers_can_be_looked_through_and_each_can_be_changed():
    client = browser(ALCOHOL | {"getting-there": ("later",)})
    page = client.get(reverse("public:check_answers"))
    text = plain(page.content.decode())
    assert "In the last year, which of these did you notice?" in text
    assert "I tried to stop or cut down and could not; A strong pull to use" in text
    assert "Left for later" in text
    asked = len(answers_of(ALCOHOL))
    assert len(re.findall(r'href="/check/question/\d+">Change', page.content.decode())) == asked
    assert "no-store" in page["Cache-Control"]


def test_a_question_leads_back_to_the_result_only_when_there_is_nothing_left_to_ask():
    done, under_way = browser(ALCOHOL), browser(ALCOHOL, until="body")
    address = reverse("public:check_question", args=[1])
    assert "To the result" in done.get(address).content.decode()
    assert "To the result" not in under_way.get(address).content.decode()


def test_under_18_finds_help_at_once_with_numbers_that_can_be_tapped():
    html = html_of({"for-whom": ("under-18",)})
    assert headline(html) == "You did right to ask. This is who helps people your age."
    assert html.index('href="tel:911">Call 911') < html.index("<h1")
    for number in ("tel:988", "tel:1-800-422-4453", "tel:1-800-662-4357"):
        assert f'href="{number}"' in html
    assert "does not wake up: call 911" in html


def test_a_form_from_elsewhere_meets_a_page_of_ours_with_the_numbers():
    page = Client().post(reverse("public:check_start_me"), headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403
    text = page.content.decode()
    assert "We could not take that" in text
    assert 'href="tel:988"' in text
    assert "CSRF" not in text


# ---- what a clinician found wrong, each once ---------------------------------------------------


def test_low_mood_that_gets_worse_and_disturbs_daily_life_is_never_nothing():
    worried = {"conditions": ("low", "worry"), "course": ("worse",), "daily-life": ("marked",)}
    assert "Nothing formal" not in headline(html_of(worried))
    assert "doctor or counselor" in headline(html_of(worried))


def test_thoughts_of_suicide_beside_an_earlier_attempt_are_looked_at_today():
    chosen = ALCOHOL | {
        "thoughts": ("active", "earlier"),
        "conditions": ("depression",),
        "course": ("worse",),
        "drinking": ("heavy",),
    }
    html = html_of(chosen)
    assert re.search("988 now|Today: talk with someone trained", headline(html)), headline(html)
    assert 'href="tel:988"' in html


@pytest.mark.parametrize("violence", [{"danger-now": ("by",)}, {"danger-now": ("hurts",)}])
def test_violence_at_home_has_the_hotline_first_and_no_word_of_home_work_or_family(violence):
    html = html_of(ALCOHOL | violence, Voice.SOMEONE)
    main = html[html.index("<main") :]
    assert re.search(r'class="btn btn-danger" href="([^"]+)"', main)[1] == "tel:1-800-799-7233"
    text = plain(html)
    for words in ("keep working", "live at home", "go to work", "for family or friends"):
        assert words not in text, words
    assert "Sessions for you and others close to them" not in text


@pytest.mark.parametrize("drinking", ["binge", "heavy"])
def test_an_earlier_withdrawal_seizure_sends_a_binge_drinker_to_a_doctor_before_stopping(drinking):
    text = result(ALCOHOL | {"drinking": (drinking,), "stopping-before": ("seizure",)})
    assert "Today, before stopping or cutting down" in text


@pytest.mark.parametrize("voice", list(Voice))
def test_ghb_is_never_stopped_alone(voice):
    text = result({"substances": ("ghb",), "signs": ("stop", "costs")}, voice)
    assert "Today, before stopping: GHB, GBL or phenibut" in text
    assert "within hours" in text


def test_visible_withdrawal_is_given_no_two_weeks_and_leads_the_headline():
    chosen = ALCOHOL | {"shaking": ("moderate",), "drinking": ("heavy",), "tried": (NONE,)}
    html = html_of(chosen)
    assert re.match(r"Today: a doctor|First ", headline(html)), headline(html)
    assert "two weeks from now" not in less(chosen, "meetings")


def test_wanting_to_do_it_alone_with_opioids_still_means_naloxone_and_medicine():
    for voice in Voice:
        text = less(OPIOIDS, "alone", voice)
        assert "naloxone" in text
        assert "edication for addiction" in text


def test_a_sedative_taken_steadily_as_prescribed_is_kept_and_lowered_slowly():
    steady = {"substances": ("sedatives",), "sedatives": ("prescribed",)}
    html = html_of(steady)
    text = plain(html)
    assert "Keep taking it as prescribed" in text
    assert "over months" in text
    assert "A medical visit each day for about a week" not in text
    assert "before stopping or cutting down" not in text
    assert "Ask for that visit this week" not in text
    older = result(steady | {"for-whom": ("over-65",), "body": ("falls", "memory")})
    assert "Ask for that visit this week" in older


def test_pregnant_with_opioids_medicine_and_obstetric_care_come_today():
    text = result(OPIOIDS | {"for-whom": ("pregnant",), "home": ("use",)})
    for words in ("buprenorphine or methadone", "labor and delivery", "before any drug test"):
        assert words in text
    assert "live at home and keep working" not in text


def test_danger_signs_of_an_eating_disorder_have_a_box_a_number_and_a_way_there():
    for voice in Voice:
        html = html_of({"conditions": ("eating-danger",)}, voice)
        assert "heart and blood" in headline(html)
        assert 'href="tel:911"' in html
        assert "If offices are closed, the emergency department" in html


def test_at_night_the_emergency_department_stands_beside_the_doctor():
    for voice in Voice:
        text = result(SHAKING, voice)
        night = text[text.index("If offices are closed") :]
        assert night.index("An emergency department looks at any hour") < night.index("988")
        assert "1-800-662-4357" in night
    assert "If offices are closed" not in result({})


def test_what_is_for_today_says_because_of_which_answers():
    text = result(SHAKING | {"drinking": ("heavy",)})
    assert "Because you told us: “How do you drink, or did you until a week ago? Heavily," in text
    html = html_of(SHAKING | {"stopping-before": UNKNOWN, "at-hand": UNKNOWN})
    order = ("<h1", 'id="today-withdrawal"', 'id="night"', 'class="strip"', 'id="change"')
    assert [html.index(one) for one in order] == sorted(html.index(one) for one in order)
    assert "Because you told us: “GHB, GBL or phenibut”." in result({"substances": ("ghb",)})


def test_gambling_is_not_answered_with_meetings():
    html = html_of({"conditions": ("gambling",)})
    assert "ellowship meetings would fit" not in headline(html)
    assert "1-800-522-4700" in html


@pytest.mark.parametrize("home", ["no-place", "work", "use"])
def test_nobody_without_a_steady_home_or_work_is_told_to_keep_it(home):
    text = result(LOW | ALCOHOL | {"home": (home,)})
    assert "keep working" not in text
    assert "go to work or school" not in text


def test_cocaine_alone_is_not_offered_a_medicine_that_does_not_exist():
    chosen = {"substances": ("stimulants",), "signs": ("stop", "costs", "craving", "more")}
    text = result(chosen)
    for words in ("Medication for addiction", "medication for addiction"):
        assert words not in text


def test_what_would_change_it_shows_five_at_most_and_never_eating_first():
    chosen = ALCOHOL | dict.fromkeys(("body", "home", "conditions", "tried", "daily-life"), UNKNOWN)
    html = html_of(chosen)
    section = html[html.index('id="change"') :]
    shown = re.findall(r"<li>([^<]+)", section[: section.index("</ul>")])
    assert 1 <= len(shown) <= 5
    assert "eating disorder" not in shown[0]


def test_where_nothing_is_needed_nobody_is_asked_what_they_want_less_than():
    for chosen in ({}, {"substances": ("alcohol",)}):
        html = html_of(chosen)
        assert headline(html) == "Nothing formal is needed now"
        assert 'id="less"' not in html
        assert "I want less than this" not in html
        assert "What to watch" in html
        assert "More than needed. None." not in " ".join(plain(html).split())


def test_who_drinks_little_is_told_the_limits_and_what_to_watch_and_who_does_not_is_not():
    drinks, does_not = result({"substances": ("alcohol",)}), result({})
    assert "one drink a day for women and two for men" in drinks
    assert "name no number any more" in drinks
    assert "you need more to feel the same" in drinks
    assert "drink a day" not in does_not
    assert "more to feel the same" not in does_not
    assert "Low mood or worry does not pass" in does_not


# ---- a lead is about this person ---------------------------------------------------------------


def lead(chosen, voice=Voice.ME):
    html = html_of(chosen, voice)
    return unescape(re.search(r'class="lead">(.*?) This is not a diagnosis', html)[1])


@pytest.mark.parametrize(
    ("life", "words"),
    [
        ({"home": ("no-place",)}, "You have no safe place to live: a bed comes first"),
        ({"home": ("work",)}, "Your work is lost or at risk"),
        ({"home": ("use",)}, "Someone at home drinks heavily or uses drugs"),
        ({"getting-there": ("work",)}, "ask for evening hours"),
        ({"getting-there": ("children",)}, "You look after someone"),
        ({"home": ("lonely",)}, "You are much alone with this"),
        ({"for-whom": ("pregnant",)}, "first in line for treatment"),
        ({}, "You named nothing at home or work that stands in the way."),
    ],
)
def test_a_lead_is_made_of_what_this_person_said(life, words):
    said = lead(ALCOHOL | life)
    assert words in said, said
    others = {lead(ALCOHOL), lead(ALCOHOL | {"home": ("on-side",)})} - {said}
    assert all(said != other for other in others)


def test_of_much_in_a_life_a_lead_says_the_two_that_press_most():
    said = lead(
        ALCOHOL | {"home": ("no-place", "work", "lonely", "use"), "getting-there": ("work",)}
    )
    assert "no safe place to live" in said
    assert "drinks heavily or uses drugs" in said
    assert "evening hours" not in said
    assert "work is lost" not in said


def test_a_lead_to_a_relative_speaks_of_them():
    said = lead(ALCOHOL | {"home": ("no-place", "work")}, Voice.SOMEONE)
    assert "They have no safe place to live" in said
    assert "Their work is lost or at risk" in said
    assert not re.search(r"\b[Yy]ou have\b", said)
