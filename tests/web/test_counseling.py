"""The page of counseling notes: for its author, for nobody else, and nowhere else."""

import pytest
from django.urls import reverse

from handrail.areas.counseling.services import sign_counseling_note
from handrail.demo.house import ZONE
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
WORDS = "A marmalade thought of the counselor"
PLACES = (
    "chart", "chart_course", "chart_notes", "chart_level", "chart_assessment",
    "chart_safety_plan", "chart_consents", "chart_coverage", "chart_referrals", "chart_about",
    "chart_looked", "chart_send", "disclosures", "disclosure_new",
)  # fmt: skip


@pytest.fixture
def joy(program):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
        client.counseled = sign_counseling_note(
            client_id=client.pk, text=WORDS, note_date=clock.today(ZONE), session="individual",
            by=program.actor("mara"), at=clock.now(),
        )  # fmt: skip
    return client


def page(client, joy, name="counseling_notes"):
    return client.get(reverse(f"staff:{name}", args=[joy.pk]))


def test_its_author_reads_it_and_is_told_what_does_not_belong_there(client, program, joy):
    said = page(sign_in(client, program, "mara"), joy).content.decode()
    assert WORDS in said
    assert "Medication, when a session began and ended" in said


def test_another_clinician_sees_an_empty_page_of_their_own(client, program, joy):
    said = page(sign_in(client, program, "ruth"), joy).content.decode()
    assert WORDS not in said
    assert "You have signed none" in said


@pytest.mark.parametrize("who", ["paul", "ines", "ada", "owen"])
def test_director_and_desk_have_no_such_page_and_no_way_to_it(who, client, program, joy):
    signed_in = sign_in(client, program, who)
    assert page(signed_in, joy).status_code == 403
    assert "ounseling note" not in page(signed_in, joy, "chart_notes").content.decode()


@pytest.mark.parametrize("who", ["mara", "ruth", "paul"])
@pytest.mark.parametrize("name", PLACES)
def test_no_other_page_of_the_chart_tells_it(name, who, client, program, joy):
    answer = page(sign_in(client, program, who), joy, name)
    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()


def test_a_draft_is_kept_and_gone_on_with(client, program, joy):
    mara = sign_in(client, program, "mara")
    address = reverse("staff:counseling_notes", args=[joy.pk])
    today = clock.today(ZONE)
    typed = {"note_date": f"{today.month}/{today.day}/{today.year}", "text": "Half a thought"}
    assert mara.post(address, typed | {"do": "keep"}).status_code == 302
    said = page(mara, joy).content.decode()
    assert "Go on with your draft" in said
    assert "Half a thought" in said
    wrong = mara.post(address, typed | {"note_date": "soon", "do": "sign"})
    assert wrong.status_code == 400
    assert "Half a thought" in wrong.content.decode()
