"""Pages of coverage: a check on the phone, what it costs, payers and fees, the biller’s way."""

import re
from datetime import date

import pytest
from django.urls import reverse

from handrail.areas.consents.models import Disclosure
from handrail.areas.coverage.models import (
    BenefitCheck,
    Coverage,
    DeclaredIncome,
    HouseRate,
    Payer,
    SlidingScale,
)
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import some_client, some_episode
from tests.areas.coverage.plans import some_check, some_coverage, some_fees, some_payer
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def joy(program):
    """A client at Alder Street with a plan that nobody has asked."""
    ruth, ines, bao = program.actor("ruth"), program.actor("ines"), program.actor("bao")
    with tenancy.within(program.alder):
        client = some_client(ruth, at=clock.now())
        some_episode(ruth, client, opened_date=date(2026, 10, 12))
        client.plan = some_coverage(ines, client, some_payer(bao, phone="800-555-0110"))
    return client


@pytest.fixture
def ines(program, client):
    return sign_in(client, program, "ines")


@pytest.fixture
def bao(program, client):
    return sign_in(client, program, "bao")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


def checked(program, joy, **more):
    with tenancy.within(program.alder):
        return some_check(program.actor("ines"), joy.plan, **more)


def priced(program):
    with tenancy.within(program.alder):
        some_fees(program.actor("bao"))


# ---- the tab -----------------------------------------------------------------------------------


def test_a_plan_nobody_asked_says_so_and_whom_to_call(ines, joy):
    said = words(ines.get(at("chart_coverage", client_id=joy.pk)))
    assert "Not checked yet" in said
    assert "800-555-0110" in said
    assert "Is this level of care covered?" in said


def test_a_plan_is_put_on_file_and_what_is_wrong_keeps_what_was_typed(ines, joy, program):
    address = at("record_coverage", client_id=joy.pk)
    typed = {"payer": str(joy.plan.payer_id), "rank": "primary", "subscriber": "self"}
    answer = ines.post(address, typed | {"member_id": "ZX-9", "group_number": "77"})
    assert answer.status_code == 400
    assert "End that plan first" in words(answer)
    assert 'value="ZX-9"' in answer.content.decode()
    answer = ines.post(address, typed | {"rank": "secondary", "member_id": "ZX-9"})
    assert answer.headers["Location"] == at("chart_coverage", client_id=joy.pk) + "#plans"
    assert rows(program, Coverage, member_id="ZX-9")


def test_a_plan_ends_and_another_is_voided(ines, joy, program):
    ines.post(at("end_coverage", coverage_id=joy.plan.pk), {"until_date": "11/30/2099"})
    assert rows(program, Coverage)[0].until_date == date(2099, 11, 30)
    wrong = ines.post(at("void_coverage", coverage_id=joy.plan.pk), {"reason": ""})
    assert "Say why it is voided" in words(wrong)
    ines.post(at("void_coverage", coverage_id=joy.plan.pk), {"reason": "Not hers"})
    assert "No plan is on file" in words(ines.get(at("chart_coverage", client_id=joy.pk)))
    again = ines.post(at("void_coverage", coverage_id=joy.plan.pk), {"reason": "Not hers"})
    assert "This is voided already, by Ines Caldera" in words(again)


def test_what_a_household_declares(ines, joy, program):
    address = at("declare_income", client_id=joy.pk)
    wrong = ines.post(address, {"household": "three", "yearly_income": "x", "declared_date": ""})
    assert wrong.status_code == 400
    assert "Enter a whole number from 1 to 30" in words(wrong)
    good = {"household": "3", "yearly_income": "$31,000", "declared_date": "11/20/2026"}
    ines.post(address, good)
    (made,) = rows(program, DeclaredIncome)
    assert (made.household, made.yearly_income) == (3, 31_000_00)
    page = words(ines.get(at("chart_coverage", client_id=joy.pk)))
    assert "$31,000 a year for 3 people, declared Nov 20, 2026" in page


# ---- a check -----------------------------------------------------------------------------------


def test_an_empty_check_is_kept_and_says_what_is_missing(ines, joy, program):
    answer = ines.post(at("benefit_check", coverage_id=joy.plan.pk), {"how": "phone"}, follow=True)
    assert "Not on file yet: who said it and the reference" in words(answer)
    assert len(rows(program, BenefitCheck)) == 1


def test_a_whole_call_is_kept_and_changes_what_it_costs(ines, joy, program):
    typed = {
        "how": "phone",
        "representative": "Dana R.",
        "active": "yes",
        "network": "in",
        "deductible": "1,500",
        "deductible_met": "400",
        "maximum": "6000",
        "maximum_met": "0",
        "iop-covered": "yes",
        "iop-authorization": "yes",
        "iop-copay": "40",
        "iop-copay_per": "visit",
        "iop-coinsurance": "0%",
        "iop-deductible_applies": "no",
        "php-covered": "no",
        "reference": "88-4471",
        "notes": "Ask again in January.",
    }
    ines.post(at("benefit_check", coverage_id=joy.plan.pk), typed)
    (made,) = rows(program, BenefitCheck)
    assert (made.deductible, made.deductible_met) == (1_500_00, 400_00)
    page = words(ines.get(at("chart_coverage", client_id=joy.pk)))
    assert "With the plan $960" in page
    assert "By phone with Dana R., reference 88-4471" in page
    assert "$1,500; $400 of it met" in page


