"""Signing in, being locked out, being signed out, and what each leaves in the trail."""

import re
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.areas.organizations import services
from handrail.areas.organizations.models import OrganizationSettings, SecondFactor, StaffSession
from handrail.config import settings as production
from handrail.demo.accounts import PASSWORD
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.kit import access
from tests.staff import confirm, sign_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)


def enter(client, name, password=PASSWORD, organization="alder", **environ):
    data = {"login": f"{name}@{organization}.example", "password": password}
    return client.post("/sign-in", data, **environ)


def trail(program, action):
    with tenancy.within(program.alder):
        return list(AuditEntry.objects.filter(action=action))


def rule(program, **changed):
    with tenancy.within(program.alder):
        OrganizationSettings.objects.update(**changed)


# ---- in ----------------------------------------------------------------------------------------


def test_email_and_password_open_today(program, client):
    assert enter(client, "mara").headers["Location"] == "/staff"
    page = client.get("/staff").content.decode()
    assert "Mara Whitfield" in page
    assert "Alder Street Recovery" in page
    assert [entry.actor_name for entry in trail(program, "sign_in")] == ["Mara Whitfield"]


def test_a_real_installation_keeps_passwords_by_argon2(program, client, settings):
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    mara = program.user("mara")
    mara.set_password("four quiet green stairs")
    mara.save()
    assert mara.password.startswith("argon2$argon2id$")
    assert enter(client, "mara", "four quiet green stair").status_code == 200
    assert enter(client, "mara", "four quiet green stairs").headers["Location"] == "/staff"


@pytest.mark.parametrize("email", ["MARA@alder.example", " mara@alder.example "])
def test_the_spelling_of_the_email_does_not_matter(program, client, email):
    answer = client.post("/sign-in", {"login": email, "password": PASSWORD})
    assert answer.headers["Location"] == "/staff"


def test_the_session_cookie_is_out_of_reach(program, client, settings):
    cookie = enter(client, "mara").cookies[settings.SESSION_COOKIE_NAME]
    assert settings.PORT in settings.SESSION_COOKIE_NAME
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == "", "it ends with the browser"


def test_what_proves_a_form_is_ours_ends_with_the_browser_too(client, settings):
    assert client.get("/sign-in").cookies[settings.CSRF_COOKIE_NAME]["max-age"] == ""


def test_a_wrong_password_and_an_unknown_email_get_the_same_words(program, client):
    wrong, unknown = enter(client, "mara", "wrong"), enter(client, "nobody", "wrong")
    said = [re.findall(r'role="alert">([^<]+)', one.content.decode()) for one in (wrong, unknown)]
    assert said[0] == said[1] != []
    assert len(trail(program, "sign_in.failed")) == 1


# ---- guessing ----------------------------------------------------------------------------------

STRANGER, OFFICE = "203.0.113.7", "198.51.100.20"


def fewer(settings, **limits):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, **limits}


def guess(client, name, times, address=STRANGER):
    for _ in range(times):
        enter(client, name, "wrong", REMOTE_ADDR=address)


def gets_in(client, name, address=STRANGER):
    return enter(client, name, REMOTE_ADDR=address).status_code == 302


def test_after_five_wrong_passwords_the_right_one_waits_too(program, client):
    guess(client, "mara", 5)
    answer = enter(client, "mara", REMOTE_ADDR=STRANGER)
    assert answer.status_code == 200
    assert "too many" in answer.content.decode().lower()
    assert client.get("/staff").status_code == 302
    assert gets_in(client, "dev"), "others are not locked out"


def test_wrong_passwords_from_elsewhere_keep_nobody_out(program, client, django_client):
    guess(client, "mara", 8)
    assert gets_in(django_client(), "mara", OFFICE)


def test_a_browser_that_is_known_opens_whatever_was_tried_elsewhere(
    program, client, django_client, settings
):
    fewer(settings, passwords_of_account="7/1h/key")
    office = django_client()
    assert gets_in(office, "mara", OFFICE)
    office.post("/sign-out")
    guess(client, "mara", 5, OFFICE)
    guess(client, "mara", 5, STRANGER)
    assert not gets_in(client, "mara", OFFICE)
    assert not gets_in(django_client(), "mara", "192.0.2.1"), "the account has its own limit"
    guess(office, "mara", 5, OFFICE)
    assert gets_in(office, "mara", OFFICE)


