"""The ledger on the tab Level of care: added to in a few fields, agreed, refused, overridden."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.ledger.models import Agreement, InformedRefusal, Position
from handrail.areas.ledger.services.positions import record_position
from handrail.areas.recommendations.models import Confirmation
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client
from tests.areas.ledger.ledgers import AWAY, DETOX, IOP, found, in_days
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
FACETS = ["medication_for_addiction", "drug_testing", "family_program"]


@pytest.fixture
def person(program):
    with tenancy.within(program.alder):
        return some_client(program.actor("ines"), "Noor", "Haddad")


@pytest.fixture
def chart(program, client, person):
    sign_in(client, program, "mara")
    return f"/staff/clients/{person.pk}/level/"


def recommend(program, person, stated=IOP):
    with tenancy.within(program.alder):
        return found(program.actor("ines"), person, stated)


def read(client, address, **typed):
    answer = client.post(address, typed) if typed else client.get(address)
    return answer, answer.content.decode()


def count(program, table):
    with tenancy.within(program.alder):
        return table.objects.count()


# ---- the page ----------------------------------------------------------------------------------


def test_an_empty_ledger_says_what_to_begin_with(chart, client):
    answer, page = read(client, chart)
    assert answer.status_code == 200
    assert "No recommendation yet" in page
    assert "Begin with the client, in their own words" in page
    assert '<svg class="lg lg-wide"' not in page


def test_a_position_is_three_fields_and_stands_in_picture_and_table(chart, client, program, person):
    recommend(program, person, AWAY)
    answer, _ = read(client, f"{chart}positions/", party="client", common="sop", reason="“Enough”")
    assert answer.status_code == 302
    _, page = read(client, chart)
    assert "Client asks for SOP on" in page  # the picture in words
    assert "“Enough”" in page
    assert "Support several times a week; nights in a place where nobody uses" in page
    assert "IOP and recovery residence" in page


def test_what_it_gives_up_is_shown_before_it_is_kept_in_both_voices(chart, client, program, person):
    recommend(program, person)
    answer, page = read(client, f"{chart}positions/", do="look", party="payer", common="counseling")
    assert answer.status_code == 200
    assert "Structured care several times a week, 9 hours or more." in page
    assert "In plain words, it leaves out support several times a week." in page
    assert "Say why." in page
    assert count(program, Position) == 0
    _, page = read(client, f"{chart}positions/", do="look", party="client", common="iop")
    assert "reasonable, it leaves out nothing found" in page


def test_a_sequence_is_built_step_by_step(chart, client, program, person):
    typed = {"party": "family", "step1": "detox", "last1": "5 days", "step2": "iop"}
    read(client, f"{chart}positions/", **typed, **{"with": ["recovery_residence"]}, withheld="yes")
    with tenancy.within(program.alder):
        row = Position.objects.get()
    assert row.sequence == ["detox:5 days", "iop+recovery_residence"]
    assert row.withheld_from_client
    _, page = read(client, chart)
    assert "Held back from the client’s view" in page
    _, seen = read(client, f"{chart}client-view/")
    assert "recovery residence" not in seen
    assert "What family asked to hold back is not here" in seen


def test_facets_alone_and_detox_alone_go_with_staying_at_home(chart, client, program):
    read(client, f"{chart}positions/", party="client", common="none", **{"with": ["naloxone"]})
    read(client, f"{chart}positions/", party="client", common="detox", **{"with": ["naloxone"]})
    with tenancy.within(program.alder):
        kept = [row.sequence for row in Position.objects.order_by("number")]
    assert kept == [["on_my_own+naloxone"], ["detox", "on_my_own+naloxone"]]


def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(chart, client, program, person):
    recommend(program, person)
    typed = {"party": "payer", "common": "sop", "holder": "Blue Oak", "said_date": "yesterday-ish"}
    answer, page = read(client, f"{chart}positions/", **typed)
    assert answer.status_code == 400
    assert "That is not a day" in page
    assert 'value="Blue Oak"' in page
    answer, page = read(client, f"{chart}positions/", party="payer", common="sop")
    assert (answer.status_code, count(program, Position)) == (400, 0)
    answer, page = read(client, f"{chart}positions/", party="client")
    assert "Choose at least one step" in page


def test_the_page_asks_the_same_number_of_queries_whatever_it_holds(chart, client, program, person):
    recommend(program, person)
    read(client, chart)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(chart).status_code == 200
        return len(caught)

    with tenancy.within(program.alder):
        record_position(
            client_id=person.pk, party="client", sequence=["sop"],
            by=program.actor("ines"), at=clock.now(),
        )  # fmt: skip
    few = queries()
    with tenancy.within(program.alder):
        for days in range(1, 9):
            found(program.actor("ines"), person, at=clock.now() - timedelta(days=days))
            record_position(
                client_id=person.pk, party="client", sequence=["sop"], said_date=in_days(-days),
                by=program.actor("ines"), at=clock.now(),
            )  # fmt: skip
    assert queries() == few


# ---- agreed, refused ---------------------------------------------------------------------------


def test_an_agreement_begins_with_what_is_indicated(chart, client, program, person):
    recommend(program, person)
    _, form = read(client, f"{chart}agree/")
    assert "leaves nothing unmet" in form
    typed = {"step1": "iop", "with": FACETS, "review_date": "", "accepted_by": ["client"]}
    answer, page = read(client, f"{chart}agree/", **typed)
    assert answer.status_code == 400
    assert "Enter a day" in page
    day = in_days(14)
    answer, _ = read(client, f"{chart}agree/", **{**typed, "review_date": f"{day:%m/%d/%Y}"})
    assert answer.status_code == 302
    _, page = read(client, chart)
    assert "Accepted by client." in page


def test_what_stays_unmet_asks_what_stands_in_for_it(chart, client, program, person):
    recommend(program, person)
    typed = {"step1": "sop", "with": FACETS, "accepted_by": ["client", "payer"]}
    _, page = read(client, f"{chart}agree/", do="look", **typed)
    name = "need-structure_several_times_weekly"
    assert f'name="{name}"' in page
    typed |= {"review_date": f"{in_days(7):%m/%d/%Y}"}
    answer, page = read(client, f"{chart}agree/", **typed)
    assert (answer.status_code, "Say what stands in for this" in page) == (400, True)
    answer, _ = read(client, f"{chart}agree/", **typed, **{name: "Counselor on Fridays"})
    assert answer.status_code == 302
    _, page = read(client, chart)
    assert "Instead: Counselor on Fridays" in page


def test_the_floor_leads_to_an_informed_refusal(chart, client, program, person):
    recommend(program, person, DETOX)
    typed = {"step1": "iop", "with": FACETS, "accepted_by": ["client"], "need-x": "y"}
    answer, page = read(client, f"{chart}agree/", **typed, review_date=f"{in_days(7):%m/%d/%Y}")
    assert answer.status_code == 400
    assert "This cannot be agreed" in page
    assert f"{chart}refusal/" in page
    assert count(program, Agreement) == 0


def test_a_refusal_keeps_what_was_explained_and_what_the_person_accepts(
    chart, client, program, person
):
    recommend(program, person, DETOX)
    local = (clock.now() - timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M")
    typed = {
        "common": "iop", "explained": "Seizures can kill; detox prevents them.",
        "physician": "Dr. Strand", "offered": "A visit every day at the clinic",
        "call_again_date": f"{in_days(1):%m/%d/%Y}",
    }  # fmt: skip
    answer, page = read(client, f"{chart}refusal/", **typed, physician_told="")
    assert (answer.status_code, "When was the physician told?" in page) == (400, True)
    assert "Seizures can kill; detox prevents them." in page
    answer, _ = read(client, f"{chart}refusal/", **typed, physician_told=local)
    assert answer.status_code == 302
    _, page = read(client, chart)
    assert "In place, after an informed refusal" in page
    assert "Of the floor" in page
    assert count(program, InformedRefusal) == 1
    _, look = read(client, f"{chart}refusal/", do="look", common="iop")
    assert "medically monitored withdrawal day and night" in look


def test_without_a_recommendation_nothing_can_be_agreed(chart, client):
    answer, page = read(client, f"{chart}agree/")
    assert answer.status_code == 403
    assert "an agreement needs something to agree against" in page


# ---- a clinician's word ------------------------------------------------------------------------


def test_confirmed_overridden_and_co_signed(chart, client, program, person):
    made = recommend(program, person)
    sign_in(client, program, "carmen")
    assert client.post(f"{chart}{made.pk}/confirm/").status_code == 302
    _, page = read(client, chart)
    assert "Waits for a co-signature" in page
    assert ">Co-sign</button>" not in page
    typed = {"common": "php", "reason_code": "observed", "reason": ""}
    answer, page = read(client, f"{chart}{made.pk}/override/", **typed)
    assert (answer.status_code, "Say why, in your own words" in page) == (400, True)
    answer, _ = read(
        client, f"{chart}{made.pk}/override/", **{**typed, "reason": "He shook all hour"}
    )
    assert answer.status_code == 302
    sign_in(client, program, "ruth")
    _, page = read(client, chart)
    assert "Overridden: PHP" in page
    assert "What I saw in the room, beyond what was said: He shook all hour" in page
    with tenancy.within(program.alder):
        row = Confirmation.objects.get(overrides=True)
    assert client.post(f"/staff/confirmations/{row.pk}/co-sign/").status_code == 302
    _, page = read(client, chart)
    assert "Co-signed by Ruth Okafor" in page


def test_what_waits_for_a_clinician_stands_before_a_new_position(chart, client, program, person):
    made = recommend(program, person)
    sign_in(client, program, "ines")
    _, page = read(client, chart)
    assert page.index("Add a position") < page.index("What was found")
    assert "it waits for a supervisor or the medical director" in page
    sign_in(client, program, "mara")
    _, page = read(client, chart)
    assert page.index("What was found") < page.index("Add a position")
    assert client.post(f"{chart}{made.pk}/confirm/").status_code == 302
    _, page = read(client, chart)
    assert page.index("Add a position") < page.index("What was found")
    assert ">Confirm it</button>" not in page
    answer, page = read(client, f"{chart}{made.pk}/confirm/", twice="yes")
    assert answer.status_code == 403
    assert "has confirmed this already" in page
    assert count(program, Confirmation) == 1


def test_a_coordinators_word_does_not_keep_a_clinician_from_confirming(
    chart, client, program, person
):
    made = recommend(program, person)
    sign_in(client, program, "ines")
    assert client.post(f"{chart}{made.pk}/confirm/").status_code == 302
    _, page = read(client, chart)
    assert ">Confirm it</button>" not in page
    sign_in(client, program, "ruth")
    _, page = read(client, chart)
    assert page.index(">Co-sign</button>") < page.index("Add a position")
    assert ">Confirm it</button>" not in page
    sign_in(client, program, "mara")
    _, page = read(client, chart)
    assert ">Confirm it</button>" in page
    assert client.post(f"{chart}{made.pk}/confirm/").status_code == 302
    _, page = read(client, chart)
    assert "Waits for a co-signature" not in page


def test_an_override_can_be_taken_back_by_confirming(chart, client, program, person):
    made = recommend(program, person)
    typed = {"common": "php", "reason_code": "observed", "reason": "He shook all hour"}
    read(client, f"{chart}{made.pk}/override/", **typed)
    _, page = read(client, chart)
    assert ">Confirm what was found after all</button>" in page


def test_on_the_first_day_nothing_in_the_picture_lies_over_anything(chart, client, program, person):
    recommend(program, person)
    asked = (("client", "counseling"), ("payer", "sop"), ("family", "rtc"), ("program", "sop"))
    for party, common in asked:
        read(client, f"{chart}positions/", party=party, common=common, reason="As they said it")
    _, page = read(client, chart)
    wide = page.split('<svg class="lg lg-wide"')[1].split("</svg>")[0]
    words = [
        (float(x), float(y), said)
        for x, y, said in re.findall(
            r'<text class="lg-(?:end|note)[^"]*"\s+x="([^"]+)"\s+y="([^"]+)">([^<]+)</text>', wide
        )
    ]
    assert {"Payer", "Client", "Family", "Program and Payer: SOP", "Client: Counseling"} <= {
        said for _, _, said in words
    }
    for place, (x, y, said) in enumerate(words):
        for other_x, other_y, other in words[place + 1 :]:
            apart = (
                abs(y - other_y) >= 12
                or x + len(said) * 6 < other_x
                or other_x + len(other) * 6 < x
            )
            assert apart, (said, other)
    found = re.search(r'<rect class="lg-indicated"[^>]* width="([0-9.]+)"', wide)
    assert float(found[1]) > 400  # what is indicated today is more than a sliver


def test_an_override_below_the_floor_is_refused_with_the_way_out(chart, client, program, person):
    made = recommend(program, person, DETOX)
    typed = {"common": "iop", "reason_code": "observed", "reason": "He looks well to me"}
    answer, page = read(client, f"{chart}{made.pk}/override/", **typed)
    assert answer.status_code == 400
    assert "record an informed refusal" in page
    assert "He looks well to me" in page
    assert count(program, Confirmation) == 0


def test_criteria_sets_stand_side_by_side_without_those_for_another_question(
    chart, client, program, person
):
    made = recommend(program, person)
    _, page = read(client, f"{chart}{made.pk}/sets/")
    assert "Medicare intensive outpatient benefit" in page
    assert "General adult continued stay" not in page
    assert "They differ" in page
    answer, _ = read(client, f"{chart}{person.pk}/sets/")
    assert answer.status_code == 404


def test_looking_at_what_is_agreed_takes_no_notice_away(chart, client, program, person):
    recommend(program, person)
    typed = {"common": "rtc", "accepted": ["client"], "review_date": "12/8/2026"}
    client.post(f"{chart}positions/", {"party": "client", "common": "iop", "reason": "As said"})
    looked = client.post(f"{chart}agree/", {**typed, "do": "look"}).content.decode()
    assert "in the ledger" not in looked
    assert "in the ledger" in client.get(chart).content.decode()


# ---- the director's report ---------------------------------------------------------------------


def test_before_anything_is_agreed_the_report_says_so(chart, client, program):
    sign_in(client, program, "paul", program.alder)
    _, page = read(client, "/staff/reports/placement/")
    assert "Nobody has an agreement yet" in page
