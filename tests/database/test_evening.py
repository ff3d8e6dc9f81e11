"""Every constraint of the tables behind a session's board, broken once with raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from handrail.areas.notes.services import notes
from handrail.areas.outreach.models import Outreach
from handrail.areas.outreach.services.outreach import log_attempt
from tests.factories.evening import LATE, a_contact

TABLES = (
    "enrollment_attendance",
    "notes_draftfield",
    "notes_note",
    "notes_addendum",
    "outreach_outreach",
    "outreach_outreachattempt",
)
NOWHERE = "gen_random_uuid()"

CHANGES = (
    ("enrollment_attendance", "left_after_arriving", {"arrived": "90", '"left"': "90"}),
    ("enrollment_attendance", "attendance_known_status", {"status": "'slept'"}),
    ("enrollment_attendance", "excuse_for_an_absence", {"excuse": "'sick'", "absent": "false"}),
    ("enrollment_attendance", "credit_when_closed", {"status": "''", "counts": "true"}),
    ("enrollment_attendance", "enrollment_attendance_arrived_check", {"arrived": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_version_check", {"version": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_scheduled_check", {"scheduled": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_attended_check", {"attended": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_therapeutic_check", {"therapeutic": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_shortfall_check", {"shortfall": "-1"}),
    ("enrollment_attendance", "enrollment_attendance_session_id_", {"session_id": NOWHERE}),
    ("enrollment_attendance", "enrollment_attendance_client_id_", {"client_id": NOWHERE}),
    ("enrollment_attendance", "enrollment_attendance_episode_id_", {"episode_id": NOWHERE}),
    ("notes_draftfield", "notes_draftfield_version_check", {"version": "-1"}),
    ("notes_draftfield", "notes_draftfield_session_id_", {"session_id": NOWHERE}),
    ("notes_draftfield", "notes_draftfield_client_id_", {"client_id": NOWHERE}),
    ("notes_note", "note_co_signed_by_another", {"co_signed_by_id": "signed_by_id"}),
    ("notes_note", "note_co_signed_by_someone", {"state": "'co-signed'"}),
    ("notes_note", "note_locked_by_someone", {"locked_at": "now()"}),
    ("notes_note", "note_voided_with_reason", {"state": "'voided'"}),
    (
        "notes_note",
        "notes_note_co_signed_by_id_",
        {"co_signed_by_id": NOWHERE, "co_signed_at": "now()", "co_signed_name": "'x'"},
    ),
    (
        "outreach_outreach",
        "outreach_closed_with_outcome",
        {"outcome": "'reached'"},
    ),
    ("outreach_outreach", "outreach_outreach_client_id_", {"client_id": NOWHERE}),
    ("outreach_outreach", "outreach_outreach_session_id_", {"session_id": NOWHERE}),
    ("outreach_outreachattempt", "attempt_known", {"kind": "'owl'"}),
    (
        "outreach_outreachattempt",
        "outreach_outreachattempt_outreach_id_",
        {"outreach_id": NOWHERE},
    ),
    (
        "outreach_outreachattempt",
        "outreach_outreachattempt_contact_id_",
        {"contact_id": NOWHERE},
    ),
)

# Rows that cannot be changed, or that there may be one of: a copy with other values is refused.
VOID = {"state": "'voided'", "voided_at": "now()", "voided_by": "'x'", "void_reason": "'x'"}
COPIES = (
    ("enrollment_attendance", "attendance_once", {}),
    ("notes_draftfield", "draft_field_once", {}),
    ("notes_note", "one_valid_note_each", {}),
    ("notes_note", "note_known_state", {"state": "'torn'"}),
    ("notes_note", "notes_note_client_id_", VOID | {"client_id": NOWHERE}),
    ("notes_note", "notes_note_episode_id_", VOID | {"episode_id": NOWHERE}),
    ("notes_note", "notes_note_session_id_", VOID | {"session_id": NOWHERE}),
    ("notes_note", "notes_note_signed_by_id_", VOID | {"signed_by_id": NOWHERE}),
    ("notes_addendum", "addendum_has_text", {"text": "''"}),
    ("notes_addendum", "notes_addendum_note_id_", {"note_id": NOWHERE}),
    ("notes_addendum", "notes_addendum_signed_by_id_", {"signed_by_id": NOWHERE}),
    ("outreach_outreach", "outreach_once", {}),
)


@pytest.fixture
def rows(tonight):
    """A row in each of the tables: an evening with one absence, reached for once, and signed."""
    contact = a_contact(tonight.clients[0])
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.save(tonight.clients[0], "plan", "Call again tomorrow.")
    tonight.close()
    log_attempt(
        outreach_id=Outreach.objects.get().pk,
        kind="contact_person",
        result="no_answer",
        contact_id=contact.pk,
        by=tonight.mara,
        at=LATE,
    )
    tonight.sign(tonight.clients[0])
    note = tonight.note(tonight.clients[0])
    notes.add_addendum(note_id=note.pk, text="More.", by=tonight.dev, at=LATE)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def broken(statement: str) -> str:
    """The constraint that a statement breaks."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        execute(f"set constraints all immediate; {statement}")
    return refused.value.__cause__.diag.constraint_name


@pytest.mark.parametrize(("table", "constraint", "values"), CHANGES)
def test_a_change_that_cannot_be_is_refused(rows, table, constraint, values):
    changed = ", ".join(f"{column} = {value}" for column, value in values.items())
    assert broken(f"update {table} set {changed}").startswith(constraint)


@pytest.mark.parametrize(("table", "constraint", "values"), COPIES)
def test_a_row_that_cannot_be_is_refused(rows, table, constraint, values):
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    columns = [one.name for one in description if table != "notes_draftfield" or one.name != "id"]
    given = {"id": NOWHERE} | values
    picked = [given.get(one, f'"{one}"') for one in columns]
    names = ", ".join(f'"{one}"' for one in columns)
    statement = f"insert into {table} ({names}) select {', '.join(picked)} from {table} limit 1"
    assert broken(statement).startswith(constraint)


@pytest.mark.django_db
def test_no_constraint_of_these_tables_is_left_out():
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname from pg_constraint where conrelid = any(%s::regclass[])"
            " and contype in ('c', 'u', 'f', 'x') and conname not like '%%organization%%_fk_%%'"
            " and conname not like '%%_in_organization'",
            [list(TABLES)],
        )
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "select indexrelid::regclass::text from pg_index"
            " where indrelid = any(%s::regclass[]) and indisunique and not indisprimary",
            [list(TABLES)],
        )
        known |= {name for (name,) in cursor.fetchall() if not name.endswith("_in_organization")}
    # It cannot be broken alone: who left before minute 0 left before arriving.
    known.remove("enrollment_attendance_left_check")
    tried = [name for _, name, _ in (*CHANGES, *COPIES)]
    assert {one for one in known if not any(one.startswith(name) for name in tried)} == set()
