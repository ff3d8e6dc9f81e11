"""Every rule of the clients' tables, broken once with raw SQL as the role the site uses."""

from uuid import uuid4

import psycopg
import pytest

from tests.database import any_row

pytestmark = pytest.mark.django_db(transaction=True)

NOW, DAY, LATER = "2026-11-23T23:00:00+00:00", "2026-11-23", "2026-11-24"
SIGNED = {
    "signed_at": NOW,
    "signed_date": DAY,
    "signed_name": "x",
    "signed_how": "typed",
    "signed_where": "here",
    "witnessed_by": "x",
}
NOTE = {"signed_at": NOW, "signed_name": "Somebody"}
WRONG = [
    ("client_has_names", "clients_client", {"given_name": ""}),
    ("client_has_names", "clients_client", {"family_name": ""}),
    ("contact_has_a_name", "clients_contact", {"name": ""}),
    ("contact_may_know", "clients_contact", {"may_know": ["everything"]}),
    ("contact_called_may_know", "clients_contact", {"call_if_missed": True}),
    (
        "contact_called_may_know",
        "clients_contact",
        {"call_if_missed": True, "may_know": ["attendance"], "phone": ""},
    ),
    ("contact_ended_by_someone", "clients_contact", {"ended_at": NOW}),
    ("episode_closed_with_outcome", "clients_episode", {"closed_date": LATER, "closed_by": "x"}),
    ("episode_closed_with_outcome", "clients_episode", {"outcome": "completed"}),
    (
        "episode_closed_with_outcome",
        "clients_episode",
        {"opened_date": LATER, "closed_date": DAY, "closed_by": "x", "outcome": "completed"},
    ),
    ("one_open_episode_each", "clients_episode", {}),
    ("one_level_at_a_time", "clients_levelstay", {}),
    ("level_stay_ends_later", "clients_levelstay", {"from_date": LATER, "until_date": DAY}),
    ("listed_says_what", "clients_listed", {"name": ""}),
    ("listed_says_what", "clients_listed", {"kind": "wish"}),
    ("listed_voided_with_reason", "clients_listed", {"voided_at": NOW, "voided_by": "x"}),
    ("listed_severity_of_a_diagnosis", "clients_listed", {"severity": "mild"}),
    (
        "listed_severity_of_a_diagnosis",
        "clients_listed",
        {"kind": "diagnosis", "severity": "awful"},
    ),
    ("chart_draft_of_a_document", "clients_chartdraft", {"document": "letter"}),
    ("chart_draft_of_a_document", "clients_chartdraft", {"field": ""}),
    ("chart_draft_once", "clients_chartdraft", {}),
    ("safety_plan_version_once", "safety_safetyplan", {}),
    ("safety_plan_numbered", "safety_safetyplan", {"number": 0}),
    ("clients_chartdraft_version_check", "clients_chartdraft", {"version": -1, "field": "y"}),
    ("safety_plan_is_hashed", "safety_safetyplan", {"number": 2, "content": ""}),
    ("safety_plan_is_hashed", "safety_safetyplan", {"number": 2, "content_hash": "x"}),
    ("safety_plan_agreed_and_signed", "safety_safetyplan", {"number": 2, "agreed_name": ""}),
    ("safety_plan_agreed_and_signed", "safety_safetyplan", {"number": 2, "signed_name": ""}),
    ("safety_look_says_what", "safety_safetyplanlook", {"words": ""}),
    ("safety_declined_says_why", "safety_safetyplandeclined", {"reason": ""}),
    ("safety_declined_says_why", "safety_safetyplandeclined", {"instead": ""}),
    ("baseline_says_what", "clients_baselineentry", {"kind": "mood"}),
    ("baseline_says_what", "clients_baselineentry", {"state": ""}),
    ("professional_named", "clients_outsideprofessional", {"name": ""}),
    ("professional_named", "clients_outsideprofessional", {"kind": "friend"}),
    ("professional_ended_by_someone", "clients_outsideprofessional", {"ended_at": NOW}),
    ("handover_token_is_hashed", "safety_planhandover", {"token_hash": "x"}),
    ("flag_says_why", "safety_flag", {"why": ""}),
    ("flag_says_why", "safety_flag", {"kind": "mood"}),
    ("no_contact_is_with_one", "safety_flag", {"kind": "no_contact"}),
    ("flag_closed_with_formulation", "safety_flag", {"closed_at": NOW, "closed_by": "x"}),
    ("flag_closed_with_formulation", "safety_flag", {"formulation": "x"}),
    ("name_word_once", "clients_nameword", {}),
    ("consent_says_whose", "consents_consent", {"kind": "everything"}),
    ("consent_says_whose", "consents_consent", {"client_name": ""}),
    ("consent_says_whose", "consents_consent", {"text": ""}),
    ("consent_says_what", "consents_consent", {"contents": []}),
    ("consent_says_what", "consents_consent", {"contents": ["gossip"]}),
    ("consent_says_what_for", "consents_consent", {"purposes": []}),
    (
        "counseling_notes_by_their_own_consent",
        "consents_consent",
        {"contents": ["in_care", "counseling_notes"]},
    ),
    (
        "counseling_notes_by_their_own_consent",
        "consents_consent",
        {"kind": "counseling_notes", "contents": ["in_care"]},
    ),
    (
        "legal_proceeding_by_its_own_consent",
        "consents_consent",
        {"purposes": ["treatment", "legal_proceeding"]},
    ),
    (
        "legal_proceeding_by_its_own_consent",
        "consents_consent",
        {"kind": "legal_proceeding", "purposes": ["legal_proceeding", "payment"]},
    ),
    ("consent_may_be_taken_back", "consents_consent", {"not_before": DAY}),
    ("family_asked_alone", "consents_consent", {"kind": "family", "asked_alone": False}),
    ("consent_says_until_when", "consents_consent", {"expires_when": ""}),
    ("consent_signed_before_someone", "consents_consent", {"signed_name": "x"}),
    ("consent_signed_before_someone", "consents_consent", {**SIGNED, "witnessed_by": ""}),
    ("consent_signed_before_someone", "consents_consent", {**SIGNED, "signed_how": "nodded"}),
    ("consent_ended_by_someone", "consents_consent", {"ended_at": NOW}),
    ("consent_ended_by_someone", "consents_consent", {"ended": "revoked"}),
    ("consent_ends_after_signing", "consents_consent", {**SIGNED, "expires_date": "2026-11-22"}),
    ("consent_recipient_kind", "consents_consentrecipient", {"kind": "anyone"}),
    ("consent_contact_on_file", "consents_consentrecipient", {"kind": "contact"}),
    ("notice_says_something", "consents_noticetext", {"version": "2", "text": ""}),
    ("notice_acknowledged_or_not", "consents_noticegiven", {"signed_name": ""}),
    ("notice_acknowledged_or_not", "consents_noticegiven", {"not_signed_why": "x"}),
    ("restriction_says_what", "consents_restriction", {"asked": ""}),
    ("restriction_says_what", "consents_restriction", {"recipient_kind": "anyone"}),
    ("restriction_answered", "consents_restriction", {"answer": ""}),
    ("restriction_answered", "consents_restriction", {"answer": "declined", "paid_in_full": True}),
    ("restriction_answered", "consents_restriction", {"answer": "declined", "answer_why": ""}),
    ("restriction_ended_by_someone", "consents_restriction", {"ended_at": NOW}),
    ("disclosure_says_what", "consents_disclosure", {"recipient_name": ""}),
    ("disclosure_says_what", "consents_disclosure", {"contents": []}),
    ("disclosure_says_what", "consents_disclosure", {"purpose": "gossip"}),
    ("disclosure_is_covered", "consents_disclosure", {"recipient_kind": "payer"}),
    ("disclosure_is_covered", "consents_disclosure", {"exception": "subpoena"}),
    ("counseling_notes_by_consent", "consents_disclosure", {"contents": ["counseling_notes"]}),
    ("counseling_note_says_something", "counseling_counselingnote", NOTE | {"text": ""}),
    ("counseling_note_says_something", "counseling_counselingnote", NOTE | {"session": "tea"}),
    ("counseling_note_signed_by_name", "counseling_counselingnote", {"signed_name": "Somebody"}),
    ("counseling_note_signed_by_name", "counseling_counselingnote", NOTE | {"signed_name": ""}),
    # `made` holds a draft by the same author.
    ("counseling_note_one_draft", "counseling_counselingnote", {"signed_at": None}),
    ("disclosure_state", "consents_disclosure", {"state": "sent"}),
    ("disclosure_state", "consents_disclosure", {"state": "stopped"}),
    ("disclosure_state", "consents_disclosure", {"left_at": NOW}),
    ("disclosure_state", "consents_disclosure", {"state": "lost"}),
    ("payer_name_once", "coverage_payer", {}),
    ("payer_has_a_name", "coverage_payer", {"name": ""}),
    ("payer_has_a_name", "coverage_payer", {"name": "y", "kind": "bank"}),
    ("payer_ended_by_someone", "coverage_payer", {"name": "y", "ended_by": "x"}),
    ("payer_ended_by_someone", "coverage_payer", {"ended_at": NOW}),
    ("one_plan_of_a_rank_at_a_time", "coverage_coverage", {}),
    ("coverage_says_whose", "coverage_coverage", {"rank": "fourth"}),
    ("coverage_says_whose", "coverage_coverage", {"subscriber": "friend", "subscriber_name": "x"}),
    (
        "coverage_names_subscriber",
        "coverage_coverage",
        {"subscriber": "parent", "subscriber_name": ""},
    ),
    ("coverage_ends_later", "coverage_coverage", {"from_date": LATER, "until_date": DAY}),
    ("coverage_voided_with_reason", "coverage_coverage", {"voided_at": NOW, "voided_by": "x"}),
    ("coverage_voided_with_reason", "coverage_coverage", {"void_reason": "x"}),
    ("benefit_check_says_how", "coverage_benefitcheck", {"how": "guess"}),
    ("benefit_check_says_how", "coverage_benefitcheck", {"active": "perhaps"}),
    ("benefit_check_says_how", "coverage_benefitcheck", {"network": "near"}),
    ("benefit_check_amounts", "coverage_benefitcheck", {"deductible": -1}),
    ("benefit_check_amounts", "coverage_benefitcheck", {"deductible_met": -1}),
    ("benefit_check_amounts", "coverage_benefitcheck", {"maximum": -1}),
    ("benefit_check_amounts", "coverage_benefitcheck", {"maximum_met": -1}),
    ("benefit_check_one_maximum", "coverage_benefitcheck", {"no_maximum": True, "maximum": 1}),
    ("benefit_check_one_maximum", "coverage_benefitcheck", {"no_maximum": True, "maximum_met": 1}),
    ("benefit_level_answers", "coverage_benefitlevel", {"level": ""}),
    ("benefit_level_answers", "coverage_benefitlevel", {"level": "y", "covered": "perhaps"}),
    ("benefit_level_answers", "coverage_benefitlevel", {"level": "y", "authorization": "maybe"}),
    ("benefit_level_answers", "coverage_benefitlevel", {"level": "y", "copay_per": "hour"}),
    ("benefit_level_answers", "coverage_benefitlevel", {"level": "y", "deductible_applies": ""}),
    ("benefit_level_amounts", "coverage_benefitlevel", {"level": "y", "copay": -1}),
    ("benefit_level_amounts", "coverage_benefitlevel", {"level": "y", "allowed": -1}),
    ("benefit_level_amounts", "coverage_benefitlevel", {"level": "y", "coinsurance": -1}),
    ("benefit_level_amounts", "coverage_benefitlevel", {"level": "y", "coinsurance": 101}),
    ("declared_income_of_someone", "coverage_declaredincome", {"household": 0}),
    ("declared_income_of_someone", "coverage_declaredincome", {"yearly_income": -1}),
    ("coverage_declaredincome_household_check", "coverage_declaredincome", {"household": -1}),
    ("house_rate_once", "coverage_houserate", {}),
    ("house_rate_amount", "coverage_houserate", {"item": ""}),
    ("house_rate_amount", "coverage_houserate", {"item": "y", "amount": -1}),
    ("coverage_houserate_count_check", "coverage_houserate", {"item": "y", "count": -1}),
    ("house_rate_voided_with_reason", "coverage_houserate", {"voided_at": NOW}),
    ("house_rate_voided_with_reason", "coverage_houserate", {"item": "y", "void_reason": "x"}),
    ("sliding_scale_once", "coverage_slidingscale", {}),
    ("sliding_scale_bands", "coverage_slidingscale", {"from_date": LATER, "line_one": 0}),
    ("sliding_scale_bands", "coverage_slidingscale", {"from_date": LATER, "line_more": -1}),
    ("sliding_scale_bands", "coverage_slidingscale", {"from_date": LATER, "limits": []}),
    ("sliding_scale_bands", "coverage_slidingscale", {"from_date": LATER, "pays": [10, 20]}),
    ("sliding_scale_voided_with_reason", "coverage_slidingscale", {"voided_at": NOW}),
    ("npi_has_ten_digits", "coverage_houseonpaper", {"npi": "123"}),
    ("notice_version_once", "consents_noticetext", {}),
]
TABLES = (
    "clients_client",
    "clients_nameword",
    "clients_contact",
    "clients_episode",
    "clients_levelstay",
    "clients_listed",
    "safety_flag",
    "consents_consent",
    "consents_consentrecipient",
    "consents_noticetext",
    "consents_noticegiven",
    "consents_restriction",
    "consents_disclosure",
    "clients_chartdraft",
    "safety_safetyplan",
    "safety_safetyplanlook",
    "safety_safetyplandeclined",
    "clients_baselineentry",
    "clients_outsideprofessional",
    "coverage_payer",
    "coverage_coverage",
    "coverage_benefitcheck",
    "coverage_benefitlevel",
    "coverage_declaredincome",
    "coverage_houserate",
    "coverage_slidingscale",
    "counseling_counselingnote",
)


