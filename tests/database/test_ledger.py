"""Every rule of the ledger's tables, broken once with raw SQL as the role the site uses."""

from uuid import uuid4

import psycopg
import pytest

from handrail.areas.ledger.models import FLOOR
from handrail.data import care_catalogue
from tests.database import any_row

pytestmark = pytest.mark.django_db(transaction=True)

NOW, DAY, LATER = "2026-11-23T23:00:00+00:00", "2026-11-23", "2026-11-24"
WORD, SAID = "recommendations_confirmation", "ledger_position"
AGREED, UNMET, REFUSED = "ledger_agreement", "ledger_unmetneed", "ledger_informedrefusal"
OVERRIDE = {
    "overrides": True,
    "sequence": ["php"],
    "level": "php",
    "reason_code": "x",
    "reason": "y",
}
WRONG = [
    ("override_says_what_and_why", WORD, {"level": "iop"}),
    ("override_says_what_and_why", WORD, {"overrides": True}),
    ("override_says_what_and_why", WORD, {**OVERRIDE, "reason": ""}),
    ("override_says_what_and_why", WORD, {**OVERRIDE, "reason_code": ""}),
    ("override_says_what_and_why", WORD, {**OVERRIDE, "sequence": []}),
    ("confirmation_by_someone", WORD, {"confirmed_by": ""}),
    ("confirmation_co_signed_by_someone", WORD, {"co_signed_at": NOW, "co_signed_by": "x"}),
    ("confirmation_co_signed_by_someone", WORD, {"needs_co_signature": True, "co_signed_at": NOW}),
    ("confirmation_co_signed_by_another", WORD, "own"),
    ("position_asks_for_something", SAID, {"sequence": [], "number": 2}),
    ("position_asks_for_something", SAID, {"party": "neighbor", "number": 2}),
    ("position_withheld_of_family", SAID, {"withheld_from_client": True, "number": 2}),
    ("position_number_once", SAID, {}),
    ("agreement_places_somewhere", AGREED, {"sequence": []}),
    ("agreement_places_somewhere", AGREED, {"level": ""}),
    ("agreement_accepted", AGREED, {"accepted_by": ["payer"]}),
    ("agreement_accepted", AGREED, {"accepted_by": ["client", "neighbor"]}),
    ("agreement_looked_at_later", AGREED, {"review_date": DAY}),
    ("unmet_need_once", UNMET, {}),
    ("unmet_need_is_mitigated", UNMET, {"need": "place_to_live", "mitigation": ""}),
    *(("the_floor_is_not_agreed_away", UNMET, {"need": need}) for need in FLOOR),
    ("refusal_is_informed", REFUSED, {"needs": []}),
    ("refusal_is_informed", REFUSED, {"explained": ""}),
    ("refusal_is_informed", REFUSED, {"physician": ""}),
    ("refusal_is_informed", REFUSED, {"offered": ""}),
    ("refusal_called_later", REFUSED, {"call_again_date": DAY}),
]
TABLES = ("clients_client", "recommendations_recommendation", WORD, SAID, AGREED, UNMET, REFUSED)


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


def _run(connection, made, statement):
    with connection.transaction():
        _within(connection, made["organization"])
        connection.execute(statement)


def _insert(connection, table, made, **given):
    with connection.transaction():
        _within(connection, made["organization"])
        any_row.insert(connection, table, made["organization"], dict(made), **given)


@pytest.mark.parametrize(("rule", "table", "given"), WRONG)
def test_the_database_refuses(rule, table, given, made, as_app):
    if given == "own":
        place = made["organizations_membership"]
        given = {
            "needs_co_signature": True, "co_signed_at": NOW, "co_signed_by": "x",
            "confirmed_by_place_id": place, "co_signed_by_place_id": place,
        }  # fmt: skip
    with pytest.raises(psycopg.errors.IntegrityError, match=rule):
        _insert(as_app, table, made, **given)


def test_the_floor_of_the_database_is_the_floor_of_the_catalogue():
    assert set(FLOOR) == {code for code, need in care_catalogue().needs.items() if need.floor}


@pytest.mark.parametrize("table", [SAID, AGREED, UNMET, REFUSED])
@pytest.mark.parametrize(
    "statement", ["update {} set organization_id = organization_id", "delete from {}"]
)
def test_nothing_in_the_ledger_is_changed_or_removed(table, statement, made, as_app, as_owner):
    for connection in (as_app, as_owner):  # neither the site nor the owner of the tables
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _run(connection, made, statement.format(table))


@pytest.mark.parametrize(
    "change", ["confirmed_by = 'Somebody else'", "overrides = true", "confirmed_at = now()"]
)
def test_a_clinicians_word_stays_as_it_was_written(change, made, as_app):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _run(as_app, made, f"update {WORD} set {change}")


def test_it_is_co_signed_once(made, as_app):
    _insert(as_app, WORD, made, needs_co_signature=True)
    signed = (
        f"update {WORD} set co_signed_at = now(), co_signed_by = 'Ruth' where needs_co_signature"
    )
    _run(as_app, made, signed)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _run(as_app, made, signed)
