"""What care costs a person: worked examples, and laws that hold for every plan and every gap."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.costs import (
    Band,
    Charges,
    CostError,
    Course,
    Network,
    Open,
    Per,
    Said,
    Scale,
    Terms,
    Visit,
    check_scale,
    estimate,
    open_points,
    pays,
    self_pay,
    share_of_rate,
    sliding_fee,
)
from handrail.core.money import dollars, percent_of, read_dollars

FULL_COURSE = Course(24, 3)
KNOWN = Terms(
    covered=Said.YES,
    network=Network.IN,
    copay=40_00,
    copay_per=Per.VISIT,
    coinsurance=0,
    deductible_applies=Said.NO,
    maximum=6_000_00,
    maximum_met=0,
    allowed=250_00,
)
HOUSE = Charges(full=320_00, own=180_00)


def cost(course=FULL_COURSE, charges=HOUSE, **changed):
    return estimate(replace(KNOWN, **changed), course, charges)


# ---- worked examples ---------------------------------------------------------------------------


def test_a_copay_for_each_of_24_sessions():
    found = cost()
    assert (found.low, found.high, found.open) == (960_00, 960_00, ())


def test_a_copay_by_the_week_is_due_eight_times_and_by_the_stay_once():
    assert cost(copay_per=Per.WEEK).low == 8 * 40_00
    assert cost(copay_per=Per.STAY).low == 40_00


def test_the_deductible_comes_first():
    # 1,000 left at 250 a session: four sessions in full, then 20 copays.
    found = cost(deductible_applies=Said.YES, deductible=1_500_00, deductible_met=500_00)
    assert found.low == found.high == 1_000_00 + 20 * 40_00


def test_the_copay_is_at_most_what_the_deductible_leaves_of_a_session():
    # 230 left: the first session leaves 20 of 250, so its copay is 20.
    found = cost(deductible_applies=Said.YES, deductible=230_00, deductible_met=0)
    assert found.low == found.high == 230_00 + 20_00 + 23 * 40_00


def test_coinsurance_is_counted_on_what_the_copay_leaves():
    assert cost(coinsurance=20).low == 24 * (40_00 + 42_00)


def test_the_maximum_ends_it():
    assert cost(maximum=1_000_00, maximum_met=400_00).high == 600_00
    assert cost(maximum=1_000_00, maximum_met=1_200_00).high == 0


def test_what_is_not_covered_is_paid_at_the_houses_own_fee():
    assert cost(covered=Said.NO).low == cost(covered=Said.NO).high == 24 * 180_00


def test_an_unknown_copay_gives_a_range_and_is_named():
    found = cost(copay=None)
    assert (found.low, found.high) == (0, 24 * 250_00)
    assert found.open == (Open.COPAY,)


def test_a_known_copay_needs_no_allowed_amount_and_no_rate_of_the_house():
    found = cost(allowed=None, charges=Charges())
    assert (found.low, found.high, found.open) == (960_00, 960_00, ())


def test_a_known_deductible_bounds_the_cost_even_where_no_amount_is_known():
    terms = {"deductible_applies": Said.YES, "deductible": 500_00, "deductible_met": 0}
    found = cost(allowed=None, charges=Charges(), **terms)
    assert (found.low, found.high) == (960_00, 500_00 + 960_00)


def test_no_most_is_said_where_nothing_bounds_it():
    found = cost(allowed=None, coinsurance=20, maximum=None, charges=Charges(full=None, own=180_00))
    assert found.high is None
    assert {Open.ALLOWED, Open.MAXIMUM, Open.CHARGE} <= set(found.open)


def test_the_maximum_bounds_what_nothing_else_does():
    found = cost(allowed=None, coinsurance=20, charges=Charges())
    assert found.high == 6_000_00


def test_whether_it_is_covered_at_all_spans_both_answers():
    found = cost(covered=Said.UNKNOWN)
    assert (found.low, found.high) == (960_00, 24 * 180_00)
    assert found.open == (Open.COVERED,)


def test_out_of_network_the_difference_may_be_asked_for_beyond_the_maximum():
    found = cost(network=Network.OUT, maximum=100_00)
    assert (found.low, found.high) == (100_00, 100_00 + 24 * 70_00)
    assert found.open == (Open.BEYOND,)


def test_a_second_plan_may_pay_all_of_it():
    found = cost(second_plan=True)
    assert (found.low, found.high, found.open) == (0, 960_00, (Open.SECOND_PLAN,))
    nothing = cost(second_plan=True, covered=Said.NO)
    assert (nothing.low, nothing.high, nothing.open) == (0, 24 * 180_00, (Open.SECOND_PLAN,))


def test_without_a_plan_and_without_a_rate_nothing_is_made_up():
    found = self_pay(FULL_COURSE, None)
    assert (found.low, found.high, found.open) == (0, None, (Open.CHARGE,))
    assert self_pay(Course(0, 3), None).high == 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Terms(copay=-1),
        lambda: Terms(coinsurance=101),
        lambda: Course(-1, 3),
        lambda: Course(24, 0),
    ],
)
def test_figures_that_cannot_be_are_refused(wrong):
    with pytest.raises(CostError):
        wrong()


# ---- laws --------------------------------------------------------------------------------------

cents = st.integers(0, 2_000_00)
courses = st.builds(Course, st.integers(0, 40), st.integers(1, 7))
gap = st.one_of(st.none(), cents)
terms = st.builds(
    Terms,
    covered=st.sampled_from(Said),
    network=st.sampled_from(Network),
    copay=gap,
    copay_per=st.sampled_from(Per),
    coinsurance=st.one_of(st.none(), st.integers(0, 100)),
    deductible_applies=st.sampled_from(Said),
    deductible=gap,
    deductible_met=gap,
    maximum=gap,
    maximum_met=gap,
    has_maximum=st.booleans(),
    allowed=gap,
    second_plan=st.booleans(),
)
charges = st.builds(Charges, full=gap, own=gap)


@st.composite
def known(draw):
    """A visit without gaps."""
    allowed = draw(cents)
    return Visit(
        allowed=allowed,
        deductible=draw(st.integers(0, 5_000_00)),
        copay=draw(cents),
        per=draw(st.sampled_from([one for one in Per if one is not Per.UNKNOWN])),
        coinsurance=draw(st.integers(0, 100)),
        left=draw(st.one_of(st.none(), st.integers(0, 9_000_00))),
    )


@st.composite
def resolved(draw):
    """Terms with gaps, and one way in which every gap could turn out: what is paid then."""
    found, course, house = draw(terms), draw(courses), draw(charges)
    of = lambda value, other=cents: draw(other) if value is None else value  # noqa: E731
    full = of(house.full)
    own = of(house.own)
    is_covered = _either(draw, found.covered)
    copay = of(found.copay)
    allowed = found.allowed
    if allowed is None:
        least = 0 if found.copay is None else found.copay
        allowed = draw(st.integers(least, max(full, least)))
    applies = _either(draw, found.deductible_applies)
    deductible = max(0, of(found.deductible) - of(found.deductible_met)) if applies else 0
    left = None
    if found.has_maximum:
        left = max(0, of(found.maximum, st.integers(0, 90_000_00)) - of(found.maximum_met))
    outside = found.network is Network.OUT or (
        found.network is Network.UNKNOWN and draw(st.booleans())
    )
    per = found.copay_per
    if per is Per.UNKNOWN:
        per = draw(st.sampled_from([Per.VISIT, Per.DAY, Per.WEEK, Per.STAY]))
    visit = Visit(
        allowed=allowed,
        deductible=deductible,
        copay=copay,
        per=per,
        coinsurance=of(found.coinsurance, st.integers(0, 100)),
        left=left,
        beyond=max(0, full - allowed) if outside and draw(st.booleans()) else 0,
    )
    paid = pays(visit, course) if is_covered else own * course.sessions
    return found, course, house, paid


def _either(draw, said):
    return draw(st.booleans()) if said is Said.UNKNOWN else said is Said.YES


@given(known(), courses)
def test_nobody_pays_less_than_nothing_more_than_the_maximum_or_more_than_is_allowed(visit, course):
    paid = pays(visit, course)
    assert 0 <= paid <= visit.allowed * course.sessions
    assert visit.left is None or paid <= visit.left


@given(known(), courses)
def test_more_sessions_never_cost_less(visit, course):
    assert pays(visit, course) <= pays(visit, Course(course.sessions + 1, course.per_week))


@given(known(), courses, st.data())
def test_worse_terms_never_cost_less(visit, course, data):
    worse = data.draw(
        st.sampled_from(
            [
                {"deductible": visit.deductible + 7_31},
                {"copay": visit.copay + 3_17},
                {"coinsurance": min(100, visit.coinsurance + 9)},
                {"allowed": visit.allowed + 11_03},
                {"left": None},
                {"per": Per.VISIT},
            ]
        )
    )
    assert pays(visit, course) <= pays(replace(visit, **worse), course)


@given(resolved())
def test_the_range_holds_every_way_the_gaps_can_turn_out(case):
    found, course, house, paid = case
    said = estimate(found, course, house)
    assert said.low <= paid
    assert said.high is None or paid <= said.high


@given(terms, courses, charges)
def test_the_range_grows_with_the_sessions(found, course, house):
    now = estimate(found, course, house)
    later = estimate(found, Course(course.sessions + 1, course.per_week), house)
    assert 0 <= now.low <= later.low
    assert later.high is None or (now.high is not None and now.high <= later.high)


@given(terms, courses, charges)
def test_a_range_always_says_what_is_open_and_an_exact_amount_nothing(found, course, house):
    said = estimate(found, course, house)
    assert bool(said.open) is not said.is_exact


@given(terms, charges)
def test_what_is_open_was_really_not_said(found, house):
    said = {
        Open.COPAY: found.copay,
        Open.COINSURANCE: found.coinsurance,
        Open.DEDUCTIBLE: found.deductible,
        Open.DEDUCTIBLE_MET: found.deductible_met,
        Open.MAXIMUM: found.maximum,
        Open.MAXIMUM_MET: found.maximum_met,
        Open.ALLOWED: found.allowed,
    }
    assert [one for one in open_points(found, house) if said.get(one) is not None] == []


# ---- the sliding fee ---------------------------------------------------------------------------

SCALE = Scale(15_650_00, 5_500_00, (Band(100, 10), Band(150, 40), Band(200, 70)))


def test_the_sliding_fee_by_household_and_income():
    # Three people: the line is 26,650.
    assert sliding_fee(180_00, SCALE, household=3, income=26_650_00) == 18_00
    assert sliding_fee(180_00, SCALE, household=3, income=26_650_01) == 72_00
    assert sliding_fee(180_00, SCALE, household=3, income=80_000_00) == 180_00


@given(st.integers(0, 300_000_00), st.integers(1, 12), cents)
def test_who_has_more_never_pays_less_and_nobody_more_than_the_rate(income, household, rate):
    fee = sliding_fee(rate, SCALE, household=household, income=income)
    assert 0 <= fee <= rate
    assert fee <= sliding_fee(rate, SCALE, household=household, income=income + 1_00)
    assert fee >= sliding_fee(rate, SCALE, household=household + 1, income=income)


@pytest.mark.parametrize(
    "scale",
    [
        replace(SCALE, line_one=0),
        replace(SCALE, bands=()),
        replace(SCALE, bands=(Band(100, 101),)),
        replace(SCALE, bands=(Band(100, 10), Band(100, 20))),
        replace(SCALE, bands=(Band(100, 50), Band(200, 20))),
    ],
)
def test_a_scale_on_which_more_income_costs_less_is_refused(scale):
    check_scale(SCALE)
    with pytest.raises(CostError):
        check_scale(scale)


@pytest.mark.parametrize(("household", "income"), [(0, 1), (1, -1)])
def test_a_household_of_nobody_is_refused(household, income):
    with pytest.raises(CostError):
        share_of_rate(SCALE, household=household, income=income)


# ---- money -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("40", 40_00),
        ("$1,250", 1_250_00),
        (" 62.50 ", 62_50),
        ("0", 0),
        ("1,25", None),
        ("-3", None),
        ("4.5", None),
        ("forty", None),
        ("999999999999", None),
    ],
)
def test_amounts_as_people_type_them(typed, read):
    assert read_dollars(typed) == read


@given(st.integers(0, 10**9))
def test_an_amount_said_is_read_as_the_same(amount):
    assert read_dollars(dollars(amount)) == amount


def test_amounts_are_said_with_cents_only_where_there_are_some():
    assert (dollars(1_040_00), dollars(62_50), dollars(-5)) == ("$1,040", "$62.50", "−$0.05")
    assert percent_of(20, 12) == 2
    assert percent_of(50, 1) == 1
