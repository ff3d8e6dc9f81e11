"""Plans, benefit checks and fees: what is kept, what is refused, and what a course costs."""

from datetime import date, timedelta

import pytest

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.coverage import errors, services
from handrail.areas.coverage import selectors as coverage_selectors
from handrail.areas.coverage.models import BenefitCheck, Payer
from handrail.areas.coverage.selectors.costs import costs_of
from handrail.areas.coverage.services.coverage import LevelTold, PlanTold
from handrail.core.access import NotHere, Refused
from handrail.core.costs import Course, Open
from handrail.core.errors import Invalid, NotAChoice
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import AT, TODAY, some_client
from tests.areas.coverage.plans import some_check, some_coverage, some_fees, some_payer

COURSE = Course(24, 3)


@pytest.fixture
def ines(alder):
    return alder.actor("ines")


@pytest.fixture
def bao(alder):
    return alder.actor("bao")


@pytest.fixture
def joy(alder):
    return some_client(alder.actor("ruth"))


@pytest.fixture
def plan(ines, bao, joy):
    return some_coverage(ines, joy, some_payer(bao))


def costs(joy, by, level="iop"):
    return costs_of(joy.pk, level=level, course=COURSE, by=by, on=TODAY)


# ---- plans -------------------------------------------------------------------------------------


def test_a_plan_is_on_file_and_pays_first(plan, joy, bao):
    assert coverage_selectors.primary(joy.pk, by=bao, on=TODAY) == plan
    (held,) = coverage_selectors.coverage_of(joy.pk, by=bao, on=TODAY).held
    assert (held.coverage.member_id, held.newest) == ("LH2204417", None)


def test_two_plans_do_not_pay_first_at_the_same_time(plan, joy, ines, bao):
    other = some_payer(bao, "Union Fund")
    with pytest.raises(errors.PlaceTaken) as wrong:
        some_coverage(ines, joy, other)
    assert (wrong.value.payer, wrong.value.rank) == (plan.payer.name, "primary")
    second = some_coverage(ines, joy, other, rank="secondary")
    found = coverage_selectors.coverage_of(joy.pk, by=bao, on=TODAY)
    assert [one.coverage for one in found.held] == [plan, second]


def test_the_next_plan_follows_the_last_day_of_the_one_before(plan, joy, ines, bao):
    last = TODAY + timedelta(days=7)
    services.end_coverage(coverage_id=plan.pk, until_date=last, by=ines, at=AT)
    following = some_coverage(ines, joy, plan.payer, from_date=last + timedelta(days=1))
    assert coverage_selectors.primary(joy.pk, by=bao, on=last) == plan
    assert coverage_selectors.primary(joy.pk, by=bao, on=last + timedelta(days=1)) == following