def test_a_known_browser_is_known_for_its_own_account_and_cannot_guess_forever(program, client):
    assert gets_in(client, "dev")
    client.post("/sign-out")
    guess(client, "mara", 5)
    assert not gets_in(client, "mara")
    guess(client, "dev", 10)
    assert not gets_in(client, "dev")


def test_a_made_up_cookie_makes_no_known_browser(program, client, django_client, settings):
    assert gets_in(client, "mara")
    real = client.cookies[settings.DEVICE_COOKIE].value
    device, mark = real.split(".")
    for value in (f"{device}.{'0' * 32}", f"other.{mark}", mark, "..", ""):
        guesser = django_client()
        guesser.cookies[settings.DEVICE_COOKIE] = value
        guess(guesser, "mara", 5)
        assert not gets_in(guesser, "mara")
    assert "mara" not in real
    assert str(program.user("mara").pk) not in real


def test_one_address_cannot_try_many_accounts(program, client, settings):
    fewer(settings, passwords_of_address="3/5m/key")
    for number in range(3):
        guess(client, f"nobody{number}", 1)
    assert not gets_in(client, "mara")
    assert gets_in(client, "mara", OFFICE)


def test_a_whole_office_signs_in_from_one_address(program, django_client, settings):
    fewer(settings, passwords_of_address="3/5m/key")
    for _ in range(5):
        assert gets_in(django_client(), "mara", OFFICE)


def test_an_ipv6_household_counts_as_one_address(program, client):
    for number in range(5):
        guess(client, "mara", 1, f"2001:db8:1:2::{number + 1}")
    assert not gets_in(client, "mara", "2001:db8:1:2:ffff::9")
    assert gets_in(client, "mara", "2001:db8:1:3::1")


