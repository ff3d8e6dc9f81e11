"""Safety plans: versions that stay, two writers, looks, declining, and what closes a flag."""

from datetime import date, timedelta

import pytest

from handrail.areas.charts import selectors
from handrail.areas.clients import services as clients_services
from handrail.areas.clients.errors import DraftGone, PartUnknown
from handrail.areas.clients.models import ChartDraft
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.organizations.models import OrganizationSettings
from handrail.areas.safety import errors
from handrail.areas.safety import services as safety_services
from handrail.areas.safety.models import SafetyPlan
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.areas.safety.services import handover
from handrail.core.access import NotHere, Refused
from handrail.core.drafts import Conflict, Saved
from handrail.core.errors import Invalid, TooLong
from handrail.core.safety_plan import Standing
from handrail.foundation import tenancy
from tests import due as waits
from tests.areas.clients.people import AT, FORMULATION, TODAY, some_client, some_episode, some_flag
from tests.areas.safety.safety import WHOLE, a_safety_plan, declined, write


@pytest.fixture
def joy(alder):
    return some_client(alder.actor("ines"))


@pytest.fixture
def mara(alder):
    return alder.actor("mara")


def test_what_is_signed_stands_there_word_for_word(alder, joy, mara):
    contact = clients_services.record_contact(
        client_id=joy.pk, name="Ada", relationship="sibling", phone="555-0100", by=mara, at=AT
    )
    texts = {f"contact:{contact.pk}": "yes", "naloxone": "given", "naloxone_shown": "her sister",
             "naloxone_date": "11/20/2026", "naloxone_by": "Dev"}  # fmt: skip
    made = a_safety_plan(mara, joy, alder.place("mara"), **texts)
    found = safety.safety_plan_of(joy.pk, by=mara)
    assert (made.number, found.row.pk, found.untouched) == (1, made.pk, True)
    assert found.plan.said["warning_signs"] == (
        "I stop answering my sister",
        "I drive past the old place",
    )
    assert [(one.name, one.phone) for one in found.plan.people] == [("Ada", "555-0100")]
    assert found.plan.naloxone.given_date == date(2026, 11, 20)
    assert found.next_look == date(2026, 12, 1)
    assert found.owner.user.name == "Mara Whitfield"
    assert made.signed_name == "Mara Whitfield, LPC"
    assert not drafts_of(joy.pk, "safety_plan", by=mara)


def test_a_new_version_begins_with_the_last_and_asks_again_who_agrees(alder, joy, mara):
    contact = clients_services.record_contact(
        client_id=joy.pk, name="Ada", relationship="sibling", phone="555-0100", by=mara, at=AT
    )
    first = a_safety_plan(mara, joy, alder.place("mara"), **{f"contact:{contact.pk}": "yes"})
    safety_services.begin_safety_plan(client_id=joy.pk, by=mara, at=AT)
    texts = {name: one.text for name, one in drafts_of(joy.pk, "safety_plan", by=mara).items()}
    assert texts["warning_signs"] == WHOLE["warning_signs"]
    assert texts["pills_agreed"] == "Her mother keeps the bottle"
    assert texts[f"contact:{contact.pk}"] == "yes"
    assert "agreed_name" not in texts
    assert "next_look" not in texts
    safety_services.begin_safety_plan(client_id=joy.pk, by=mara, at=AT)  # a second time it goes on
    with pytest.raises(Invalid) as said:
        safety_services.sign_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert {one.field for one in said.value.errors} == {"agreed_name", "next_look"}
    write(mara, joy, reasons="My garden", agreed_name="Joy", next_look="12/2/2026")
    second = safety_services.sign_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert second.number == 2
    assert safety.safety_plan_of(joy.pk, by=mara).plan.said["reasons"] == ("My garden",)
    kept = safety.safety_plan_version(joy.pk, first.pk, by=mara)
    assert kept.plan.said["reasons"] == ("My daughter’s games",)
    assert [one.number for one in safety.safety_plan_versions(joy.pk, by=mara)] == [2, 1]


def test_the_first_version_begins_with_whom_they_reach_after_hours(alder, joy, mara):
    OrganizationSettings.objects.update(after_hours="Night line, 555-0191")
    safety_services.begin_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert drafts_of(joy.pk, "safety_plan", by=mara)["after_hours"].text == "Night line, 555-0191"