def test_a_voided_plan_is_no_plan(plan, joy, ines, bao):
    services.void_coverage(coverage_id=plan.pk, reason="Her sister’s card", by=ines, at=AT)
    assert coverage_selectors.primary(joy.pk, by=bao, on=TODAY) is None
    some_coverage(ines, joy, plan.payer)
    with pytest.raises(errors.VoidedAlready):
        some_check(ines, plan)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"subscriber": "parent"}, "subscriber_name"),
        ({"subscriber": "nobody"}, "subscriber"),
        ({"rank": "fourth"}, "rank"),
        ({"from_date": TODAY, "until_date": TODAY - timedelta(days=1)}, "until_date"),
        ({"subscriber_birth_date": TODAY + timedelta(days=1)}, "subscriber_birth_date"),
        ({"member_id": "1" * 41}, "member_id"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_field(joy, ines, bao, typed, field):
    with pytest.raises(Invalid) as wrong:
        some_coverage(ines, joy, some_payer(bao), **typed)
    assert field in [one.field for one in wrong.value.errors]


def test_a_payer_off_the_list_takes_no_new_plans_and_keeps_the_old(plan, joy, ines, bao):
    services.end_payer(payer_id=plan.payer_id, by=bao, at=AT)
    assert coverage_selectors.payers(by=bao) == ()
    with pytest.raises(NotAChoice):
        some_coverage(ines, joy, plan.payer, rank="secondary")
    assert coverage_selectors.primary(joy.pk, by=bao, on=TODAY) == plan
    again = some_payer(bao)
    assert Payer.objects.filter(name=again.name).count() == 2


# ---- what a plan said --------------------------------------------------------------------------


def test_a_call_that_breaks_off_is_kept_as_far_as_it_came(plan, joy, ines):
    made = services.record_benefit_check(
        coverage_id=plan.pk,
        plan=PlanTold(active="yes"),
        levels=(LevelTold("iop"), LevelTold("php", covered="no")),
        by=ines,
        at=AT,
    )
    assert [one.level for one in made.levels.all()] == ["php"]
    assert (made.representative, made.deductible, made.network) == ("", None, "unknown")


def test_a_later_check_follows_and_the_earlier_stays(plan, joy, ines, bao):
    first = some_check(ines, plan)
    later = some_check(
        ines, plan, representative="Lou", goes_on_from_id=first.pk, at=AT + timedelta(hours=1)
    )
    (held,) = coverage_selectors.coverage_of(joy.pk, by=bao, on=TODAY).held
    assert [one.representative for one in held.checks] == ["Lou", "Dana R."]
    assert held.newest == later
    assert later.goes_on_from == first


def test_a_check_goes_on_only_from_one_of_the_same_plan(plan, joy, ines, bao):
    second = some_coverage(ines, joy, some_payer(bao, "Union Fund"), rank="secondary")
    other = some_check(ines, second)
    with pytest.raises(NotHere):
        some_check(ines, plan, goes_on_from_id=other.pk)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"plan": PlanTold(deductible=100, deductible_met=200)}, "deductible_met"),
        ({"plan": PlanTold(maximum=100, no_maximum=True)}, "maximum"),
        ({"plan": PlanTold(deductible=-1)}, "deductible"),
        ({"plan": PlanTold(active="perhaps")}, "active"),
        ({"plan": PlanTold(network="perhaps")}, "network"),
        ({"levels": (LevelTold("iop", coinsurance=120),)}, "iop-coinsurance"),
        ({"levels": (LevelTold("iop", copay=-5),)}, "iop-copay"),
        ({"levels": (LevelTold("iop", covered="perhaps"),)}, "iop-covered"),
        ({"levels": (LevelTold("spa", covered="yes"),)}, "spa-covered"),
        ({"levels": (LevelTold("iop", limit="x" * 201),)}, "iop-limit"),
        ({"how": "by pigeon"}, "how"),
        ({"checked_at": AT + timedelta(days=1)}, "checked_on"),
        ({"notes": "x" * 4_001}, "notes"),
    ],
)
def test_what_cannot_be_is_refused_by_field(plan, ines, more, field):
    with pytest.raises(Invalid) as wrong:
        some_check(ines, plan, **more)
    assert field in [one.field for one in wrong.value.errors]
    assert not BenefitCheck.objects.exists()


def test_the_trail_names_rows_and_no_words(plan, ines):
    made = some_check(ines, plan)
    entry = AuditEntry.objects.get(action="coverage.check")
    assert f"benefit_check:{made.pk}" in entry.subjects
    assert "Dana" not in f"{entry.subjects}{entry.detail}"


# ---- who may -----------------------------------------------------------------------------------


def test_a_facilitator_sees_coverage_and_records_none(plan, joy, alder):
    mara = alder.actor("mara")
    assert coverage_selectors.coverage_of(joy.pk, by=mara).primary
    with pytest.raises(Refused):
        some_check(mara, plan)
    with pytest.raises(Refused):
        some_payer(mara)


def test_a_biller_sees_coverage_and_no_chart(plan, joy, bao):
    assert coverage_selectors.coverage_of(joy.pk, by=bao).client == joy
    with pytest.raises(Refused):
        charts_selectors.summary(joy.pk, by=bao)


def test_another_organization_sees_and_changes_nothing(plan, joy, program):
    stranger = program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor):
        with pytest.raises(NotHere):
            coverage_selectors.coverage_of(joy.pk, by=stranger)
        with pytest.raises(NotHere):
            some_check(stranger, plan)
        assert coverage_selectors.payers(by=stranger) == ()


# ---- what it costs -----------------------------------------------------------------------------


def test_a_known_copay_is_a_known_cost(plan, joy, ines):
    some_check(ines, plan)
    found = costs(joy, ines).with_plan
    assert (found.low, found.high) == (24 * 40_00, 24 * 40_00)


def test_a_plan_nobody_has_asked_gives_a_range_and_every_question(plan, joy, ines, bao):
    some_fees(bao)
    found = costs(joy, ines).with_plan
    assert (found.low, found.high) == (0, 24 * 180_00)
    assert {Open.COVERED, Open.NETWORK, Open.COPAY} <= set(found.open)


