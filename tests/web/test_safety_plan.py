"""Pages of the safety plan: written and signed, read, gone through, declined, handed over."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.consents.models import Disclosure
from handrail.areas.safety.models import SafetyPlan
from handrail.demo.house import ZONE
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode, some_flag
from tests.areas.safety.safety import WHOLE, a_safety_plan, write
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def joy(program):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
    return client


@pytest.fixture
def mara(program, client):
    return sign_in(client, program, "mara")


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def soon() -> str:
    day = clock.today(ZONE) + timedelta(days=7)
    return f"{day.month}/{day.day}/{day.year}"


def whole(program) -> dict[str, str]:
    texts = WHOLE | {"next_look": soon(), "owner": str(program.place("mara").pk)}
    return {f"text|{field}": text for field, text in texts.items()}


def signed(program, client):
    with tenancy.within(program.alder):
        return a_safety_plan(program.actor("mara"), client, program.place("mara"), at=clock.now())


def written(program, client) -> dict[str, str]:
    with tenancy.within(program.alder):
        found = drafts_of(client.pk, "safety_plan", by=program.actor("mara"))
    return {name: one.text for name, one in found.items()}


# ---- writing -----------------------------------------------------------------------------------


def test_without_a_plan_the_tab_says_what_to_do(mara, joy):
    said = words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    assert "No safety plan yet" in said
    assert "Write it together" in said
    assert "Safety plan None" in said  # in the summary


def test_the_form_asks_about_firearms_plainly_and_shows_988(mara, joy):
    said = words(mara.get(at("safety_plan_write", client_id=joy.pk)))
    assert "Is there a gun where you live" in said
    assert "988" in said
    assert "Before it can be signed" in said


def test_signed_in_one_go_it_stands_on_the_tab_and_in_the_summary(mara, joy, program):
    answer = mara.post(at("safety_plan_write", client_id=joy.pk), whole(program) | {"do": "sign"})
    assert answer.headers["Location"] == at("chart_safety_plan", client_id=joy.pk)
    said = words(mara.get(answer.headers["Location"]))
    assert "I drive past the old place" in said
    assert "Her mother keeps the bottle" in said
    assert "Agreed by Joy Okonkwo" in said
    assert "Signed" in said
    assert "next look" in said
    assert written(program, joy) == {}


def test_what_is_missing_is_said_beside_it_and_everything_typed_is_kept(mara, joy, program):
    typed = {"text|reasons": "My daughter’s games", "text|firearms": "safer", "do": "sign"}
    answer = mara.post(at("safety_plan_write", client_id=joy.pk), typed)
    assert answer.status_code == 400
    said = words(answer)
    assert "Not signed yet" in said
    assert "Firearms: say what was agreed" in said
    assert "Pills, drugs and alcohol at home: ask" in said
    assert written(program, joy) == {"reasons": "My daughter’s games", "firearms": "safer"}
    assert not rows(program, SafetyPlan)


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


def test_saved_for_later_it_goes_on_where_it_was(mara, joy, program):
    address = at("safety_plan_write", client_id=joy.pk)
    assert mara.post(address, {"text|myself": "Walk", "do": "save"}).status_code == 302
    assert "Walk</textarea>" in mara.get(address).content.decode()
    said = words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    assert "Go on writing" in said
    mara.post(address, {"do": "put away"})
    assert written(program, joy) == {}


def test_the_script_saves_one_text_and_hears_of_another_writer(mara, joy, program, django_client):
    address = at("safety_plan_save", client_id=joy.pk)
    saved = mara.post(address, {"key": "reasons", "text": "Her games", "base": "0"}).json()
    assert (saved["version"], saved["text"]) == (1, "Her games")
    dev = sign_in(django_client(), program, "dev")
    answer = dev.post(address, {"key": "reasons", "text": "Her garden", "base": "0"})
    assert answer.status_code == 409
    met = answer.json()
    assert met["theirs"]["text"] == "Her games"
    assert met["theirs"]["by"] == "Mara Whitfield"
    page = mara.get(at("safety_plan_write", client_id=joy.pk)).content.decode()
    assert "Her garden</blockquote>" in page
    assert "Dev Raman wrote this too" in page
    settled = dev.post(
        at("safety_plan_settle", client_id=joy.pk),
        {"key": "reasons", "text": "Her games, her garden", "base": met["version"],
         "seen": met["seen"]},
    )  # fmt: skip
    assert settled.status_code == 200
    assert written(program, joy) == {"reasons": "Her games, her garden"}


def test_without_a_script_one_of_two_texts_is_chosen_too(mara, joy, program, django_client):
    address = at("safety_plan_write", client_id=joy.pk)
    mara.post(address, {"text|reasons": "Her games", "do": "save"})
    dev = sign_in(django_client(), program, "dev")
    answer = dev.post(address, {"text|reasons": "Her garden", "base|reasons": "0.", "do": "sign"})
    assert answer.status_code == 400
    assert "Mara Whitfield wrote here too" in words(answer)
    both = re.search(r'value="(settle\|reasons\|both\|[^"]+)"', answer.content.decode())[1]
    base = re.search(r'name="base\|reasons" value="([^"]+)"', answer.content.decode())[1]
    dev.post(address, {"text|reasons": "Her games", "base|reasons": base, "do": both})
    assert written(program, joy) == {"reasons": "Her games\n\nHer garden"}


def test_a_part_that_is_not_known_is_refused(mara, joy):
    answer = mara.post(at("safety_plan_save", client_id=joy.pk), {"key": "mood", "text": "x"})
    assert answer.status_code == 400
    assert "not known" in answer.json()["refused"]


def test_an_intake_coordinator_writes_and_finds_no_button_to_sign(program, joy, client):
    ines = sign_in(client, program, "ines")
    page = ines.get(at("safety_plan_write", client_id=joy.pk)).content.decode()
    assert "A clinician signs it" in page
    assert 'value="sign"' not in page
    answer = ines.post(at("safety_plan_write", client_id=joy.pk), whole(program) | {"do": "sign"})
    assert answer.status_code == 403
    assert written(program, joy) == {}  # refused as a whole; the script had saved before


def test_signing_what_was_signed_meanwhile_leads_to_the_plan(mara, joy, program):
    signed(program, joy)
    answer = mara.post(at("safety_plan_write", client_id=joy.pk), {"do": "sign"})
    assert answer.headers["Location"] == at("chart_safety_plan", client_id=joy.pk)
    assert len(rows(program, SafetyPlan)) == 1


# ---- after that --------------------------------------------------------------------------------


def test_earlier_versions_stay_readable(mara, joy, program):
    first = signed(program, joy)
    mara.post(at("safety_plan_begin", client_id=joy.pk))
    with tenancy.within(program.alder):
        write(program.actor("mara"), joy, clock.now(), reasons="My garden", agreed_name="Joy",
              next_look=soon())  # fmt: skip
    mara.post(at("safety_plan_write", client_id=joy.pk), {"do": "sign"})
    tab = words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    assert "My garden" in tab
    assert "Version 1" in tab
    old = words(mara.get(at("safety_plan_version", client_id=joy.pk, plan_id=first.pk)))
    assert "My daughter’s games" in old
    assert "This is version 1" in old


def test_a_look_and_declining_keep_what_was_typed_until_they_are_whole(mara, joy, program):
    signed(program, joy)
    owner = str(program.place("mara").pk)
    look = at("safety_plan_look", client_id=joy.pk)
    answer = mara.post(look, {"words": "fine", "next_look": soon(), "owner": "x"})
    assert answer.status_code == 400
    assert "fine</textarea>" in answer.content.decode()
    typed = {"words": "Used the walk; it helped her.", "next_look": soon(), "owner": owner}
    assert mara.post(look, typed).status_code == 302
    said = words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    assert "Used the walk; it helped her." in said
    decline = at("safety_plan_decline", client_id=joy.pk)
    assert mara.post(decline, {"reason": "no", "ask_again": "soon"}).status_code == 400
    typed = {"reason": "She is tired of plans.", "instead": "Called her sister together.",
             "ask_again": soon(), "owner": owner}  # fmt: skip
    assert mara.post(decline, typed).status_code == 302
    assert "She is tired of plans." in words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    for address in (look, decline):
        assert mara.get(address).headers["Location"] == at("chart_safety_plan", client_id=joy.pk)


def test_an_overdue_look_stands_on_the_tab_in_the_summary_and_on_today(mara, joy, program):
    with tenancy.within(program.alder):
        by, place = program.actor("mara"), program.place("mara")
        some_flag(by, joy, place, at=clock.now())
        a_safety_plan(by, joy, place, at=clock.now() - timedelta(days=9))
    assert "To be looked at again" in words(mara.get(at("chart_safety_plan", client_id=joy.pk)))
    assert "overdue" in words(mara.get(at("chart_about", client_id=joy.pk)))
    today = words(mara.get(at("today")))
    assert "Review safety plan." in today
    assert re.search(r"was due (2 days ago|yesterday|1 day ago)", today)  # by the local day


# ---- giving it ---------------------------------------------------------------------------------


def test_on_paper_it_is_accounted_for(mara, joy, program):
    made = signed(program, joy)
    answer = mara.post(at("safety_plan_print", client_id=joy.pk, plan_id=made.pk))
    said = words(answer)
    assert "My safety plan" in said
    assert "988" in said
    (row,) = rows(program, Disclosure)
    assert (row.what, row.how) == ("Safety plan, version 1", "printed")


def test_on_the_phone_it_works_once_and_the_address_tells_nothing(
    mara, joy, program, django_client
):
    made = signed(program, joy)
    page = mara.post(at("safety_plan_phone", client_id=joy.pk, plan_id=made.pk)).content.decode()
    address = re.search(r"testserver(/plan/[\w-]{43})", page)[1]
    assert str(joy.pk) not in address
    assert "joy" not in address.lower()
    phone = django_client()
    shown = phone.get(address)
    assert shown.status_code == 200
    assert "Okonkwo" not in shown.content.decode()
    assert phone.get(address).status_code == 200  # looking takes nothing
    taken = phone.post(address)
    assert taken.headers["Content-Disposition"] == 'attachment; filename="my-plan.html"'
    assert "I drive past the old place" in taken.content.decode()
    assert "alder" not in taken.content.decode().lower()
    again = phone.post(address)
    assert again.status_code == 404
    assert "has been used" in words(again)
    assert len(rows(program, Disclosure)) == 1


def test_whoever_speaks_spanish_has_the_plan_in_spanish_with_their_own_words(
    mara, program, django_client
):
    with tenancy.within(program.alder):
        client = some_client(program.actor("ruth"), at=clock.now(), language="Spanish")
    made = signed(program, client)
    printed = words(mara.post(at("safety_plan_print", client_id=client.pk, plan_id=made.pk)))
    assert "Mi plan de seguridad" in printed
    assert "Por qué y por quién sigo aquí" in printed
    page = mara.post(at("safety_plan_phone", client_id=client.pk, plan_id=made.pk))
    address = re.search(r"(/es/plan/[\w-]{43})", page.content.decode())[1]
    phone = django_client()
    assert "Su plan está listo" in words(phone.get(address))
    taken = phone.post(address).content.decode()
    assert '<html lang="es-US">' in taken
    assert "Quién está de día y de noche" in taken
    assert "I drive past the old place" in taken, "what they said stays as they said it"
    assert "Who is there" not in taken


def test_another_clients_plan_is_not_given(mara, joy, program):
    with tenancy.within(program.alder):
        other = some_client(program.actor("ruth"), "Sam", "Kell", at=clock.now())
    made = signed(program, joy)
    for name in ("safety_plan_print", "safety_plan_phone"):
        answer = mara.post(at(name, client_id=other.pk, plan_id=made.pk))
        assert answer.status_code == 404
    assert not rows(program, Disclosure)


def test_the_form_names_nobody_in_its_addresses_and_costs_a_fixed_number_of_queries(
    mara, joy, program, django_assert_num_queries
):
    made = signed(program, joy)
    pages = {
        at("chart_safety_plan", client_id=joy.pk): 25,
        at("safety_plan_version", client_id=joy.pk, plan_id=made.pk): 24,
        at("safety_plan_write", client_id=joy.pk): 21,
    }
    for address in pages:
        mara.get(address)
    for address, number in pages.items():
        with django_assert_num_queries(number):
            page = mara.get(address).content.decode()
        addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page)).lower()
        assert "okonkwo" not in addresses
