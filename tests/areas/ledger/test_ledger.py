"""The ledger's services: positions follow one another, the floor stays, everyone says why."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.areas.coverage.models import Payer
from handrail.areas.ledger import errors
from handrail.areas.ledger.models import Agreement, InformedRefusal, Position
from handrail.areas.ledger.selectors.ledger import latest_agreement, ledger_of
from handrail.areas.ledger.selectors.placement_report import compared
from handrail.areas.ledger.services.agreements import agree, record_refusal
from handrail.areas.ledger.services.positions import record_position, void_position
from handrail.areas.recommendations import errors as recommending
from handrail.areas.recommendations.services.confirmations import (
    co_sign,
    confirm_recommendation,
    override_recommendation,
)
from handrail.areas.recommendations.services.recommendations import void_recommendation
from handrail.core.access import NotHere, Refused
from handrail.core.errors import Invalid
from handrail.core.ledger.errors import FloorUnmet
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.foundation.timeline import entries
from tests import staff
from tests.areas.clients.people import some_client
from tests.areas.ledger.ledgers import AWAY, DETOX, IOP_PLACED, found, in_days
from tests.due import items as waits_for

pytestmark = pytest.mark.django_db
ZONE = "America/New_York"


@pytest.fixture
def program():
    made = staff.begin()
    with tenancy.within(made.alder):
        yield made


@pytest.fixture
def person(program):
    return some_client(program.actor("ines"), "Noor", "Haddad")


def say(program, person, party="client", *sequence, who="ines", **more):
    usual = {"by": program.actor(who), "at": clock.now()}
    return record_position(
        client_id=person.pk, party=party, sequence=sequence or ["iop"], **{**usual, **more}
    )


def agreed(program, person, made, sequence=IOP_PLACED, **changed):
    usual = {
        "unmet": [],
        "accepted_by": ["client", "payer"],
        "review_date": in_days(14),
        "by": program.actor("ines"),
        "at": clock.now(),
    }
    return agree(
        client_id=person.pk, recommendation_id=made.pk, sequence=sequence, **{**usual, **changed}
    )


def refused(program, person, made, sequence=IOP_PLACED, **changed):
    usual = {
        "explained": "Seizures can kill; detox prevents them.",
        "physician": "Dr. Helen Strand",
        "physician_told_at": clock.now() - timedelta(minutes=20),
        "offered": "A visit every day, and the bed stays open",
        "call_again_date": in_days(1),
        "by": program.actor("ines"),
        "at": clock.now(),
    }
    return record_refusal(
        client_id=person.pk, recommendation_id=made.pk, sequence=sequence, **{**usual, **changed}
    )


def ledger(program, person, **more):
    return ledger_of(person.pk, by=program.actor("mara"), today=in_days(0), **more)


# ---- positions ---------------------------------------------------------------------------------


def test_a_position_is_kept_followed_and_judged_by_what_stood_on_its_day(program, person):
    found(program.actor("ines"), person, at=clock.now() - timedelta(days=10))
    say(program, person, "client", "sop", said_date=in_days(-9), reason=" “Two  evenings” ")
    found(program.actor("ines"), person, AWAY, at=clock.now() - timedelta(days=5))
    say(program, person, "payer", "iop", holder="Blue Oak", said_date=in_days(-4), reason="Covered")
    say(program, person, "client", "iop", said_date=in_days(-8))
    kept = ledger(program, person).positions
    assert [(one.row.party, one.row.number) for one in kept] == [
        ("payer", 2),
        ("client", 3),
        ("client", 1),
    ]
    assert [need.code for need in kept[0].judged.gives_up] == ["home_away_from_use"]
    assert kept[1].judged.gives_up == ()
    assert kept[2].row.reason == "“Two evenings”"
    assert "structure_several_times_weekly" in [need.code for need in kept[2].judged.gives_up]


def test_without_a_recommendation_nobody_owes_a_reason_and_nothing_is_judged(program, person):
    say(program, person, "payer", "fellowship", holder="Blue Oak")
    assert ledger(program, person).positions[0].judged is None


def test_what_is_found_first_judges_what_was_said_before(program, person):
    say(program, person, "client", "fellowship", said_date=in_days(-20))
    found(program.actor("ines"), person)
    assert ledger(program, person).positions[0].judged.gives_up


@pytest.mark.parametrize(
    ("party", "asks"), [("payer", "sop"), ("clinician", "rtc"), ("program", "php")]
)
def test_payer_below_and_clinician_or_program_above_say_why(program, person, party, asks):
    found(program.actor("ines"), person)
    with pytest.raises(Invalid) as wrong:
        say(program, person, party, asks)
    assert {one.field for one in wrong.value.errors} == {"reason"}
    say(program, person, party, asks, reason="As we see it")
    say(program, person, "client", asks)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"said_date": in_days(1)}, "said_date"),
        ({"said_date": in_days(-40_000)}, "said_date"),
        ({"withheld_from_client": True}, "withheld_from_client"),
        ({"reason": "x" * 501}, "reason"),
        ({"sequence": ["sauna"]}, "sequence"),
        ({"party": "neighbor"}, "party"),
    ],
)
def test_what_cannot_be_kept_says_why_by_field(program, person, more, field):
    usual = {"party": "client", "sequence": ["iop"]}
    with pytest.raises(Invalid) as wrong:
        record_position(
            client_id=person.pk, by=program.actor("ines"), at=clock.now(), **{**usual, **more}
        )
    assert {one.field for one in wrong.value.errors} == {field}
    assert not Position.objects.exists()


def test_what_family_asked_to_hold_back_is_not_in_the_clients_view(program, person):
    say(program, person, "family", "rtc", holder="Mother", withheld_from_client=True)
    say(program, person, "family", "iop", holder="Mother")
    assert len(ledger(program, person).positions) == 2
    seen = ledger(program, person, for_client=True)
    assert [one.row.sequence for one in seen.positions] == [["iop"]]
    assert seen.withheld == 1
    assert len(seen.story.lines[0].points) == 1


def test_those_without_the_role_and_other_houses_record_nothing(program, person):
    with pytest.raises(Refused):
        say(program, person, who="bao")
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        say(program, person, by=program.actor("jonah", program.harbor))


# ---- agreements --------------------------------------------------------------------------------


def test_an_agreement_names_what_is_unmet_and_what_stands_in(program, person):
    made = found(program.actor("ines"), person, AWAY)
    with pytest.raises(Invalid) as wrong:
        agreed(program, person, made)
    assert {"need-home_away_from_use", "need-case_management"} == {
        one.field for one in wrong.value.errors
    }
    unmet = [
        {"need": "home_away_from_use", "mitigation": "Weeknights at her aunt's"},
        {"need": "case_management", "mitigation": "The counselor calls the landlord"},
        {"need": "structure_weekly", "mitigation": "is met, and left aside"},
    ]
    row = agreed(program, person, made, unmet=unmet)
    assert {one.need for one in row.unmet.all()} == {"home_away_from_use", "case_management"}
    assert latest_agreement(person.pk, by=program.actor("mara")) == row
    assert AuditEntry.objects.filter(action="agreement.make").count() == 1


def test_the_floor_is_refused_and_an_informed_refusal_takes_what_the_person_accepts(
    program, person
):
    made = found(program.actor("ines"), person, DETOX)
    with pytest.raises(FloorUnmet) as floor:
        agreed(program, person, made)
    assert floor.value.needs[0] == "medically monitored withdrawal day and night"
    assert not Agreement.objects.exists()
    row = refused(program, person, made)
    assert row.needs == ["withdrawal_care_24h", "withdrawal_assessment"]
    assert row.explained_by == "Ines Caldera"
    placed = ledger(program, person).placed
    assert (placed, placed.sequence) == (row, IOP_PLACED)


def test_the_floor_does_not_go_away_by_another_set_or_an_older_recommendation(program, person):
    by = program.actor("ines")
    before = found(by, person, at=clock.now() - timedelta(days=3))
    made = found(by, person, DETOX, at=clock.now() - timedelta(days=2))
    with pytest.raises(recommending.Outdated):
        agreed(program, person, before)
    medicare = found(by, person, DETOX, criteria_id="medicare-iop")
    with pytest.raises(FloorUnmet):
        agreed(program, person, medicare)
    void_recommendation(recommendation_id=medicare.pk, reason="wrong set", by=by, at=clock.now())
    with pytest.raises(recommending.Void):
        agreed(program, person, medicare)
    with pytest.raises(FloorUnmet):
        agreed(program, person, made)


def test_a_refusal_is_whole_or_not_kept(program, person):
    made = found(program.actor("ines"), person, DETOX)
    for more, field in (
        ({"physician": ""}, "physician"),
        ({"physician_told_at": None}, "physician_told"),
        ({"physician_told_at": clock.now() + timedelta(hours=1)}, "physician_told"),
        ({"offered": ""}, "offered"),
        ({"explained": "x " * 600}, "explained"),
        ({"sequence": ["detox", "iop"]}, "sequence"),
    ):
        with pytest.raises(Invalid) as wrong:
            refused(program, person, made, **more)
        assert {one.field for one in wrong.value.errors} == {field}
    assert not InformedRefusal.objects.exists()


def test_days_and_words_of_an_agreement_are_checked(program, person):
    made = found(program.actor("ines"), person)
    for more, field in (
        ({"agreed_date": in_days(1)}, "agreed_date"),
        ({"review_date": in_days(0)}, "review_date"),
        ({"accepted_by": ["payer", "nobody"]}, "accepted_by"),
        ({"words": "x" * 301}, "words"),
        ({"unmet": [{"need": "place_to_live", "mitigation": "x" * 301}]}, "need-place_to_live"),
    ):
        with pytest.raises(Invalid) as wrong:
            agreed(program, person, made, **more)
        assert {one.field for one in wrong.value.errors} == {field}


# ---- a clinician's word ------------------------------------------------------------------------


def confirm(program, person, made, who="mara", **more):
    return confirm_recommendation(
        client_id=person.pk,
        recommendation_id=made.pk,
        by=program.actor(who),
        at=clock.now(),
        **more,
    )


def override(program, person, made, *sequence, who="mara", **changed):
    usual = {"reason_code": "observed", "reason": "Could not sit through the call"}
    return override_recommendation(
        client_id=person.pk, recommendation_id=made.pk, sequence=sequence,
        by=program.actor(who), at=clock.now(), **{**usual, **changed},
    )  # fmt: skip


@pytest.mark.parametrize(("who", "waits"), [("mara", False), ("ines", True), ("carmen", True)])
def test_who_does_not_sign_alone_waits_for_a_co_signature(program, person, who, waits):
    row = confirm(program, person, found(program.actor("ines"), person), who)
    assert row.needs_co_signature is waits
    due = waits_for(program.actor("ruth"), clock.now(), "recommendation_co_sign")
    assert [one.client_id for one in due] == [person.pk] * waits
    if not waits:
        with pytest.raises(recommending.NeedsNoCoSignature):
            co_sign(confirmation_id=row.pk, by=program.actor("ruth"), at=clock.now())
        return
    with pytest.raises(Refused):
        co_sign(confirmation_id=row.pk, by=program.actor(who), at=clock.now())
    co_sign(confirmation_id=row.pk, by=program.actor("ruth"), at=clock.now())
    row.refresh_from_db()
    assert row.co_signed_by.startswith("Ruth Okafor, LPCC-S")
    with pytest.raises(recommending.CoSignedAlready):
        co_sign(confirmation_id=row.pk, by=program.actor("helen"), at=clock.now())


def test_a_range_is_settled_and_not_confirmed(program, person):
    made = found(program.actor("ines"), person, {"age": 40})
    with pytest.raises(recommending.NoSingleLevel):
        confirm(program, person, made)


def test_an_override_names_the_level_and_the_reason_and_becomes_what_is_indicated(program, person):
    made = found(program.actor("ines"), person)
    row = override(program, person, made, "php")
    standing = ledger(program, person).standing
    assert standing.overridden == row
    assert ledger(program, person).story.indicated[-1].low == 6
    assert row.confirmed_by == "Mara Whitfield, LPC"
    confirm(program, person, made, "ruth")
    assert ledger(program, person).standing.overridden is None


def test_an_override_is_never_below_the_floor_nor_without_a_reason(program, person):
    made = found(program.actor("ines"), person, DETOX)
    with pytest.raises(FloorUnmet):
        override(program, person, made, "rtc")
    for changed, field in (
        ({"reason_code": "because"}, "reason_code"),
        ({"reason": "no"}, "reason"),
    ):
        with pytest.raises(Invalid) as wrong:
            override(program, person, made, "detox", "sop", **changed)
        assert {one.field for one in wrong.value.errors} == {field}
    assert override(program, person, made, "detox", "sop").level == "sop"


# ---- whose position, and one in the wrong chart -------------------------------------------------


def a_payer(program, name="Blue Oak Health"):
    return Payer.objects.create(
        organization_id=program.alder, name=name, kind="commercial",
        recorded_at=clock.now(), recorded_by="Bao",
    )  # fmt: skip


def test_a_payers_position_points_at_the_payer_and_the_report_counts_by_it(program, person):
    payer, made = a_payer(program), found(program.actor("ines"), person)
    kept = say(program, person, "payer", "iop", holder="Dr. Ives", payer_id=payer.pk)
    assert say(program, person, "family", "iop", payer_id=payer.pk).payer is None
    held = {one.row.pk: one for one in ledger(program, person).positions}
    assert held[kept.pk].holder == "Blue Oak Health, Dr. Ives"
    agreed(program, person, made)
    (one,) = compared(by=program.actor("paul"), since=in_days(-5))
    assert one.payer == "Blue Oak Health"
    with pytest.raises(errors.PayerUnknown):
        say(program, person, "payer", "iop", payer_id=person.pk)


def test_a_position_in_the_wrong_chart_is_voided_once_and_nothing_read_shows_it(program, person):
    by = program.actor("ines")
    wrong = say(program, person, "family", "rtc", holder="Mother")
    stays = say(program, person, "client", "iop")
    with pytest.raises(errors.VoidedWithoutReason):
        void_position(position_id=wrong.pk, reason=" ", by=by, at=clock.now())
    void_position(position_id=wrong.pk, reason="Another chart was open", by=by, at=clock.now())
    read = ledger(program, person)
    assert [one.row.pk for one in read.positions] == [stays.pk]
    assert [line.party for line in read.story.lines] == ["client"]
    assert [one.reason for one in read.voids] == ["Another chart was open"]
    happened, _ = entries(person.pk, by=by, zone=ZONE, limit=40)
    assert not any("Mother" in one.said.title for one in happened)
    assert Position.objects.filter(pk=wrong.pk).exists()
    assert AuditEntry.objects.filter(action="position.void").count() == 1
    with pytest.raises(errors.PositionVoid):
        void_position(position_id=wrong.pk, reason="Again", by=by, at=clock.now())


@pytest.mark.parametrize(
    "change",
    ["update ledger_positionvoid set reason = 'x'", "delete from ledger_positionvoid"],
)
def test_what_voids_a_position_is_never_changed(program, person, change):
    wrong = say(program, person, "client", "iop")
    by = program.actor("ines")
    void_position(position_id=wrong.pk, reason="Another chart", by=by, at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


# ---- Today, timeline, report -------------------------------------------------------------------


def test_an_agreement_stands_on_today_from_a_week_before_until_a_newer_one(program, person):
    made = found(program.actor("ines"), person)
    by = program.actor("ines")
    agreed(program, person, made, review_date=in_days(8))
    assert waits_for(by, in_days(0), "agreement") == []
    (due,) = waits_for(by, in_days(1), "agreement")
    assert (due.client_id, due.facts["day"]) == (person.pk, in_days(8).isoformat())
    assert not due.facts["refused"]
    agreed(program, person, made, review_date=in_days(30))
    assert waits_for(by, in_days(1), "agreement") == []
    assert waits_for(program.actor("owen"), in_days(40), "agreement") == []


def test_who_refused_the_floor_is_called_as_if_a_life_were_at_stake(program, person):
    refused(program, person, found(program.actor("ines"), person, DETOX))
    (due,) = waits_for(program.actor("ines"), in_days(0), "agreement")
    assert due.facts["refused"]
    assert due.due.life


def test_everything_in_the_ledger_happened_on_the_timeline(program, person):
    made = found(program.actor("ines"), person, DETOX)
    say(program, person, "family", "rtc", holder="Mother", withheld_from_client=True)
    confirm(program, person, made, "ines")
    override(program, person, made, "detox", "php")
    agreed(program, person, made, ["detox", *IOP_PLACED], unmet=[
        {"need": "substance_use_assessment", "mitigation": "In the first week"},
    ])  # fmt: skip
    refused(program, person, made)
    happened, _ = entries(person.pk, by=program.actor("mara"), zone=ZONE, limit=40)
    titles = {one.said.title for one in happened}
    assert {
        "Family, Mother asks for RTC (held back from the client’s view)",
        "Recommendation confirmed",
        "Recommendation overridden: Detox, then PHP",
    } <= titles
    assert any(one.startswith("Agreed: Detox, then IOP") for one in titles)
    assert any(one.startswith("Informed refusal; accepts IOP") for one in titles)


def test_the_report_holds_what_was_agreed_against_what_was_indicated(program, person):
    made = found(program.actor("ines"), person)
    say(program, person, "payer", "iop", holder="Blue Oak")
    say(program, person, "clinician", "php", reason="What I saw")
    agreed(program, person, made)
    (one,) = compared(by=program.actor("paul"), since=in_days(-5))
    assert (one.indicated, one.agreed, one.payer) == (5, 5, "A payer that is not on the list")
    assert (one.clinician_above, one.program_above, one.refused) == (True, False, False)
    other = some_client(program.actor("ines"), "Ola", "Berg")
    refused(program, other, found(program.actor("ines"), other, DETOX), ["none"])
    two = {row.client_id: row for row in compared(by=program.actor("paul"), since=in_days(-5))}
    assert (two[other.pk].agreed, two[other.pk].refused) == (0, True)
    with pytest.raises(Refused):
        compared(by=program.actor("mara"), since=in_days(-5))
