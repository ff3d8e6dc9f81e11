"""Every rule of the inquiries' tables, broken once with raw SQL as the role the site uses."""

from uuid import uuid4

import psycopg
import pytest

from tests.database import any_row

pytestmark = pytest.mark.django_db(transaction=True)

NOW, DAY = "2026-11-23T23:00:00+00:00", "2026-11-24"
ENDED = {"closed_at": NOW, "closed_by": "x", "closed_why": "x"}
INQUIRY, TRACE = "inquiries_inquiry", "inquiries_inquirytrace"
EVENT, CONFIDED = "inquiries_inquiryevent", "inquiries_confided"
WRONG = [
    ("inquiry_says_who_asks", INQUIRY, {"caller_name": ""}),
    ("inquiry_says_who_asks", INQUIRY, {"caller_is": "neighbor"}),
    ("inquiry_known_words", INQUIRY, {"source": "pigeon"}),
    ("inquiry_known_words", INQUIRY, {"safe_to_leave_message": "perhaps"}),
    ("inquiry_open_has_next_step", INQUIRY, {"next_step": ""}),
    ("inquiry_open_has_next_step", INQUIRY, {"next_step_date": None}),
    ("inquiry_ended_with_reason", INQUIRY, {"stage": "lost"}),
    ("inquiry_ended_with_reason", INQUIRY, {"stage": "closed"}),
    ("inquiry_ended_with_reason", INQUIRY, {"stage": "closed", **ENDED, "closed_by": ""}),
    ("inquiry_ended_with_reason", INQUIRY, {"stage": "closed", **ENDED, "closed_why": ""}),
    ("inquiry_ended_with_reason", INQUIRY, ENDED),
    ("inquiry_admitted_has_chart", INQUIRY, {"stage": "admitted", **ENDED}),
    ("inquiry_mandated_by_someone", INQUIRY, {"mandated_by": "", "mandated_by_date": DAY}),
    ("inquiry_mandated_by_someone", INQUIRY, {"mandated_by": "", "mandated_level": "iop"}),
    ("inquiry_trace_once", TRACE, {}),
    ("inquiry_trace_is_known", TRACE, {"kind": "shoe"}),
    ("inquiry_trace_is_known", TRACE, {"value": ""}),
    ("inquiry_attempt_says_how", EVENT, {"kind": "attempt"}),
    ("inquiry_attempt_says_how", EVENT, {"kind": "taken", "how": "call", "result": "reached"}),
    ("inquiry_event_known_stage", EVENT, {"stage": "lost"}),
    ("inquiry_event_names_other", EVENT, {"kind": "merged_here"}),
    ("confided_says_what", CONFIDED, {"words": ""}),
    ("confided_says_what", CONFIDED, {"told_by": ""}),
    ("confided_says_what", CONFIDED, {"kept_from": "world"}),
]
TABLES = (INQUIRY, TRACE, EVENT, CONFIDED)


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


def _refused(as_app, made, statement, values):
    with as_app.transaction(force_rollback=True):
        _within(as_app, made["organization"])
        with pytest.raises(psycopg.errors.CheckViolation) as refused:
            as_app.execute(statement, values)
    return refused.value.diag.constraint_name


@pytest.mark.parametrize(("rule", "table", "values"), WRONG)
def test_the_database_refuses_a_row_that_cannot_be(made, as_app, rule, table, values):
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        _insert(as_app, table, made, values)
    assert refused.value.diag.constraint_name == rule


def test_an_owner_cannot_be_taken_away(made, as_app):
    with as_app.transaction(force_rollback=True):
        _within(as_app, made["organization"])
        with pytest.raises(psycopg.errors.NotNullViolation):
            as_app.execute(f"update {INQUIRY} set owner_id = null")


def test_merged_is_closed_and_never_into_itself(made, as_app):
    key = made[INQUIRY]
    itself = f"update {INQUIRY} set merged_into_id = id, stage = 'closed', closed_at = now(),"
    itself += " closed_by = 'x', closed_why = 'x' where id = %s"
    assert _refused(as_app, made, itself, [key]) == "inquiry_merged_is_closed"
    still_open = f"update {INQUIRY} set merged_into_id = %s where id = %s"
    assert _refused(as_app, made, still_open, [uuid4(), key]) == "inquiry_merged_is_closed"


@pytest.mark.parametrize("table", [INQUIRY, EVENT, CONFIDED])
def test_what_was_written_is_not_removed(made, as_app, table):
    with as_app.transaction(force_rollback=True):
        _within(as_app, made["organization"])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_app.execute(f"delete from {table}")


def test_every_rule_of_the_tables_is_broken_above(as_owner):
    found = as_owner.execute(
        "select conname from pg_constraint where contype = 'c' and conrelid::regclass::text"
        " = any(%s)",
        [list(TABLES)],
    ).fetchall()
    tried = {rule for rule, _, _ in WRONG} | {"inquiry_merged_is_closed"}
    assert {name for (name,) in found} - tried == set()