@pytest.fixture
def made(as_app):
    """One row of each table, in an organization of its own; keys by table."""
    organization, user, place = uuid4(), uuid4(), uuid4()
    made = {"organization": organization, "organizations_membership": place}
    with as_app.transaction():
        _within(as_app, organization)
        as_app.execute(
            "insert into organizations_organization values (%s, 'An organization', now())",
            [organization],
        )
        as_app.execute(
            "insert into organizations_user (id, email, name, password, is_active, created_at)"
            " values (%s, %s, 'Somebody', '', true, now())",
            [user, f"{user}@example.org"],
        )
        as_app.execute(
            "insert into organizations_membership (id, organization_id, user_id, roles,"
            " created_at, deactivated_by) values (%s, %s, %s, array['facilitator'], now(), '')",
            [place, organization, user],
        )
        for table in TABLES:
            any_row.insert(as_app, table, organization, made)
    return made


def _within(connection, organization):
    connection.execute("select set_config('app.organization', %s, true)", [str(organization)])


def _insert(connection, table, made, values):
    with connection.transaction():
        _within(connection, made["organization"])
        any_row.insert(connection, table, made["organization"], dict(made), **values)


@pytest.mark.parametrize(("rule", "table", "values"), WRONG)
def test_the_database_refuses_a_row_that_cannot_be(made, as_app, rule, table, values):
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        _insert(as_app, table, made, values)
    assert refused.value.diag.constraint_name == rule


def test_no_contact_is_with_someone_else(made, as_app):
    client = {"kind": "no_contact", "other_client_id": made["clients_client"]}
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        _insert(as_app, "safety_flag", made, client)
    assert refused.value.diag.constraint_name == "no_contact_with_another"


def test_every_rule_of_the_other_tables_is_broken_above(as_owner):
    rules = as_owner.execute(
        "select conname from pg_constraint"
        " where conrelid = any(%(tables)s::regclass[]) and contype = 'c'"
        " union select indexrelid::regclass::text from pg_index"
        " where indrelid = any(%(tables)s::regclass[]) and indisunique and indpred is not null",
        {"tables": [*{table for _, table, _ in WRONG}]},
    ).fetchall()
    # "Numbered from one" refuses what "not negative" would, and is asked first.
    tried = {rule for rule, _, _ in WRONG} | {
        "no_contact_with_another",
        "safety_safetyplan_number_check",
    }
    assert {name for (name,) in rules} - tried == set()