def test_two_who_write_at_once_lose_nothing_and_choose_before_signing(alder, joy, mara):
    dev = alder.actor("dev")
    kept = {"client_id": joy.pk, "field": "reasons", "base_version": 0, "at": AT}
    assert isinstance(safety_services.write_safety_plan(text="Her games", by=mara, **kept), Saved)
    meets = safety_services.write_safety_plan(text="Her garden", by=dev, **kept)
    assert isinstance(meets, Conflict)
    safety_services.write_safety_plan(text="Her garden and her dog", by=dev, **kept)  # goes on
    written = drafts_of(joy.pk, "safety_plan", by=mara)["reasons"]
    assert [one.text for one in written.others] == ["Her garden and her dog"]
    with pytest.raises(Invalid) as said:
        a_safety_plan(mara, joy, alder.place("mara"), reasons="Her games")
    assert [(type(one), one.field) for one in said.value.errors] == [
        (errors.TwoTextsAtOnce, "reasons")
    ]
    safety_services.settle_safety_plan(
        client_id=joy.pk, field="reasons", text="Her games, her garden, her dog",
        base_version=written.version, seen=[written.others[0].key], by=mara, at=AT,
    )  # fmt: skip
    assert drafts_of(joy.pk, "safety_plan", by=mara)["reasons"].others == ()
    safety_services.sign_safety_plan(client_id=joy.pk, by=mara, at=AT)


def test_settling_against_something_newer_is_a_conflict_again(alder, joy, mara):
    write(mara, joy, reasons="Her games")
    write(mara, joy, reasons="Her games. Her dog.")
    outcome = safety_services.settle_safety_plan(
        client_id=joy.pk, field="reasons", text="Nothing of it", base_version=1, seen=[],
        by=alder.actor("dev"), at=AT,
    )  # fmt: skip
    assert isinstance(outcome, Conflict)
    written = drafts_of(joy.pk, "safety_plan", by=mara)["reasons"]
    assert (written.text, written.others[0].text) == ("Her games. Her dog.", "Nothing of it")


@pytest.mark.parametrize("field", ["mood", "contact:3f2a", "contact:"])
def test_a_part_that_is_not_known_is_not_written(joy, mara, field):
    with pytest.raises(PartUnknown):
        write(mara, joy, **{field: "x"})


def test_a_text_from_before_the_signature_says_so_and_is_not_lost(alder, joy, mara):
    a_safety_plan(mara, joy, alder.place("mara"))
    with pytest.raises(DraftGone):
        safety_services.write_safety_plan(
            client_id=joy.pk, field="reasons", text="more", base_version=3, by=mara, at=AT
        )


def test_a_text_has_an_end(joy, mara):
    with pytest.raises(TooLong):
        write(mara, joy, reasons="x" * 20_001)


def test_an_intake_coordinator_writes_and_a_clinician_signs(alder, joy):
    ines, owner = alder.actor("ines"), alder.place("ines")
    with pytest.raises(Refused):
        a_safety_plan(ines, joy, owner)
    assert not SafetyPlan.objects.exists()
    safety_services.sign_safety_plan(client_id=joy.pk, by=alder.actor("helen"), at=AT)


def test_signing_twice_signs_once(alder, joy, mara):
    a_safety_plan(mara, joy, alder.place("mara"))
    with pytest.raises(errors.NothingToSign):
        safety_services.sign_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert SafetyPlan.objects.count() == 1


def test_signing_an_empty_first_plan_says_everything_that_is_missing(joy, mara):
    with pytest.raises(Invalid) as said:
        safety_services.sign_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert {"warning_signs", "firearms", "owner", "agreed_name"} <= {
        one.field for one in said.value.errors
    }


@pytest.mark.parametrize("owner", ["", "x", "bao"])
def test_the_next_look_has_an_owner_who_cares_for_clients(alder, joy, mara, owner):
    key = str(alder.place("bao").pk) if owner == "bao" else owner
    with pytest.raises(Invalid) as said:
        a_safety_plan(mara, joy, alder.place("mara"), owner=key)
    assert {one.field for one in said.value.errors} == {"owner"}


def test_what_is_put_away_is_gone_and_what_was_signed_stays(alder, joy, mara):
    a_safety_plan(mara, joy, alder.place("mara"))
    write(mara, joy, reasons="else")
    safety_services.put_away_safety_plan(client_id=joy.pk, by=mara, at=AT)
    assert not ChartDraft.objects.exists()
    assert safety.safety_plan_of(joy.pk, by=mara).row.number == 1


# ---- looks and declining -----------------------------------------------------------------------


