"""Booking with two browsers at one time, the link, and every page of slots on every screen."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handrail.areas.booking.models import Booking
from handrail.areas.booking.services import bookings
from handrail.foundation import clock, tenancy
from tests.areas.evening_track import Evening
from tests.browser.screens import PHONE
from tests.browser.test_staff import enter
from tests.factories import slots as make
from tests.factories.programs import AT, TODAY

SHOTS = os.environ.get("HANDRAIL_SHOTS", "")


@pytest.fixture
def house(program, monkeypatch):
    """Times tonight and tomorrow, one booked, hours and somebody away."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - clock.real_now().timestamp()))
    with tenancy.within(program.alder):
        made = Evening(program)
        by, ines = made.by, program.place("ines")
        made.published = make.publish(
            by, made.iop, city="Columbus", state="OH", insurance=("Medicaid",), ages_from=18,
            about="Groups in the evening for people who work.",
        )  # fmt: skip
        make.hours(by, made.owner)
        make.hours(by, ines, *range(7), end=make.time(21))
        make.away(by, program.place("dev"), TODAY, why="training")
        made.tonight = make.offer(by, ines, TODAY)
        made.slots = make.offer(by, ines)
        made.booking = bookings.book(
            slot_id=made.slots[3].pk, person=make.person("Renata"), by=by, at=AT
        )
    made.address = f"/time/new/{make.token(made.published, made.tonight[0])}"
    return made


def fill(page, called, phone):
    page.get_by_label("What shall we call you?").fill(called)
    page.get_by_label("Phone", exact=True).fill(phone)


def shoot(page, name, screen=""):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}{screen}.png", full_page=True)


def shoot_each(every_screen, name):
    for screen in every_screen.each() if SHOTS else ():
        shoot(every_screen.page, name, screen)


def test_two_people_one_slot(house, open_page, program, assert_accessible):
    """Both have the form open; one gets the time, the other the next with one press."""
    first, second = open_page(**PHONE), open_page()
    for page, name, phone in ((first, "Ada", "555-0166"), (second, "Ben", "555-0177")):
        page.goto(house.address)
        fill(page, name, phone)
    first.get_by_role("button", name="Book this time").click()
    expect(first.get_by_role("heading", name="Your time is set")).to_be_visible()
    second.get_by_role("button", name="Book this time").click()
    expect(second.get_by_role("heading", name="Somebody took that time")).to_be_visible()
    assert_accessible(second)
    shoot(second, "taken")
    second.get_by_role("button", name="Book today, 6:30 pm").click()
    expect(second.get_by_role("heading", name="Your time is set")).to_be_visible()
    expect(second.get_by_text("Tuesday, November 24, 6:30 pm EST")).to_be_visible()
    with tenancy.within(program.alder):
        held = dict(Booking.objects.values_list("called", "slot_id"))
    assert held["Ada"] == house.tonight[0].pk
    assert held["Ben"] == house.tonight[1].pk


def test_from_tonight_to_a_moved_and_canceled_time_by_keyboard(house, page, assert_accessible):
    page.goto("/tonight")
    page.get_by_role("link", name="Book today, 6:00 pm").press("Enter")
    page.get_by_role("button", name="Book this time").press("Enter")
    expect(page.get_by_text("Tell us what to call you")).to_be_visible()
    assert_accessible(page)
    fill(page, "Jo", "555-0155")
    page.get_by_label("Phone", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Your time is set")).to_be_visible()
    page.get_by_text("Move it").click()
    page.get_by_role("button", name="Wed, Nov 25, 6:00 pm").press("Enter")
    expect(page.get_by_text("Wednesday, November 25, 6:00 pm EST")).to_be_visible()
    page.get_by_text("Cancel it").click()
    page.get_by_role("button", name="Cancel this time").press("Enter")
    expect(page.get_by_role("heading", name="This time is canceled")).to_be_visible()


def test_public_pages_on_every_screen(house, every_screen, assert_accessible):
    any_screen = every_screen.page
    paths = {
        "times": f"/programs/{house.published.pk}/times", "tonight": "/tonight",
        "book": house.address, "gone": "/time/x",
    }  # fmt: skip
    for name, path in paths.items():
        any_screen.goto(path)
        assert_accessible(any_screen)
        shoot_each(every_screen, f"public-{name}-")
    any_screen.goto(house.address)
    fill(any_screen, "Jo", "555-0155")
    any_screen.get_by_role("button", name="Book this time").click()
    any_screen.get_by_text("Move it").click()
    assert_accessible(any_screen)
    shoot_each(every_screen, "public-booked-")


def test_staff_pages_on_every_screen(house, every_screen, assert_accessible):
    any_screen = every_screen.page
    enter(any_screen, "paul")
    any_screen.get_by_role("button", name="Alder Street Recovery").click()
    expect(any_screen.get_by_role("heading", name="Upcoming")).to_be_visible()
    pages = {
        "slots": ("/staff/slots/", "Screening times"),
        "move": (f"/staff/bookings/{house.booking.pk}/", "Move Renata"),
        "book": (f"/staff/slots/{house.slots[1].pk}/", "Book Wednesday"),
        "published": ("/staff/published/", "What the public sees"),
        "availability": ("/staff/groups/availability/", "Availability"),
        "hours": (f"/staff/groups/availability/{house.owner.pk}/", "Hours of Ruth"),
    }
    for name, (path, heading) in pages.items():
        any_screen.goto(path)
        expect(any_screen.get_by_role("heading", name=heading, level=1)).to_be_visible()
        assert_accessible(any_screen)
        shoot_each(every_screen, f"staff-{name}-")
