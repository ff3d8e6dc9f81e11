"""The pages of referrals: prepared, sent through the gate, heard about, back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.areas.consents.models import Disclosure
from handrail.areas.consents.services.consents import revoke_consent
from handrail.areas.referrals.models import Referral
from handrail.areas.worklist.services import refresh_due
from handrail.foundation import clock, tenancy
from tests.areas.assessment.assessing import a_signed_assessment
from tests.areas.clients.people import some_client
from tests.areas.consents.consents import some_consent
from tests.areas.referrals.referring import a_referral
from tests.areas.safety.safety import a_safety_plan
from tests.pdf_text import pdf_text, without_space
from tests.staff import sign_in

ZONE = "America/New_York"

pytestmark = pytest.mark.django_db


@pytest.fixture
def joy(program):
    with tenancy.within(program.alder):
        return some_client(program.actor("ruth"))


@pytest.fixture
def ruth(program, client):
    sign_in(client, program, "ruth", program.alder)
    return client


def at(name, **keys):
    return reverse(f"staff:{name}", kwargs=keys)


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def form(program, **more):
    with tenancy.within(program.alder):
        owner = program.place("ruth").pk
    return {
        "level": "rtc",
        "to_name": "Maple Ferry House",
        "why": "No night at home has been safe.",
        "owner": str(owner),
        "expected_return_date": said(clock.today(ZONE) + timedelta(days=31)),
        "back_to": "iop",
    } | more


def said(day) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def only(program) -> Referral:
    with tenancy.within(program.alder):
        return Referral.objects.get()


def test_without_a_consent_the_reason_is_said_and_nothing_typed_is_lost(ruth, program, joy):
    answer = ruth.post(at("refer", client_id=joy.pk), form(program, contents=["recommendation"]))
    assert "No consent on file names this recipient" in words(answer)
    assert 'value="Maple Ferry House"' in answer.content.decode()
    with tenancy.within(program.alder):
        assert not Referral.objects.exists()


def test_prepared_sent_with_its_papers_and_on_everyones_list(ruth, program, joy):
    with tenancy.within(program.alder):
        some_consent(program.actor("ruth"), joy, at=clock.now())
    ruth.post(at("refer", client_id=joy.pk), form(program, contents=["in_care", "recommendation"]))
    made = only(program)
    page = words(ruth.get(at("referral", referral_id=made.pk)))
    assert "prepared, and not sent yet" in page
    refused = ruth.post(at("referral_paper", referral_id=made.pk))
    assert refused.status_code == 403, "no papers before they left"
    ruth.post(at("send_referral", referral_id=made.pk), {"how": "fax"})
    assert "sent; we do not know whether they have it" in words(
        ruth.get(at("referral", referral_id=made.pk))
    )
    papers = ruth.post(at("referral_paper", referral_id=made.pk))
    assert papers["Content-Type"] == "application/pdf"
    assert papers.content.startswith(b"%PDF")
    assert joy.family_name not in papers["Content-Disposition"]
    assert "Maple Ferry House" in words(ruth.get(at("expected_back")))


def test_the_papers_are_set_on_the_day_they_left_and_not_from_a_later_chart(
    ruth, program, joy, monkeypatch
):
    with tenancy.within(program.alder):
        some_consent(program.actor("ruth"), joy, at=clock.now())
    ruth.post(at("refer", client_id=joy.pk), form(program, contents=["in_care"]))
    made = only(program)
    ruth.post(at("send_referral", referral_id=made.pk), {"how": "fax"})
    page = at("referral", referral_id=made.pk)
    assert "The papers that left" in words(ruth.get(page))
    tomorrow = clock.today(ZONE) + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda _: tomorrow)
    assert "The papers that left" not in words(ruth.get(page))
    late = ruth.post(at("referral_paper", referral_id=made.pk))
    assert late.status_code == 403
    assert "These papers left on another day" in words(late)


def papers_with(ruth, program, joy, *contents) -> str:
    with tenancy.within(program.alder):
        some_consent(program.actor("ruth"), joy, at=clock.now())
    ruth.post(at("refer", client_id=joy.pk), form(program, contents=contents))
    made = only(program)
    ruth.post(at("send_referral", referral_id=made.pk), {"how": "fax"})
    return without_space(pdf_text(ruth.post(at("referral_paper", referral_id=made.pk)).content))


def test_an_assessment_goes_along_as_it_was_signed_without_what_was_not_chosen(ruth, program, joy):
    with tenancy.within(program.alder):
        a_signed_assessment(program.actor("mara"), joy, clock.now())
    said = papers_with(ruth, program, joy, "in_care", "assessment")
    assert without_space("Words about what brings them, and why now.") in said
    assert without_space("Signed by Mara Whitfield") in said
    assert "Penicillin" not in said
    assert "F10.20" not in said
    assert without_space("The safety plan") not in said


def test_a_safety_plan_goes_along_with_what_the_person_said(ruth, program, joy):
    with tenancy.within(program.alder):
        a_safety_plan(program.actor("mara"), joy, program.place("mara"), at=clock.now())
    said = papers_with(ruth, program, joy, "in_care", "safety_plan")
    assert without_space("I drive past the old place") in said
    assert without_space("Her mother keeps the bottle") in said
    assert without_space("Words about") not in said


def test_a_consent_taken_back_meanwhile_is_said_on_the_page_and_nothing_leaves(ruth, program, joy):
    with tenancy.within(program.alder):
        consent = some_consent(program.actor("ruth"), joy, at=clock.now())
    ruth.post(at("refer", client_id=joy.pk), form(program, contents=["recommendation"]))
    made = only(program)
    with tenancy.within(program.alder):
        revoke_consent(
            consent_id=consent.pk, said_how="phone", by=program.actor("ruth"), at=clock.now()
        )
    page = words(ruth.get(at("referral", referral_id=made.pk)))
    assert "Nothing has left" in page
    answer = ruth.post(at("send_referral", referral_id=made.pk), {"how": "fax"})
    assert "stopped" in words(answer)
    with tenancy.within(program.alder):
        assert Disclosure.objects.get().state == "stopped"


def test_what_is_heard_moves_it_on_until_they_are_back(ruth, program, joy):
    with tenancy.within(program.alder):
        made = a_referral(program.actor("ruth"), joy, program.place("ruth"), clock.now())
    day = said(clock.today(ZONE))
    answer = ruth.post(
        at("hear_referral", referral_id=made.pk), {"state": "admitted", "on_date": day}
    )
    assert "Say who told you." in words(answer)
    for state in ("admitted", "returned"):
        ruth.post(
            at("hear_referral", referral_id=made.pk),
            {"state": state, "on_date": day, "said_by": "Ms. Orr"},
        )
    assert only(program).state == "returned"
    assert "Nobody is away at other care now" in words(ruth.get(at("expected_back")))


def test_a_day_to_call_is_on_today_and_done_once(ruth, program, joy):
    with tenancy.within(program.alder):
        made = a_referral(program.actor("ruth"), joy, program.place("ruth"), clock.now())
        touch = made.touches.order_by("due_date").first()
        made.touches.filter(pk=touch.pk).update(due_date=clock.today(ZONE) - timedelta(days=2))
        refresh_due(made, by=program.actor("ruth"), at=clock.now())
    assert "Maple Ferry House" in words(ruth.get(at("today")))
    ruth.post(at("log_touch", touch_id=touch.pk), {"words": "They have it."})
    assert "They have it." in words(ruth.get(at("referral", referral_id=made.pk)))
    assert "Maple Ferry House" not in words(ruth.get(at("today")))