def a_look(by, client, owner, **more):
    told = {"words": "Used the walk twice; it helped.", "next_look": TODAY + timedelta(days=14)}
    return safety_services.look_again(
        client_id=client.pk, owner_id=owner.pk, by=by, at=AT + timedelta(days=3), **told | more
    )


def test_a_look_says_when_next_and_who(alder, joy, mara):
    a_safety_plan(mara, joy, alder.place("mara"))
    a_look(mara, joy, alder.place("dev"))
    found = safety.safety_plan_of(joy.pk, by=mara)
    assert (found.next_look, found.owner.user.name) == (TODAY + timedelta(days=14), "Dev Raman")
    assert found.gone_through_at == AT + timedelta(days=3)
    at, following = safety.when_of_safety_plan(joy.pk, by=mara)
    assert (at, following) == (found.gone_through_at, found.next_look)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": "ok"}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"next_look": None}, "next_look"),
        ({"next_look": TODAY}, "next_look"),
    ],
)
def test_a_look_that_says_nothing_is_not_recorded(alder, joy, mara, more, field):
    a_safety_plan(mara, joy, alder.place("mara"))
    with pytest.raises(Invalid) as said:
        a_look(mara, joy, alder.place("mara"), **more)
    assert {one.field for one in said.value.errors} == {field}


def test_nothing_to_look_at_and_nobody_to_look(alder, joy, mara):
    with pytest.raises(errors.NoPlanYet):
        a_look(mara, joy, alder.place("mara"))
    a_safety_plan(mara, joy, alder.place("mara"))
    with pytest.raises(errors.NobodySeesToIt):
        a_look(mara, joy, alder.place("bao"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": "no"}, "reason"),
        ({"instead": ""}, "instead"),
        ({"ask_again": None}, "ask_again"),
        ({"ask_again": TODAY}, "ask_again"),
        ({"ask_again": TODAY + timedelta(days=31)}, "ask_again"),
    ],
)
def test_declining_says_why_what_instead_and_when_again(alder, joy, mara, more, field):
    with pytest.raises(Invalid) as said:
        declined(mara, joy, alder.place("mara"), **more)
    assert {one.field for one in said.value.errors} == {field}


# ---- closing a flag ----------------------------------------------------------------------------


def close(by, flag):
    return safety_services.close_flag(flag_id=flag.pk, formulation=FORMULATION, by=by, at=AT)


@pytest.mark.parametrize("kind", ["suicide_risk", "overdose_risk"])
def test_a_risk_flag_closes_upon_a_plan_gone_through_since_it_was_raised(alder, joy, mara, kind):
    place = alder.place("mara")
    a_safety_plan(mara, joy, place, at=AT - timedelta(days=2))
    flag = some_flag(mara, joy, place, kind=kind, at=AT - timedelta(days=1))
    with pytest.raises(Invalid) as said:
        close(mara, flag)
    assert {one.field for one in said.value.errors} == {"safety_plan"}
    assert said.value.how is Standing.OLDER
    safety_services.look_again(
        client_id=joy.pk, words="Read it together; all of it holds.",
        next_look=TODAY + timedelta(days=7), owner_id=place.pk, by=mara, at=AT,
    )  # fmt: skip
    closed = close(mara, flag)
    assert closed.formulation == (
        f"{FORMULATION}\n\nSafety plan, version 1: gone through on Nov 24, 2026,"
        " next look Dec 1, 2026."
    )


def test_without_a_plan_or_with_one_overdue_it_stays_open(alder, joy, mara):
    place = alder.place("mara")
    flag = some_flag(mara, joy, place, at=AT - timedelta(days=20))
    with pytest.raises(errors.PlanInTheWay, match="NONE"):
        close(mara, flag)
    a_safety_plan(mara, joy, place, at=AT - timedelta(days=10), next_look="11/20/2026")
    with pytest.raises(errors.PlanInTheWay, match="LOOK_DUE"):
        close(mara, flag)


def test_someone_who_will_not_make_one_is_not_held_for_it(alder, joy, mara):
    place = alder.place("mara")
    flag = some_flag(mara, joy, place, at=AT - timedelta(days=1))
    declined(mara, joy, place)
    said = close(mara, flag).formulation
    assert "No safety plan; declined on Nov 24, 2026: Says plans make it more real" in said
    assert "Instead: Numbers given" in said


def test_a_reason_from_before_the_concern_does_not_count(alder, joy, mara):
    place = alder.place("mara")
    declined(mara, joy, place, at=AT - timedelta(days=3))
    flag = some_flag(mara, joy, place, at=AT)
    with pytest.raises(errors.PlanInTheWay, match="NONE"):
        close(mara, flag)


