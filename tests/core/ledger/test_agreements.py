"""What is agreed, and the floor, which is never agreed away: law 6 of the domain."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.errors import Invalid
from handrail.core.ledger import errors
from handrail.core.ledger.agreements import (
    Unmet,
    agree,
    check_override,
    left_out,
    refuse,
)
from handrail.core.ledger.errors import FloorUnmet
from handrail.core.ledger.positions import Party, indicated_sequence, read_steps
from handrail.core.placement.recommend import recommend
from tests.core.ledger.test_positions import DETOX, IOP, found, steps
from tests.core.strategies import ADMISSION, CARE, SETS, people

DAY = date(2026, 11, 6)
LATER = DAY + timedelta(days=25)
TOLD = datetime(2026, 11, 6, 15, 0, tzinfo=UTC)
EVERYTHING = dict.fromkeys(CARE.needs, "a friend stays with them")
PLACES = (*CARE.spine, *CARE.acute_places, "none")


def agreed(recommendation, *texts, **changed):
    usual = {
        "mitigations": EVERYTHING,
        "accepted_by": [Party.CLIENT],
        "agreed_date": DAY,
        "review_date": LATER,
    }
    return agree(recommendation, steps=steps(*texts), **{**usual, **changed})


def refused(recommendation, *texts, **changed):
    usual = {
        "explained": "Seizures can kill, and detox prevents them.",
        "physician": "Dr. Helen Strand",
        "physician_told_at": TOLD,
        "offered": "Ambulatory care daily, and a bed tonight",
        "call_again_date": DAY + timedelta(days=1),
        "on": DAY,
    }
    return refuse(recommendation, accepts=steps(*texts), **{**usual, **changed})


# ---- agreements --------------------------------------------------------------------------------


def test_what_was_found_leaves_nothing_unmet():
    needed = found(**IOP)
    made = agreed(needed, *indicated_sequence(needed), accepted_by=[Party.PAYER, Party.CLIENT])
    assert made.unmet == ()
    assert made.accepted_by == (Party.CLIENT, Party.PAYER)


def test_less_says_what_stands_in_for_each_need_left_unmet():
    words = {**EVERYTHING, "structure_several_times_weekly": " his counselor on Fridays "}
    made = agreed(found(**IOP), "sop", mitigations=words)
    assert Unmet("structure_several_times_weekly", "his counselor on Fridays") in made.unmet
    with pytest.raises(Invalid) as wrong:
        agreed(found(**IOP), "sop", mitigations={})
    assert "need-structure_several_times_weekly" in {one.field for one in wrong.value.errors}


def test_what_is_placed_is_taken_as_it_is_written_facets_and_all():
    left = left_out(found(**IOP), steps("iop"))
    assert "medication_for_addiction" in [need.code for need in left.other]
    assert left.floor == ()


@pytest.mark.parametrize("who", [[], [Party.PAYER], [Party.CLINICIAN, Party.MANDATING_BODY]])
def test_what_the_client_did_not_accept_is_no_agreement(who):
    with pytest.raises(errors.NotAccepted):
        agreed(found(**IOP), "iop", accepted_by=who)
    assert agreed(found(**IOP), "iop", accepted_by=[Party.FAMILY]).accepted_by == (Party.FAMILY,)


@pytest.mark.parametrize(
    ("day", "wrong"),
    [(DAY, errors.NotLater), (DAY + timedelta(days=93), errors.TooFarAway)],
)
def test_it_is_looked_at_again_before_long(day, wrong):
    with pytest.raises(wrong):
        agreed(found(**IOP), "iop", review_date=day)


def test_the_floor_cannot_be_agreed_away():
    with pytest.raises(FloorUnmet) as wrong:
        agreed(found(**DETOX), "iop", accepted_by=list(Party))
    assert wrong.value.needs[0] == "medically monitored withdrawal day and night"
    assert agreed(found(**DETOX), "detox", "iop").unmet


def test_the_floor_of_another_set_for_the_same_facts_counts_too():
    """Nobody chooses the criteria by which the floor goes away."""
    light, strict = found(**IOP), found(**DETOX)
    with pytest.raises(FloorUnmet):
        agreed(light, "iop", beside=[light, strict])
    assert refused(light, "iop", beside=[strict]).needs[0] == "withdrawal_care_24h"


def test_what_may_be_of_the_floor_is_not_agreed_away_while_nobody_knows():
    with pytest.raises(FloorUnmet, match="a safety question is open"):
        agreed(recommend({}, ADMISSION), "iop")


attempts = st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)


@given(people(), st.sampled_from(SETS), attempts, st.sets(st.sampled_from(list(CARE.facets))))
def test_no_agreement_leaves_a_floor_need_unmet(findings, criteria, sequence, facets):
    """Whatever was found, whatever is asked for, whoever accepts it and whatever stands in."""
    recommendation = recommend(findings, criteria)
    sequence[-1] = "+".join((sequence[-1], *sorted(facets))) if sequence[-1] != "none" else "none"
    try:
        wanted = read_steps(sequence, CARE)
    except Invalid:
        return
    try:
        made = agree(
            recommendation,
            steps=wanted,
            mitigations=EVERYTHING,
            accepted_by=list(Party),
            agreed_date=DAY,
            review_date=LATER,
        )
    except FloorUnmet:
        assert refused_needs(recommendation, wanted)
    else:
        assert not any(CARE.needs[one.need].floor for one in made.unmet)
        provided = provided_by(wanted)
        floor = [need for need in recommendation.needs if need.floor]
        assert [need.code for need in floor if not provided & answers(need.code)] == []


def provided_by(wanted):
    """Every place, level and facet that is placed: worked out by hand, for the law above."""
    return {code for step in wanted for code in step.codes}


def answers(need):
    """Everything that answers a need of the floor, read from the catalogue."""
    everything = {**CARE.levels, **CARE.facets}
    return {*CARE.needs[need].places, *(c for c, one in everything.items() if need in one.provides)}


def refused_needs(recommendation, wanted):
    return refuse(
        recommendation, accepts=wanted, explained="one two three four", physician="Dr. Strand",
        physician_told_at=TOLD, offered="one two three four",
        call_again_date=DAY + timedelta(days=1), on=DAY,
    ).needs  # fmt: skip


# ---- informed refusal --------------------------------------------------------------------------


def test_a_refusal_says_what_is_refused_and_takes_what_the_person_accepts():
    made = refused(found(**DETOX), "iop")
    assert made.needs == ("withdrawal_care_24h", "withdrawal_assessment")
    assert "medication_for_addiction" in made.also_unmet
    assert refused(found(**DETOX), "none").accepts[0].codes == ("on_my_own",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("explained", "he knows"),
        ("physician", " "),
        ("offered", ""),
        ("call_again_date", DAY),
        ("call_again_date", DAY + timedelta(days=15)),
    ],
)
def test_nothing_of_a_refusal_is_left_open(field, value):
    with pytest.raises(Invalid) as wrong:
        refused(found(**DETOX), "iop", **{field: value})
    assert [one.field for one in wrong.value.errors] == [field]


def test_a_physician_is_told_first():
    with pytest.raises(Invalid) as wrong:
        refused(found(**DETOX), "iop", physician_told_at=None)
    assert [type(one) for one in wrong.value.errors] == [errors.PhysicianNotTold]


def test_where_nothing_of_the_floor_is_refused_it_is_an_agreement():
    with pytest.raises(errors.NothingRefused):
        refused(found(**DETOX), "detox", "sop")


# ---- override ----------------------------------------------------------------------------------


def test_a_clinician_may_go_lower_or_higher_and_never_below_the_floor():
    check_override(found(**DETOX), steps("detox", "sop"))
    check_override(found(**IOP), steps("rtc"))
    with pytest.raises(FloorUnmet):
        check_override(found(**DETOX), steps("rtc"))
