"""The laws of placement, each held against random people and every shipped criteria set."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.cli.case import Case
from handrail.cli.place import as_data
from handrail.core.findings import Area, Finding, Kind, Open
from handrail.core.placement import recommend as engine
from handrail.core.placement.compare import MORE_THAN_NEEDED, REASONABLE, Asked, compare
from handrail.core.placement.packages import Package, least_restrictive, packages_at
from handrail.data import criteria_ids, criteria_set
from tests.core import strategies
from tests.core.placement import provision
from tests.core.strategies import CARE, CATALOGUE, SAFETY, SPINE, answered, is_open, person

people, criteria = strategies.people(), strategies.criteria
quick = settings(max_examples=150)

PROTECTIONS = [code for code, one in CATALOGUE.items() if one.kind is Kind.PROTECTION]


def recommend(findings, criteria, **more):
    return engine.recommend(findings, criteria_set(criteria), **more)


def placed(found):
    """Where someone is sent, whatever else is said."""
    return settled(found), found.acute, found.lowest, found.highest, bool(found.emergency)


def settled(found):
    """The level, or the one below which nobody goes before an assessment; None for a range."""
    return found.level or (found.at_least and found.at_least.level)


def height(level):
    return SPINE.index(level)


def ends(found):
    return found.lowest, found.highest


# ---- 1 sufficient, 2 least restrictive ---------------------------------------------------------


@quick
@given(people, criteria)
def test_every_need_is_provided_by_acute_places_level_and_facets(findings, criteria):
    found = recommend(findings, criteria)
    for package in found.packages:
        assert package.level == settled(found)
        assert not provision.left_out(found.need_codes, package.level, package.facets, found.acute)
    assert bool(found.packages) == bool(settled(found))


@quick
@given(strategies.needs)
def test_any_needs_whatever_are_provided(needs):
    placement = least_restrictive(needs, CARE)
    assert placement.packages
    for package in placement.packages:
        left = provision.left_out(needs, package.level, package.facets, placement.acute)
        assert not left


@quick
@given(people, criteria)
def test_an_emergency_is_shown_whenever_one_is_needed(findings, criteria):
    found = recommend(findings, criteria)
    assert ("emergency_response" in found.need_codes) == (found.emergency is not None)


@quick
@given(strategies.needs)
def test_no_lower_level_with_all_its_facets_is_enough(needs):
    assert least_restrictive(needs, CARE).level == provision.lowest_level(needs)


@quick
@given(strategies.needs)
def test_no_acute_place_without_a_need_that_it_answers_first(needs):
    firsts = {provision.NEEDS[code].get("first_place") for code in needs} - {None, ""}
    assert set(least_restrictive(needs, CARE).acute) == firsts


@quick
@given(strategies.needs)
def test_no_lighter_choice_of_facets_is_enough(needs):
    placement = least_restrictive(needs, CARE)
    for package in placement.packages:
        lighter = provision.lighter_choices(needs, package.level, package.facets, placement.acute)
        assert next(lighter, None) is None


# ---- 3 monotone --------------------------------------------------------------------------------


@settings(max_examples=400)
@given(people, strategies.worsenings(), criteria)
def test_a_worse_answer_never_lowers_the_level_nor_takes_an_acute_place_away(
    findings, worsening, criteria
):
    code, better, worse = worsening
    before = recommend(answered(findings, code, better), criteria)
    after = recommend(answered(findings, code, worse), criteria)
    for low, high in zip(ends(before), ends(after), strict=True):
        assert height(low.level) <= height(high.level)
        assert set(low.acute) <= set(high.acute)
    assert set(before.need_codes) <= set(after.need_codes)
    if settled(before) and settled(after):
        assert height(settled(before)) <= height(settled(after))
        assert set(before.acute) <= set(after.acute)


@quick
@given(strategies.needs, strategies.needs)
def test_a_further_need_never_lowers_the_level_nor_takes_an_acute_place_away(needs, more):
    before, after = least_restrictive(needs, CARE), least_restrictive(needs | more, CARE)
    assert height(before.level) <= height(after.level)
    assert set(before.acute) <= set(after.acute)


# ---- 4 explained -------------------------------------------------------------------------------


@quick
@given(people, criteria)
def test_every_level_and_acute_place_is_judged(findings, criteria):
    found = recommend(findings, criteria)
    assert [each.code for each in found.levels] == [*SPINE, *CARE.acute_places]
    verdicts = {each.code: each for each in found.levels}
    bottom, top = height(found.lowest.level), height(found.highest.level)
    for at, code in enumerate(SPINE):
        wanted = "falls_short" if at < top else "meets" if at == top else "more_than_needed"
        assert verdicts[code].verdict == wanted
        assert verdicts[code].settled == (at < bottom or at > top or bottom == top)
    for code in CARE.acute_places:
        needed = code in found.highest.acute
        assert verdicts[code].verdict == ("meets" if needed else "another_need")


@quick
@given(people, criteria)
def test_every_level_below_falls_short_on_a_need_that_it_truly_leaves_out(findings, criteria):
    found = recommend(findings, criteria)
    possible = {*found.need_codes, *found.possible_needs}
    for each in found.levels:
        if each.verdict != "falls_short":
            assert not each.unmet
            continue
        assert each.unmet
        assert set(each.unmet) <= (set(found.need_codes) if each.settled else possible)
        everything = provision.provided(each.code, provision.available(each.code))
        assert not set(each.unmet) & everything


@quick
@given(people, criteria)
def test_every_need_says_why_in_both_ways_and_what_it_rests_on(findings, criteria):
    for need in recommend(findings, criteria).needs:
        assert need.because
        assert need.plain
        assert need.sources
        assert need.areas
        assert need.evidence
        for evidence in need.evidence:
            assert CATALOGUE[evidence.finding].label in evidence.says


# ---- 5 safe when unsure ------------------------------------------------------------------------


def all_safety(findings, choose):
    """The same person with every open safety question answered."""
    opened = [code for code in SAFETY if is_open(findings, code)]
    return {**findings, **{code: Finding(code, choose(CATALOGUE[code])) for code in opened}}


@quick
@given(people, criteria)
def test_the_range_is_every_open_safety_answer_at_its_best_and_at_its_worst(findings, criteria):
    found = recommend(findings, criteria)
    low = recommend(all_safety(findings, strategies.best), criteria)
    high = recommend(all_safety(findings, strategies.worst), criteria)
    assert (found.lowest.acute, found.lowest.level) == (low.acute, settled(low))
    assert (found.highest.acute, found.highest.level) == (high.acute, settled(high))
    ends_differ = (low.acute, settled(low)) != (high.acute, settled(high))
    emergencies_differ = bool(low.emergency) != bool(high.emergency)
    assert (settled(found) is None) == (ends_differ or emergencies_differ)


def test_an_emergency_that_is_still_open_keeps_the_level_back_although_both_ends_are_the_same():
    in_iop = {"alcohol_use_disorder": "moderate", "weekly_care_not_enough": True}
    unasked = person(age=42, suicidal_thoughts_right_now=None, **in_iop)
    found = recommend({**strategies.CALM, **unasked}, "general-adult-admission")
    assert (found.lowest.level, found.lowest.acute) == ("iop", ())
    assert (found.highest.level, found.highest.acute) == ("iop", ())
    assert found.level is None
    assert found.would_change[0].finding == "suicidal_thoughts_right_now"


@quick
@given(people, criteria, strategies.chances)
def test_however_open_safety_questions_are_answered_it_stays_inside_the_range(
    findings, criteria, chance
):
    found = recommend(findings, criteria)
    known = all_safety(findings, lambda one: chance.choice(strategies.known_answers(one)))
    then = recommend(known, criteria)
    assert settled(then) is not None
    assert height(found.lowest.level) <= height(settled(then)) <= height(found.highest.level)
    assert set(found.lowest.acute) <= set(then.acute) <= set(found.highest.acute)


@quick
@given(people, criteria)
def test_no_level_always_comes_with_a_safety_question_that_would_decide_it(findings, criteria):
    found = recommend(findings, criteria)
    for each in found.would_change:
        assert is_open(findings, each.finding)
        assert each.safety == CATALOGUE[each.finding].safety_critical
        assert not CATALOGUE[each.finding].measured
    if settled(found) is None:
        assert any(each.safety for each in found.would_change)
        assert found.provisional


@quick
@given(people, criteria, strategies.chances)
def test_what_is_not_named_would_change_nothing_in_any_combination(findings, criteria, chance):
    found = recommend(findings, criteria)
    named = {each.finding for each in found.would_change}
    for one in CATALOGUE.values():
        named |= {one.code, *one.parts} if one.parts else set()  # they settle each other
    silent = {
        code: Finding(code, chance.choice(strategies.known_answers(one)))
        for code, one in CATALOGUE.items()
        if is_open(findings, code) and code not in named and not one.measured
    }
    then = recommend({**findings, **silent}, criteria)
    assert placed(then) == placed(found)
    assert then.packages == found.packages


@quick
@given(people, criteria, st.sampled_from([code for code in SAFETY if code != "age"]))
def test_a_refused_safety_question_counts_as_a_raised_concern(findings, criteria, code):
    definition = CATALOGUE[code]
    refused = recommend(answered(findings, code, Open.REFUSED), criteria)
    raised = recommend(answered(findings, code, strategies.worst(definition)), criteria)
    assert refused.need_codes == raised.need_codes
    assert bool(refused.emergency) == bool(raised.emergency)
    assert refused.highest == raised.highest


@quick
@given(people, criteria, st.sampled_from(PROTECTIONS), st.sampled_from(list(Open)))
def test_only_a_known_fact_protects(findings, criteria, code, answer):
    unsure = recommend(answered(findings, code, answer), criteria)
    absent = recommend(answered(findings, code, False), criteria)
    assert unsure.need_codes == absent.need_codes
    assert unsure.highest == absent.highest


# ---- 6 the floor -------------------------------------------------------------------------------

asked_for = st.builds(
    lambda level, facets, acute: Asked(
        tuple(code for code in CARE.acute_places if code in acute),
        Package(level, tuple(code for code in CARE.facets if code in facets)),
        (level,),
    ),
    st.sampled_from(SPINE),
    st.one_of(st.just(set()), st.sets(st.sampled_from(list(CARE.facets)))),
    st.sets(st.sampled_from(list(CARE.acute_places))),
)


@settings(max_examples=300)
@given(people, criteria, asked_for)
def test_nothing_that_leaves_out_the_floor_is_called_reasonable(findings, criteria, asked):
    found = recommend(findings, criteria)
    comparison = compare(found, asked)
    level = asked.package.level
    facets = provision.available(level)
    left = provision.left_out(found.need_codes, level, facets, asked.acute)
    assert left <= {need.code for need in comparison.gives_up}
    # What can be added is not held against a level, but it has to be named.
    together = {*asked.package.facets, *comparison.comes_with} & set(facets)
    assert provision.left_out(found.need_codes, level, together, asked.acute) == left
    assert left & provision.FLOOR <= set(comparison.floor)
    if left:
        assert comparison.verdict == "gives_up"
    possible = provision.left_out(found.possible_needs, level, facets, asked.acute)
    if possible:
        assert comparison.verdict not in (REASONABLE, MORE_THAN_NEEDED)
        assert possible - left <= set(comparison.may_give_up)


@quick
@given(people, criteria, st.sampled_from(SPINE))
def test_nothing_outside_a_hospital_is_called_reasonable_in_an_emergency(findings, criteria, level):
    found = recommend(answered(findings, "medical_emergency_signs_now", True), criteria)
    comparison = compare(found, Asked((), Package(level), (level,)))
    assert comparison.verdict == "gives_up"
    assert "emergency_response" in comparison.floor


@quick
@given(people, criteria, strategies.chances)
def test_what_cannot_be_had_changes_nothing_of_what_is_indicated(findings, criteria, chance):
    indicated = recommend(findings, criteria)
    added = [facet for package in indicated.packages for facet in package.facets]
    without = set(chance.sample(added, min(len(added), 2))) | {chance.choice(list(CARE.facets))}
    found = recommend(findings, criteria, without=without)
    assert placed(found) == placed(indicated)
    assert found.needs == indicated.needs
    assert found.packages == indicated.packages
    if settled(found) is None:
        assert found.supply is None
        return
    for package in found.supply.packages:
        assert not set(package.facets) & without
        left = provision.left_out(found.need_codes, package.level, package.facets, found.acute)
        assert left == set(found.supply.gaps)
    there = provision.available(settled(found), without)
    answerable = provision.provided(settled(found), there, found.acute)
    assert not set(found.supply.gaps) & answerable, "a gap that something else here would fill"


@quick
@given(strategies.needs, st.sets(st.sampled_from(list(CARE.facets))))
def test_something_else_stands_in_for_what_cannot_be_had_wherever_there_is_something(
    needs, without
):
    placement = least_restrictive(needs, CARE)
    level, acute = placement.level, placement.acute
    there = provision.available(level, without)
    unavoidable = provision.left_out(needs, level, there, acute)
    for package in packages_at(level, needs, acute, CARE, without=without):
        assert not set(package.facets) & without
        assert provision.left_out(needs, level, package.facets, acute) == unavoidable


# ---- 7 order, and the same bytes ---------------------------------------------------------------


@quick
@given(people, criteria, strategies.chances)
def test_the_order_of_answers_changes_no_byte(findings, criteria, chance):
    codes = list(findings)
    chance.shuffle(codes)
    first = as_data(recommend(findings, criteria), Case(findings, ()))
    shuffled = {code: findings[code] for code in codes}
    again = as_data(recommend(shuffled, criteria), Case(shuffled, ()))
    assert json.dumps(first) == json.dumps(again)


@quick
@given(people, criteria)
def test_a_question_not_asked_is_the_same_as_one_left_out(findings, criteria):
    whole = {code: Finding(code, Open.NOT_ASKED) for code in CATALOGUE} | findings
    asked = {c: one for c, one in findings.items() if one.answer is not Open.NOT_ASKED}
    texts = {
        json.dumps(as_data(recommend(each, criteria), Case(each, ()))) for each in (whole, asked)
    }
    assert len(texts) == 1


@quick
@given(people, criteria)
def test_a_stored_recommendation_can_be_replayed(findings, criteria):
    stored = recommend(findings, criteria)
    assert stored.criteria == (criteria, criteria_set(criteria).version)
    assert recommend(stored.findings, criteria) == stored


# ---- 8 outside the population ------------------------------------------------------------------


@quick
@given(people, criteria, st.integers(0, 17))
def test_a_young_person_gets_safety_help_and_a_referral_and_no_level(findings, criteria, age):
    grown_up = recommend(answered(findings, "age", 30), criteria)
    found = recommend(answered(findings, "age", age), criteria)
    assert found.level is None
    assert found.lowest is None
    assert found.highest is None
    assert found.packages == ()
    assert found.pathway == ()
    assert found.levels == ()
    assert found.supply is None
    assert found.outside
    assert found.emergency == grown_up.emergency


@quick
@given(people, criteria, st.integers(0, 17), asked_for)
def test_nothing_is_called_reasonable_for_a_young_person(findings, criteria, age, asked):
    found = recommend(answered(findings, "age", age), criteria)
    assert compare(found, asked).verdict not in (REASONABLE, MORE_THAN_NEEDED)


# ---- 9 not enough known, 10 true reasons --------------------------------------------------------

ADMISSIONS = ("general-adult-admission", "adult-mental-health-admission", "adolescent-admission")
SIGNS = {
    "suicidal_thoughts": "active",
    "suicide_plan_or_intent": True,
    "thoughts_of_harming_others": True,
    "plan_to_harm_others": True,
    "alcohol_heavy_most_days": True,
    "drinks_to_stop_shaking": True,
    "sedatives_daily": True,
    "ghb_or_phenibut_daily": True,
    "withdrawal_danger_signs_now": True,
    "continuous_binge": True,
    "psychosis_acute": True,
    "mania_acute": True,
    "psychosis_or_mania_acute": True,
    "home_violence": True,
    "uses_daily": True,
    "use_increasing": True,
    "loss_of_control": True,
    "overdose_last_90_days": True,
    "injects": True,
    "use_of_heroin_or_fentanyl": "daily",
    "mental_symptoms_worsening": True,
    "daily_life_difficulty": "marked",
}


def least(found):
    """The lowest place that the answer leaves open."""
    return found.lowest.level


def of_an_age_inside(findings, criteria):
    return answered(findings, "age", 15 if criteria.startswith("adolescent") else 42)


@settings(max_examples=300)
@given(people, st.sampled_from(ADMISSIONS), st.sampled_from(list(SIGNS)))
def test_no_sign_of_danger_ends_below_an_assessment_with_a_professional(findings, criteria, code):
    inside = of_an_age_inside(findings, criteria)
    found = recommend(answered(inside, code, SIGNS[code]), criteria)
    assert height(least(found)) >= height("counseling") or found.lowest.acute


@quick
@given(people, st.sampled_from(ADMISSIONS))
def test_pregnancy_with_opioids_never_ends_below_weekly_care(findings, criteria):
    inside = of_an_age_inside(findings, criteria)
    both = {**inside, **person(pregnant=True, opioid_use_disorder="mild")}
    assert height(least(recommend(both, criteria))) >= height("counseling")


def test_less_than_an_assessment_needs_the_facts_that_would_forbid_it():
    safe = {**strategies.CALM_SAFETY, **person(age=40)}
    found = recommend(safe, "general-adult-admission")
    assert found.level is None
    assert found.at_least.level == "counseling"
    assert found.at_least.because
    assert found.at_least.plain
    asked = {**safe, **person(uses_daily=False, daily_life_difficulty="none")}
    assert recommend(asked, "general-adult-admission").level == "on_my_own"


@quick
@given(people, criteria)
def test_at_least_comes_with_reasons_and_never_with_a_level(findings, criteria):
    found = recommend(findings, criteria)
    if found.at_least:
        assert found.level is None
        assert found.at_least.level == found.lowest.level == found.highest.level
        assert found.at_least.because
        assert found.pathway == ()


@quick
@given(people, criteria)
def test_every_printed_reason_rests_on_facts_that_are_in_the_file(findings, criteria):
    found = recommend(findings, criteria)
    for need in found.needs:
        assert not any("{" in because for because in need.because)
        for evidence in need.evidence:
            one = CATALOGUE[evidence.finding]
            answer = found.findings.get(one.code, Finding(one.code, Open.NOT_ASKED)).answer
            number = one.type == "number" and not isinstance(answer, bool)
            worrying = number or one.kind is Kind.PROTECTION or answer not in (one.best, False)
            assert worrying or any(is_said(found.findings, part) for part in one.parts)


def is_said(findings, code):
    return code in findings and findings[code].answer is True


# Words that a reason may only say where every way of its rule rests on one of these findings.
NAMED = {
    "seizure": {"withdrawal_seizure_or_delirium_ever", "seizure_other_or_unclear"},
    "pregnan": {"pregnant"},
    "overdose in the last": {"overdose_last_90_days"},
    "voices": {"command_voices"},
    "from a sober house": {"tried_sober_living", "returned_to_use_in_recovery_residence"},
    "mounting": {"consequences_mounting"},
    "eating disorder": {"eating_disorder"},
    "firearm": {"firearm_access"},
    "ghb": {"ghb_or_phenibut_daily", "use_of_ghb_or_phenibut"},
}


@pytest.mark.parametrize("id", criteria_ids())
def test_no_reason_names_what_only_some_of_its_clauses_are_about(id):
    criteria = criteria_set(id)
    for rule in (*criteria.rules, *criteria.flags):
        for word, codes in NAMED.items():
            if word not in f"{rule.because} {rule.plain}".lower():
                continue
            for mask, reach in rule.ways:
                read = set(criteria.vocabulary.findings(reach))
                assert read & codes, f"{id}: {rule.id} says {word}, {bin(mask)} does not"


# ---- what never sets a level -------------------------------------------------------------------

READINESS = [code for code, one in CATALOGUE.items() if one.area is Area.READINESS]
CONSTRAINTS = [code for code, one in CATALOGUE.items() if one.kind is Kind.CONSTRAINT]
SCORES = [
    code
    for code in CATALOGUE
    if (code.endswith("_score") and code not in ("ciwa_ar_score", "cows_score"))
    or code.startswith("bam_")
]


def never_moves(findings, criteria, code, chance):
    answers = (*strategies.known_answers(CATALOGUE[code]), *Open)
    first, second = (answered(findings, code, chance.choice(answers)) for _ in range(2))
    before, after = recommend(first, criteria), recommend(second, criteria)
    places = [
        [(end.level, end.acute) for end in ends(each)] + [(each.level, each.acute)]
        for each in (before, after)
    ]
    assert places[0] == places[1]
    return before, after


@quick
@given(criteria, st.sampled_from(READINESS), strategies.chances)
def test_readiness_alone_never_moves_anyone(criteria, code, chance):
    never_moves({**strategies.CALM, **person(age=42)}, criteria, code, chance)


@quick
@given(people, criteria, st.sampled_from(SCORES), strategies.chances)
def test_a_screening_score_never_moves_anyone(findings, criteria, code, chance):
    never_moves(findings, criteria, code, chance)


@quick
@given(people, criteria, st.sampled_from(CONSTRAINTS), strategies.chances)
def test_a_constraint_changes_neither_needs_nor_level(findings, criteria, code, chance):
    before, after = never_moves(findings, criteria, code, chance)
    assert before.needs == after.needs
    assert before.packages == after.packages


def test_a_recommendation_keeps_the_facts_that_it_was_made_from():
    findings = {"age": Finding("age", 42)}
    found = recommend(findings, "general-adult-admission")
    findings["age"] = Finding("age", 15)
    assert found.findings["age"].answer == 42
    assert recommend(found.findings, "general-adult-admission") == found
