"""Journey (a): a family member on a phone, from the check to first talks at two programs.

A walk through the pages by what a person sees and presses, from a starting house with two
programs that meet the public. The same way once in Spanish, up to the booked page.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handrail.data import private_check
from handrail.foundation import clock, tenancy
from tests.areas.evening_track import Evening
from tests.browser.test_check import CALM, IOP, answer_all
from tests.factories import programs
from tests.factories import slots as make
from tests.factories.programs import AT, TODAY

SHOTS = os.environ.get("HANDRAIL_SHOTS", "")
THEIRS = {words: answers for words, answers in IOP.items() if "did you notice" not in words} | {
    "notice in them": [
        *("They tried to stop", "It costs more and more"),
        *("A strong pull", "It takes more"),
    ],
}


@pytest.fixture
def two_houses(program, monkeypatch):
    """Alder Street has times this evening and tomorrow, Harbor Light tomorrow."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - clock.real_now().timestamp()))
    with tenancy.within(program.alder):
        alder = Evening(program)
        place = program.place("ines")
        make.hours(alder.by, place, *range(7), end=make.time(21))
        make.publish(alder.by, alder.iop, city="Columbus", state="OH", insurance=("Medicaid",))
        make.offer(alder.by, place, TODAY)
        make.offer(alder.by, place)
    with tenancy.within(program.harbor):
        by, jonah = (
            program.actor("jonah", program.harbor),
            program.place("jonah", program.harbor),
        )
        make.hours(by, jonah, *range(7), end=make.time(21))
        theirs = programs.a_program(by, name="Morning program")
        make.publish(by, theirs, phone="(555) 555-0163", city="Toledo", state="OH")
        make.offer(by, jonah)


def test_from_the_check_to_two_programs_one_moved_and_one_canceled(
    two_houses, phone, assert_accessible
):
    phone.goto("/")
    look(phone, "home", assert_accessible)
    phone.get_by_role("link", name="For someone I care about").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Start").click()
    answer_all(phone, THEIRS, started=True)
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Intensive outpatient treatment would fit")
    look(phone, "result", assert_accessible)

    phone.get_by_role("link", name="They want less than this").click()
    phone.get_by_label("A few meetings").check()
    phone.get_by_role("button", name="Show what it gives up").click()
    expect(phone.get_by_role("heading", name="What it gives up")).to_be_visible()
    expect(phone.get_by_role("heading", name="Words for the kitchen table")).to_be_visible()
    look(phone, "less", assert_accessible)
    phone.get_by_role("link", name="Find a program and a time").click()

    expect(phone.get_by_text("its own programs stand first")).to_be_visible()
    houses = phone.get_by_role("article")
    expect(houses.first).to_contain_text("Alder Street Recovery")
    look(phone, "programs", assert_accessible)
    phone.get_by_role(
        "link", name=re.compile("Book today, 6:00 pm.*Alder Street Recovery")
    ).last.click()
    book(phone)
    expect(phone.get_by_text("Tuesday, November 24, 6:00 pm EST")).to_be_visible()
    expect(phone.get_by_text("Nothing else was sent")).to_be_visible()
    look(phone, "booked", assert_accessible)
    first = phone.url.partition("?")[0]

    phone.get_by_role("link", name="Book another time elsewhere").click()
    phone.get_by_role(
        "link", name=re.compile("Book Wed, Nov 25, 6:00 pm.*Harbor Light Counseling")
    ).click()
    book(phone)
    expect(phone.get_by_text("Wednesday, November 25, 6:00 pm EST")).to_be_visible()
    second = phone.url.partition("?")[0]
    assert first != second

    phone.goto(first)
    phone.get_by_text("Move it").click()
    phone.get_by_role("button", name="Wed, Nov 25, 7:00 pm").click()
    expect(phone.get_by_text("Wednesday, November 25, 7:00 pm EST")).to_be_visible()
    look(phone, "moved", assert_accessible)

    phone.goto(second)
    phone.get_by_text("Cancel it").click()
    phone.get_by_role("button", name="Cancel this time").click()
    expect(phone.get_by_role("heading", name="This time is canceled")).to_be_visible()
    look(phone, "canceled", assert_accessible)

    phone.goto(first)
    expect(phone.get_by_text("Wednesday, November 25, 7:00 pm EST")).to_be_visible()
    phone.goto("/programs")
    again = phone.get_by_role("link", name=re.compile("Book Wed, Nov 25, 6:00 pm.*Harbor Light"))
    expect(again, "what was canceled is free for others").to_be_visible()