def test_a_password_set_anew_from_a_letter_opens_at_once(program, client):
    guess(client, "mara", 5, "127.0.0.1")
    client.post("/password/forgotten", {"email": "mara@alder.example"})
    link = re.search(r"http://testserver(/password/new/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link).headers["Location"]
    fresh = "four quiet green stairs"
    assert client.post(form, {"password1": fresh, "password2": fresh}).status_code == 302
    assert enter(client, "mara", fresh).status_code == 302


def test_wrong_codes_of_the_second_factor_have_to_wait(program, client):
    Authenticator.objects.create(
        user=program.user("mara"),
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")},
    )
    enter(client, "mara")
    pages = [client.post("/sign-in/code", {"code": "000000"}).content.decode() for _ in range(6)]
    assert [("too many" in one.lower()) for one in pages] == [False] * 5 + [True]


def test_the_way_back_leads_only_to_our_own_pages(program, client):
    data = {"login": "mara@alder.example", "password": PASSWORD}
    answer = client.post("/sign-in", {**data, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/staff"


def test_nobody_can_sign_up(client):
    for path in ("/signup", "/sign-up", "/accounts/signup/", "/security/passkeys/signup"):
        assert client.get(path).status_code == 404


def test_pages_behind_the_door_are_never_kept(program, client):
    sign_in(client, program, "mara")
    assert "no-store" in client.get("/staff").headers["Cache-Control"]


# ---- out ---------------------------------------------------------------------------------------


def test_signing_out_ends_the_session(program, client):
    enter(client, "mara")
    client.get("/staff")
    client.post("/sign-out")
    assert client.get("/staff").status_code == 302
    assert not StaffSession.objects.filter(user_id=program.user("mara").id).exists()
    assert trail(program, "sign_out")


def test_ending_access_ends_open_sessions_at_once(program, client, django_client):
    sign_in(client, program, "mara")
    assert client.get("/staff").status_code == 200
    director = sign_in(django_client(), program, "paul")
    confirm(director)
    place = program.place("mara")
    assert StaffSession.objects.filter(user_id=place.user_id).count() == 1
    director.post(f"/staff/people/{place.id}/deactivate")
    assert not StaffSession.objects.filter(user_id=place.user_id).exists()
    assert client.get("/staff").headers["Location"].startswith("/sign-in")


def test_someone_whose_access_ended_cannot_come_back_in(program, client):
    answer = enter(client, "kim")
    assert answer.status_code == 403
    assert "Your access has ended" in answer.content.decode()
    assert client.get("/staff").status_code == 302


def test_a_second_place_stays_open_when_the_first_ends(program, client):
    sign_in(client, program, "paul", program.alder)
    with tenancy.within(program.alder):
        services.deactivate(membership_id=program.place("paul").id, by=program.actor("ada"), at=AT)
    sign_in(client, program, "paul", program.harbor)
    page = client.get("/staff").content.decode()
    assert "Harbor Light Counseling" in page


@pytest.fixture
def seconds_pass(monkeypatch):
    """Move the clock that idle sign-out reads."""
    passed = {"seconds": 0.0}
    moved = SimpleNamespace(time=lambda: time.time() + passed["seconds"])
    monkeypatch.setattr(access, "time", moved)

    def move(seconds):
        passed["seconds"] += seconds

    return move


def test_nobody_there_for_fifteen_minutes_is_signed_out(program, client, seconds_pass):
    sign_in(client, program, "mara")
    client.get("/staff")
    seconds_pass(14 * 60)
    assert client.get("/staff/people").status_code == 200
    seconds_pass(15 * 60 + 1)
    answer = client.get("/staff/people", follow=True)
    assert answer.redirect_chain == [("/sign-in?next=%2Fstaff%2Fpeople", 302)]
    assert "nobody used this page for 15 minutes" in answer.content.decode()


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(program, client, seconds_pass):
    sign_in(client, program, "mara")
    client.get("/staff")
    for _ in range(15):
        seconds_pass(60)
        client.get("/staff/idle", headers={"accept": "application/json"})
    seconds_pass(1)
    answer = client.get("/staff/idle", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert client.get("/staff").status_code == 302


def test_someone_who_says_so_stays(program, client, seconds_pass):
    sign_in(client, program, "mara")
    client.get("/staff")
    seconds_pass(14 * 60)
    assert client.get("/staff/idle").json()["seconds"] <= 60
    client.post("/staff/stay")
    assert client.get("/staff/idle").json()["seconds"] > 14 * 60


def test_the_organization_says_how_long_idle_is(program, client, seconds_pass):
    rule(program, idle_minutes=5)
    sign_in(client, program, "mara")
    client.get("/staff")
    seconds_pass(5 * 60 + 1)
    assert client.get("/staff").status_code == 302


# ---- second factor and confirming --------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "required", "stopped"),
    [
        ("ada", SecondFactor.ADMINISTRATORS, True),
        ("mara", SecondFactor.ADMINISTRATORS, False),
        ("mara", SecondFactor.EVERYONE, True),
        ("ada", SecondFactor.NOBODY, False),
    ],
)
def test_the_rule_about_the_second_factor_is_kept(program, client, who, required, stopped):
    rule(program, second_factor=required)
    sign_in(client, program, who)
    for path in ("/staff", "/staff/people", "/staff/audit"):
        answer = client.get(path)
        assert (answer.headers.get("Location") == "/security") == stopped
    assert client.get("/security").status_code == 200


def signed_in_a_while_ago(client):
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 15 * 60
    session.save()


def test_changing_who_can_do_what_asks_once_more_and_then_does_it(program, client):
    enter(client, "ada")
    signed_in_a_while_ago(client)
    place = program.place("mara")
    path = reverse("staff:roles", args=[place.id])
    asked = client.post(path, {"roles": ["supervisor"]})
    assert asked.headers["Location"].startswith("/confirm?next=")
    place.refresh_from_db()
    assert place.roles == ["facilitator"]
    client.post("/confirm", {"password": PASSWORD, "next": path})
    place.refresh_from_db()
    assert place.roles == ["supervisor"]


def test_who_has_just_signed_in_is_not_asked_again(program, client):
    enter(client, "ada")
    place = program.place("mara")
    client.post(reverse("staff:roles", args=[place.id]), {"roles": ["supervisor"]})
    place.refresh_from_db()
    assert place.roles == ["supervisor"]
    assert client.get("/security/app/add").status_code == 200


def test_a_refusal_says_why_and_is_written_down(program, client):
    sign_in(client, program, "mara")
    answer = client.get("/staff/audit")
    assert answer.status_code == 403
    assert "Your roles here do not include this" in answer.content.decode()
    assert trail(program, "refused")[0].detail["page"] == "staff:audit"


def test_a_page_that_breaks_undoes_what_it_wrote(program, client, monkeypatch):
    from handrail.web.staff.organizations import people

    sign_in(client, program, "paul")
    monkeypatch.setattr(people, "show", lambda *a, **k: 1 / 0)
    client.raise_request_exception = False
    confirm(client)
    data = {"name": "N", "email": "n@x.example", "roles": ["biller"]}
    assert client.post("/staff/people/invite", data).status_code == 500
    with tenancy.within(program.alder):
        assert not AuditEntry.objects.filter(action="people.invite", actor_name="Paul Ferreira")


# ---- mail and invitations ----------------------------------------------------------------------


def test_letters_say_nothing_of_care_or_of_an_organization(
    program, client, django_capture_on_commit_callbacks
):
    sign_in(client, program, "paul")
    confirm(client)
    data = {"name": "Nia Brooks", "email": "nia@x.example", "roles": ["facilitator"]}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/staff/people/invite", data)
    client.post("/sign-out")
    client.post("/password/forgotten", {"email": "mara@alder.example"})
    assert [one.to for one in mail.outbox] == [["nia@x.example"], ["mara@alder.example"]]
    for letter in mail.outbox:
        words = (letter.subject + re.sub(r"http\S+", "", letter.body)).lower()
        for telling in ("alder", "recovery", "treatment", "facilitator", "program", "handrail"):
            assert telling not in words
        assert "http://testserver/" in letter.body


def test_an_unknown_email_gets_no_letter_and_the_same_page(program, client):
    known = client.post("/password/forgotten", {"email": "mara@alder.example"})
    unknown = client.post("/password/forgotten", {"email": "nobody@alder.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert len(mail.outbox) == 1


def test_an_invitation_is_accepted_on_its_page(program, client, settings, django_client):
    settings.DEMO = True
    director = sign_in(django_client(), program, "paul")
    confirm(director)
    data = {"name": "Nia Brooks", "email": "nia@x.example", "roles": ["facilitator"]}
    page = director.post("/staff/people/invite", data).content.decode()
    link = re.search(r'href="(http://testserver/join/[^"]+)"', page).group(1)
    assert "Nia Brooks" in client.get(link).content.decode()
    words = "four quiet green stairs"
    wrong = client.post(link, {"password": words, "again": "other"})
    assert "not the same" in wrong.content.decode()
    assert client.post(link, {"password": words, "again": words}).status_code == 302
    assert client.get(link).status_code == 410
    answer = client.post("/sign-in", {"login": "nia@x.example", "password": words})
    assert answer.headers["Location"] == "/staff"


# ---- several organizations ---------------------------------------------------------------------


def test_someone_in_two_organizations_chooses_and_switches_openly(program, client):
    enter(client, "paul")
    assert client.get("/staff").headers["Location"] == "/staff/switch"
    client.post("/staff/switch", {"organization": str(program.harbor)})
    page = client.get("/staff/people").content.decode()
    assert "Jonah Pike" in page
    assert "Mara Whitfield" not in page
    with tenancy.within(program.harbor):
        assert AuditEntry.objects.filter(action="organization.switch").count() == 1


def test_nobody_switches_to_where_they_have_no_place(program, client):
    sign_in(client, program, "mara")
    client.post("/staff/switch", {"organization": str(program.harbor)})
    assert "Jonah" not in client.get("/staff/people").content.decode()


# ---- the review --------------------------------------------------------------------------------


def test_each_look_at_the_trail_is_in_the_trail(program, client):
    sign_in(client, program, "paul")
    for _ in range(3):
        client.get("/staff/audit")
    assert len(trail(program, "audit.review")) == 3


def test_the_trail_is_filtered_by_person_action_and_day(program, client):
    sign_in(client, program, "paul")
    ruth = str(program.user("ruth").id)
    client.get("/staff/audit")
    page = client.get("/staff/audit", {"person": ruth}).content.decode()
    assert "Nothing matches" in page
    page = client.get("/staff/audit", {"action": "people.deactivate"}).content.decode()
    assert "Kim Tolliver" in page
    assert page.count('<td class="keep">') == 2
    assert "Nothing matches" in client.get("/staff/audit", {"day": "2001-01-01"}).content.decode()
    assert client.get("/staff/audit", {"day": "someday"}).status_code == 400


def test_the_trail_goes_on_page_by_page_without_gap_or_repeat(program, client):
    sign_in(client, program, "paul")
    with tenancy.within(program.alder):
        before = AuditEntry.objects.count()
    for _ in range(120):
        client.get("/staff/audit", {"action": "sign_in"})
    seen, query = [], ""
    while query is not None:
        page = client.get(f"/staff/audit{query}").content.decode()
        seen.append(page.count('scope="row"'))
        older = re.search(r'href="(\?[^"]+)">Older', page)
        query = older.group(1).replace("&amp;", "&") if older else None
    assert sum(seen) == before + 120 + 1
    assert seen[:2] == [50, 50]


# ---- what an open page asks before it sends a form -----------------------------------------------


def ask_again(client, to=""):
    return client.get("/staff/again", {"to": to}, headers={"Accept": "application/json"})


def test_an_open_page_learns_who_is_signed_in_where_and_what_to_send(program, client):
    sign_in(client, program, "ada")
    told = ask_again(client).json()
    assert told["person"] == str(program.user("ada").pk)
    assert told["organization"] == str(program.alder)
    strict = client.__class__(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/staff/stay", {"csrfmiddlewaretoken": told["csrf"]}).status_code == 200
    assert strict.post("/staff/stay").status_code == 403


def test_an_open_page_learns_whether_a_form_will_ask_once_more(program, client):
    sign_in(client, program, "ada")
    strict, plain = (
        reverse(f"staff:{name}", args=[program.place("tess").pk])
        for name in ("deactivate", "record_license")
    )
    assert ask_again(client, strict).json()["confirm"]
    assert not ask_again(client, plain).json()["confirm"]
    assert not ask_again(client, "/nowhere").json()["confirm"]
    confirm(client)
    assert not ask_again(client, strict).json()["confirm"]


def test_an_open_page_learns_that_nobody_is_signed_in(program, client, seconds_pass):
    assert ask_again(client).status_code == 401
    sign_in(client, program, "ada")
    client.get("/staff")
    seconds_pass(14 * 60)
    assert ask_again(client).status_code == 200  # and keeps nobody signed in
    seconds_pass(2 * 60)
    assert ask_again(client).status_code == 401


# ---- what a page costs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/staff", 8),
        ("/staff/people", 6),
        ("/staff/organization", 3),
        ("/staff/audit", 7),
        ("/staff/idle", 3),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times(program, client, path, queries):
    sign_in(client, program, "paul")
    client.get("/staff")  # notes that someone is there
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    # Outside a test the transaction ends with the page, and nothing has to be put back.
    beside = ("SAVEPOINT", "RELEASE", "select set_config('app.organization', '', true)")
    said = [one["sql"] for one in asked if not one["sql"].startswith(beside)]
    assert len(said) == queries, said


def test_a_staff_page_nobody_wrapped_shows_nothing(program, client, settings):
    settings.ROOT_URLCONF = "tests.web.bare_page"
    sign_in(client, program, "ada")
    assert client.get("/staff/bare").status_code == 403


def test_a_page_for_everyone_stays_open_to_who_was_idle(program, client, seconds_pass):
    sign_in(client, program, "mara")
    client.get("/staff")
    seconds_pass(15 * 60 + 1)
    assert client.get("/").status_code == 200
    assert client.get("/staff").status_code == 302


def test_a_form_from_an_old_page_says_what_to_do(program):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"login": "mara@alder.example", "password": PASSWORD})
    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()