# ---- what is due -------------------------------------------------------------------------------


def due(by, day=TODAY):
    return [
        (one.about, date.fromisoformat(one.facts["on"]), one.facts["declined"], one.mine)
        for one in waits.items(by, day, "safety_plan")
    ]


def test_the_next_look_is_due_for_its_owner_and_a_supervisor_the_day_before(alder, joy, mara):
    some_episode(mara, joy)
    a_safety_plan(mara, joy, alder.place("mara"))
    assert due(mara) == []
    eve = date(2026, 11, 30)
    assert due(mara, eve) == [("Joy Okonkwo", date(2026, 12, 1), False, True)]
    assert due(alder.actor("ruth"), eve) == [("Joy Okonkwo", date(2026, 12, 1), False, False)]
    assert due(alder.actor("dev"), eve) == []
    assert due(alder.actor("bao"), eve) == []
    a_look(mara, joy, alder.place("dev"))
    assert due(mara, eve) == []
    later = TODAY + timedelta(days=13)
    assert due(alder.actor("dev"), later) == [
        ("Joy Okonkwo", TODAY + timedelta(days=14), False, True)
    ]


def test_a_new_version_replaces_what_was_due_and_a_discharged_client_has_nothing(alder, joy, mara):
    episode = some_episode(mara, joy)
    a_safety_plan(mara, joy, alder.place("mara"))
    a_safety_plan(mara, joy, alder.place("mara"), next_look="12/20/2026")
    assert due(mara, date(2026, 12, 5)) == []
    assert len(due(mara, date(2026, 12, 20))) == 1
    clients_services.close_episode(
        episode_id=episode.pk, outcome="completed", summary="Done.", by=alder.actor("ruth"), at=AT
    )
    assert due(mara, date(2026, 12, 20)) == []


def test_who_declined_is_asked_again_until_there_is_a_plan(alder, joy, mara):
    some_episode(mara, joy)
    declined(mara, joy, alder.place("mara"))
    day = date(2026, 11, 28)
    assert due(mara, day) == [("Joy Okonkwo", day, True, True)]
    a_safety_plan(mara, joy, alder.place("mara"), at=AT + timedelta(hours=1))
    assert due(mara, day) == []


# ---- whose it is -------------------------------------------------------------------------------


def test_another_organizations_plans_are_not_there(alder, joy, mara):
    made = a_safety_plan(mara, joy, alder.place("mara"))
    with tenancy.within(alder.harbor):
        jonah = alder.actor("jonah", alder.harbor)
        assert safety.safety_plan_of(joy.pk, by=jonah) is None
        with pytest.raises(NotHere):
            safety.safety_plan_version(joy.pk, made.pk, by=jonah)
        with pytest.raises(NotHere):
            safety_services.write_safety_plan(
                client_id=joy.pk, field="reasons", text="x", base_version=0, by=jonah, at=AT
            )


def test_who_may_not_read_charts_reads_no_plan(alder, joy):
    with pytest.raises(Refused):
        safety.safety_plan_of(joy.pk, by=alder.actor("bao"))
    assert selectors.client(joy.pk, by=alder.actor("owen")) == joy


# ---- on their phone ----------------------------------------------------------------------------


def test_a_plan_is_taken_once_and_by_nobody_else(db):
    token = handover.offer(page="my plan", at=AT)
    assert handover.is_offered(token=token, at=AT)
    assert handover.take(token="guessed", at=AT) is None
    assert handover.take(token=token, at=AT) == "my plan"
    assert handover.take(token=token, at=AT) is None


def test_after_ten_minutes_it_is_gone(db):
    token = handover.offer(page="my plan", at=AT)
    late = AT + timedelta(minutes=10)
    assert not handover.is_offered(token=token, at=late)
    assert handover.take(token=token, at=late) is None
    other = handover.offer(page="another", at=late)
    assert handover.take(token=other, at=late) == "another"


def test_what_is_stored_tells_nothing_and_opens_only_with_its_token(db):
    from handrail.areas.safety.models import PlanHandover
    from handrail.areas.safety.sealed_plan import unseal

    token = handover.offer(page="my plan", at=AT)
    (row,) = PlanHandover.objects.all()
    assert b"my plan" not in bytes(row.sealed)
    assert token not in row.token_hash
    assert unseal(bytes(row.sealed), "another") is None