def test_a_plan_not_in_force_leaves_the_houses_own_fee(plan, joy, ines, bao):
    some_fees(bao)
    some_check(ines, plan, plan=PlanTold(active="no"))
    found = costs(joy, ines).with_plan
    assert (found.low, found.high) == (24 * 180_00, 24 * 180_00)


def test_without_a_plan_and_without_rates_no_amount_is_made_up(joy, ines):
    found = costs(joy, ines)
    assert found.with_plan is None
    assert (found.without.high, found.items) == (None, ())


def test_the_sliding_fee_follows_what_was_declared_last(joy, ines, bao):
    some_fees(bao)
    for income, at in ((60_000_00, AT), (26_650_00, AT + timedelta(minutes=5))):
        services.declare_income(
            client_id=joy.pk, household=3, yearly_income=income, declared_date=TODAY, by=ines, at=at
        )
    found = costs(joy, ines)
    assert found.share == 10
    assert found.without.high == 24 * 18_00
    # The assessment does not slide.
    assert [one.total for one in found.items] == [24 * 18_00, 220_00]
    assert found.expected == 24 * 18_00 + 220_00


def test_a_rate_holds_from_its_day_on(joy, ines, bao):
    some_fees(bao)
    tomorrow = TODAY + timedelta(days=1)
    services.set_rate(item="iop", amount=200_00, from_date=tomorrow, by=bao, at=AT)
    assert costs(joy, ines).without.high == 24 * 180_00
    later = costs_of(joy.pk, level="iop", course=COURSE, by=ines, on=tomorrow)
    assert later.without.high == 24 * 200_00


def test_a_voided_rate_and_scale_count_no_more(joy, ines, bao):
    some_fees(bao)
    before = costs(joy, ines)
    services.void_fee(kind="rate", fee_id=before.rate.pk, reason="Typed twice", by=bao, at=AT)
    services.void_fee(kind="scale", fee_id=before.scale.pk, reason="Last year’s", by=bao, at=AT)
    after = costs(joy, ines)
    assert (after.rate, after.scale) == (None, None)
    with pytest.raises(errors.VoidedAlready):
        services.void_fee(kind="rate", fee_id=before.rate.pk, reason="Again", by=bao, at=AT)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"item": "spa"}, "item"),
        ({"amount": -1}, "amount"),
        ({"count": 900}, "count"),
        ({"from_date": date(2026, 1, 1)}, "from_date"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(bao, more, field):
    some_fees(bao)
    details = {"item": "iop", "amount": 1, "from_date": TODAY} | more
    with pytest.raises(Invalid) as wrong:
        services.set_rate(by=bao, at=AT, **details)
    assert field in [one.field for one in wrong.value.errors]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"bands": [(100, 50), (200, 20)]}, "bands"),
        ({"bands": []}, "bands"),
        ({"line_one": 0}, "line_one"),
        ({"source": " "}, "source"),
    ],
)
def test_a_scale_on_which_more_costs_less_is_refused(bao, more, field):
    details = {
        "line_one": 15_000_00,
        "line_more": 5_000_00,
        "bands": [(100, 10)],
        "source": "Made up",
        "from_date": TODAY,
    } | more
    with pytest.raises(Invalid) as wrong:
        services.set_scale(by=bao, at=AT, **details)
    assert field in [one.field for one in wrong.value.errors]


def test_the_house_on_estimates_is_set_and_set_anew(bao):
    for npi in ("1234567890", "1234567891"):
        services.set_house_on_paper(legal_name="Alder Street", npi=npi, by=bao, at=AT)
    from handrail.areas.coverage.selectors.coverage import house_on_paper

    assert house_on_paper(by=bao).npi == "1234567891"
    with pytest.raises(errors.NpiNotTenDigits):
        services.set_house_on_paper(legal_name="Alder Street", npi="12", by=bao, at=AT)


def test_the_list_shows_those_with_a_plan_and_who_was_never_asked(plan, joy, ines, bao):
    (line,), more = coverage_selectors.covered_clients(by=bao, on=TODAY)
    assert (line.name, line.checked, more) == ("Joy Okonkwo", None, False)
    some_check(ines, plan)
    assert coverage_selectors.covered_clients(by=bao, on=TODAY, only_unchecked=True)[0] == ()