def test_a_wrong_amount_says_so_beside_the_field_and_keeps_the_rest(ines, joy, program):
    typed = {"how": "phone", "representative": "Dana", "iop-copay": "forty", "php-copay": "9.9"}
    answer = ines.post(at("benefit_check", coverage_id=joy.plan.pk), typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count("Enter an amount, for example 40 or 62.50") == 4  # summary and field
    assert 'value="Dana"' in page
    assert not rows(program, BenefitCheck)


def test_going_on_begins_with_what_was_said_and_keeps_both(ines, joy, program):
    first = checked(program, joy)
    address = at("benefit_check", coverage_id=joy.plan.pk)
    page = ines.get(f"{address}?from={first.pk}").content.decode()
    assert 'value="Dana R."' in page
    assert re.search('name="iop-copay" value="40"', page)
    ines.post(address, {"how": "phone", "representative": "Lou", "goes_on_from": str(first.pk)})
    assert {one.representative for one in rows(program, BenefitCheck)} == {"Dana R.", "Lou"}
    assert "1 earlier check" in words(ines.get(at("chart_coverage", client_id=joy.pk)))


def test_a_check_of_another_plan_is_not_gone_on_with(ines, joy, program):
    address = at("benefit_check", coverage_id=joy.plan.pk)
    assert ines.get(f"{address}?from={joy.pk}").status_code == 404


def test_a_check_of_some_days_ago_stands_on_its_day(ines, joy, program):
    ines.post(
        at("benefit_check", coverage_id=joy.plan.pk), {"how": "paper", "checked_on": "11/2/2020"}
    )
    (made,) = rows(program, BenefitCheck)
    assert made.checked_at.date() == date(2020, 11, 2)
    wrong = {"how": "paper", "checked_on": "2/30/2020"}
    answer = ines.post(at("benefit_check", coverage_id=joy.plan.pk), wrong)
    assert "That is not a day" in words(answer)


# ---- the biller's way --------------------------------------------------------------------------


def test_a_biller_sees_plans_by_client_and_nothing_else_of_the_chart(bao, joy, program):
    said = words(bao.get(at("coverage")))
    assert "Joy Okonkwo" in said
    assert "Never checked" in said
    page = bao.get(at("coverage_alone", client_id=joy.pk)).content.decode()
    assert "Lakeshore Health Plan" in page
    assert "Flags" not in page
    assert "Allergies" not in page
    assert bao.get(at("chart_coverage", client_id=joy.pk)).status_code == 403
    (entry,) = rows(program, AuditEntry, action="coverage.see", actor_name="Bao Nguyen")
    assert entry.subjects == [f"client:{joy.pk}"]


def test_after_saving_a_biller_comes_back_to_the_page_without_the_chart(bao, joy):
    answer = bao.post(at("benefit_check", coverage_id=joy.plan.pk), {"how": "portal"})
    assert answer.headers["Location"].startswith(at("coverage_alone", client_id=joy.pk))


def test_who_reads_charts_is_led_from_the_list_to_the_tab(ines, joy):
    assert at("chart_coverage", client_id=joy.pk) in ines.get(at("coverage")).content.decode()
    answer = ines.get(at("coverage_alone", client_id=joy.pk))
    assert answer.headers["Location"] == at("chart_coverage", client_id=joy.pk)


def test_the_list_of_those_never_checked(bao, joy, program):
    checked(program, joy)
    assert "Every plan of those in care has been checked" in words(
        bao.get(at("coverage"), {"show": "unchecked"})
    )
    assert "Checked" in words(bao.get(at("coverage")))


# ---- what it will cost -------------------------------------------------------------------------


def test_the_page_says_a_range_and_what_is_not_known(ines, joy, program):
    priced(program)
    said = words(ines.get(at("client_costs", client_id=joy.pk)))
    assert "$0 to $4,320" in said
    assert "whether your plan pays for this kind of care" in said
    assert "Good-faith estimate" in said
    assert "Expected charges $4,540" in said
    assert "at least $400 more" in said
    assert "Not on the estimate yet" in said


def test_the_page_counts_other_courses_and_ignores_what_makes_no_sense(ines, joy, program):
    priced(program)
    asked = {"level": "iop", "sessions": "12", "per_week": "2"}
    said = words(ines.get(at("client_costs", client_id=joy.pk), asked))
    assert "12 sessions, 2 a week, about 6 weeks" in said
    assert "$0 to $2,160" in said
    strange = {"level": "spa", "sessions": "0", "per_week": "many"}
    assert "24 sessions, 3 a week" in words(ines.get(at("client_costs", client_id=joy.pk), strange))


def test_handing_it_over_is_accounted_for_and_carries_the_statement(ines, joy, program):
    priced(program)
    answer = ines.post(at("hand_over_costs", client_id=joy.pk), {"how": "printed"})
    (made,) = rows(program, Disclosure)
    assert (made.recipient_kind, made.how) == ("client", "printed")
    assert made.scope in words(answer)


def test_a_pdf_is_handed_over_under_a_name_that_names_nobody(ines, joy, program):
    priced(program)
    answer = ines.post(at("hand_over_costs", client_id=joy.pk), {"how": "pdf"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "joy" not in answer.headers["Content-Disposition"].lower()
    assert len(rows(program, Disclosure, how="pdf")) == 1


def test_a_biller_sees_the_costs_and_hands_nothing_over(bao, joy, program):
    priced(program)
    page = words(bao.get(at("client_costs", client_id=joy.pk)))
    assert "What it will cost you" in page
    assert "PDF for" not in page
    assert "Diagnosis codes" not in page
    assert bao.post(at("hand_over_costs", client_id=joy.pk)).status_code == 403
    assert not rows(program, Disclosure)


# ---- payers and fees ---------------------------------------------------------------------------


def test_payers_are_put_on_the_list_changed_and_taken_off(bao, joy, program):
    bao.post(at("record_payer"), {"name": "Union Fund", "kind": "employer"})
    (made,) = rows(program, Payer, name="Union Fund")
    twice = bao.post(at("record_payer"), {"name": "union fund", "kind": "employer"})
    assert "on the list already" in words(twice)
    bao.post(at("change_payer", payer_id=made.pk), {"name": "Union Trust", "kind": "employer"})
    assert "Union Trust" in words(bao.get(at("fees")))
    bao.post(at("end_payer", payer_id=made.pk))
    assert "Union Trust" not in words(bao.get(at("fees")))


def test_rates_and_the_sliding_fee_are_set_and_voided(bao, program):
    rate = {"item": "iop", "amount": "285", "from_date": "1/1/2026", "code": "h0015"}
    assert "Enter the amount" in words(bao.post(at("set_rate"), rate | {"amount": ""}))
    bao.post(at("set_rate"), rate)
    (made,) = rows(program, HouseRate)
    assert (made.amount, made.code) == (285_00, "H0015")
    scale = {"line_one": "15,600", "line_more": "5,500", "source": "HHS 2026"}
    scale |= {"from_date": "1/1/2026", "limit-0": "100", "pays-0": "10", "limit-1": "200"}
    wrong = bao.post(at("set_scale"), scale)
    assert "A band has both" in words(wrong)
    bao.post(at("set_scale"), scale | {"pays-1": "50"})
    (found,) = rows(program, SlidingScale)
    assert (found.limits, found.pays) == ([100, 200], [10, 50])
    bao.post(at("void_rate", rate_id=made.pk), {"reason": "Typed wrongly"})
    again = bao.post(at("void_rate", rate_id=made.pk), {"reason": "Typed wrongly"})
    assert "This is voided already, by Bao Nguyen" in words(again)
    bao.post(at("void_scale", scale_id=found.pk), {"reason": "Typed wrongly"})
    assert "No rate is set yet" in words(bao.get(at("fees")))


def test_how_the_house_stands_on_estimates(bao, joy, program):
    priced(program)
    wrong = bao.post(at("set_house"), {"legal_name": "Alder Street, Inc.", "npi": "12"})
    assert "ten digits" in words(wrong)
    bao.post(
        at("set_house"),
        {"legal_name": "Alder Street, Inc.", "npi": "1999999984", "tax_number": "00-1",
         "address": "118 Alder Street, Columbus, Ohio"},
    )  # fmt: skip
    said = words(bao.get(at("client_costs", client_id=joy.pk)))
    assert "National provider identifier 1999999984" in said
    assert "Not on the estimate yet" not in said


def test_who_may_not_set_fees_reads_them(ines, program):
    priced(program)
    page = words(ines.get(at("fees")))
    assert "$180" in page
    assert "Set a rate" not in page
    assert ines.post(at("set_rate"), {}).status_code == 403


@pytest.mark.parametrize("name", ["coverage", "fees"])
def test_no_title_or_address_holds_a_name(ines, joy, name):
    page = ines.get(at(name)).content.decode()
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page)).lower()
    assert "okonkwo" not in addresses
    assert "Okonkwo" not in re.findall("<title>(.*)</title>", page)[0]


def test_more_plans_and_checks_cost_no_more_queries(ines, joy, program, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    checked(program, joy)
    pages = [at("chart_coverage", client_id=joy.pk), at("coverage"), at("fees")]
    pages.append(at("client_costs", client_id=joy.pk))
    for address in pages:
        ines.get(address)
    before = {}
    for address in pages:
        with CaptureQueriesContext(connection) as seen:
            ines.get(address)
        before[address] = len(seen)
    with tenancy.within(program.alder):
        by = program.actor("paul")
        more = some_coverage(by, joy, some_payer(by, "Union Fund"), rank="secondary")
        for _ in range(3):
            some_check(by, more)
            some_check(by, joy.plan)
    for address in pages:
        with django_assert_num_queries(before[address]):
            ines.get(address)