def test_the_same_way_in_spanish_to_the_booked_page(two_houses, phone, assert_accessible):
    phone.goto("/es/")
    phone.get_by_role("link", name="Para alguien que me importa").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Empezar").click()
    answer_in_spanish(phone)
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_contain_text("ambulatorio intensivo")
    look(phone, "es-result", assert_accessible)

    phone.get_by_role("link", name="Quiere menos que esto").click()
    phone.get_by_label("Unas cuantas reuniones").check()
    phone.get_by_role("button", name="Mostrar qué se pierde").click()
    expect(phone.get_by_role("heading", name="Qué se pierde")).to_be_visible()
    look(phone, "es-less", assert_accessible)
    phone.get_by_role("link", name="Buscar un programa y un horario").click()
    expect(phone.get_by_role("article").first).to_contain_text("Alder Street Recovery")
    look(phone, "es-programs", assert_accessible)
    phone.get_by_role("link", name=re.compile("Apartar .*Harbor Light Counseling")).click()
    phone.get_by_label("¿Qué nombre quiere que usemos?").fill("Dana")
    phone.get_by_label("Para alguien que me importa").check()
    phone.get_by_label("Teléfono", exact=True).fill("555-0166")
    look(phone, "es-book", assert_accessible)
    phone.get_by_role("button", name="Apartar este horario").click()
    expect(phone.get_by_text("miércoles 25 de noviembre, 6:00 p. m.")).to_be_visible()
    expect(phone.get_by_text("No se envió nada más")).to_be_visible()
    assert "/es/time/" in phone.url
    look(phone, "es-booked", assert_accessible)


# ---- by hand -----------------------------------------------------------------------------------


def book(phone):
    """Fill in the form and book; the person who is worried gives a phone number."""
    phone.get_by_label("What shall we call you?").fill("Dana")
    phone.get_by_label("Someone I care about").check()
    phone.get_by_label("Phone", exact=True).fill("555-0166")
    phone.get_by_role("button", name="Book this time").click()
    expect(phone.get_by_role("heading", name="Your time is set")).to_be_visible()


def answer_in_spanish(phone):
    """The same answers as in English, found by where they stand among the choices."""
    chosen = spanish_answers()
    for _ in range(60):
        if phone.url.endswith("/es/check/result"):
            return
        if phone.url.endswith("/es/check/first"):
            with phone.expect_navigation():
                phone.get_by_role("link", name=re.compile("^Seguir: ")).click()
            continue
        question = phone.get_by_role("heading", level=1).inner_text()
        for words in chosen[question]:
            phone.get_by_label(re.compile(f"^{re.escape(words)}")).first.check()
        with phone.expect_navigation():
            phone.get_by_role("button", name="Continuar").click()
    pytest.fail("the check never came to its result")


def spanish_answers() -> dict[str, list[str]]:
    """What the English table chooses, by question and answer, in Spanish."""
    found = {}
    for here, there in zip(private_check().questions, private_check("es").questions, strict=True):
        wanted = answers_to(here.ask.someone)
        pairs = zip(here.choices, there.choices, strict=True)
        chosen = [
            es.words.someone
            for en, es in pairs
            if any(en.words.someone.startswith(one) for one in wanted)
        ]
        found[there.ask.someone] = chosen or [there.none_says]
    return found


def answers_to(question: str) -> list[str]:
    """What the English walk chooses there; none where it takes "None of these"."""
    for table in (THEIRS, CALM):
        for words, answers in table.items():
            if words in question:
                return answers
    return []


def look(phone, name, assert_accessible):
    """Nothing bars the way, whatever somebody sees or hears the page by; keep a picture."""
    assert_accessible(phone)
    if SHOTS:
        phone.screenshot(path=Path(SHOTS) / f"journey-a-{name}.png", full_page=True)
