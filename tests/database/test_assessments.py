"""Rows of assessments that cannot be, and that the database refuses."""

from uuid import uuid4

import psycopg
import pytest

from tests.database import any_row
from tests.database.test_clients import NOW, _insert, made

__all__ = ("made",)

pytestmark = pytest.mark.django_db(transaction=True)

ASSESSMENT, FINDING = "assessment_assessment", "assessment_assessedfinding"
SIGNED = {
    "state": "signed",
    "content": "{}",
    "content_hash": "0" * 64,
    "signed_at": NOW,
    "signed_name": "Somebody",
}
WRONG = [
    ("one_assessment_written", ASSESSMENT, {}),
    ("assessment_known_state", ASSESSMENT, SIGNED | {"state": "lost"}),
    ("assessment_signed_by_someone", ASSESSMENT, {"content": "{}"}),
    ("assessment_signed_by_someone", ASSESSMENT, SIGNED | {"content_hash": "x"}),
    ("assessment_signed_by_someone", ASSESSMENT, SIGNED | {"signed_name": ""}),
    ("assessment_co_signed_by", ASSESSMENT, SIGNED | {"state": "co-signed"}),
    ("assessment_voided_with_reason", ASSESSMENT, SIGNED | {"state": "voided"}),
    ("assessment_addendum_has_text", "assessment_assessmentaddendum", {"text": ""}),
    ("finding_has_a_code", FINDING, {"code": ""}),
    ("finding_corrected_with_reason", FINDING, {"is_correction": True}),
    ("finding_corrected_with_reason", FINDING, {"reason": "x"}),
    ("outside_result_has_an_edition", "assessment_outsideresult", {"edition": ""}),
    ("outside_result_voided", "assessment_outsideresult", {"voided_at": NOW}),
]


@pytest.fixture
def assessed(made, as_app):
    """The rows of a client, with an assessment being written."""
    with as_app.transaction():
        as_app.execute(
            "select set_config('app.organization', %s, true)", [str(made["organization"])]
        )
        any_row.insert(as_app, ASSESSMENT, made["organization"], made)
    return made


@pytest.mark.parametrize(("rule", "table", "values"), WRONG)
def test_the_database_refuses_a_row_that_cannot_be(assessed, as_app, rule, table, values):
    place = assessed["organizations_membership"]
    if "signed_at" in values:
        values = values | {"signed_by_id": place, "id": uuid4()}
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        _insert(as_app, table, assessed, values)
    assert refused.value.diag.constraint_name == rule


def test_nobody_co_signs_their_own(assessed, as_app):
    place = assessed["organizations_membership"]
    own = SIGNED | {"state": "co-signed", "signed_by_id": place, "co_signed_by_id": place,
                    "co_signed_at": NOW, "co_signed_name": "Somebody"}  # fmt: skip
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        _insert(as_app, ASSESSMENT, assessed, own)
    assert refused.value.diag.constraint_name == "assessment_co_signed_by_other"


def test_every_rule_of_the_tables_is_broken_above(as_owner):
    names = [ASSESSMENT, FINDING, "assessment_assessmentaddendum", "assessment_outsideresult"]
    found = as_owner.execute(
        "select conname from pg_constraint where conrelid::regclass::text = any(%s)"
        " and contype = 'c' union select indexrelid::regclass::text from pg_index"
        " where indrelid::regclass::text = any(%s) and indisunique and indpred is not null",
        [names, names],
    ).fetchall()
    tried = {rule for rule, _, _ in WRONG} | {"assessment_co_signed_by_other"}
    assert {name for (name,) in found} - tried == set()
