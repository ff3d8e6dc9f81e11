"""Tries to cross from one organization into another with raw SQL, as the role the site uses."""

from graphlib import TopologicalSorter
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from handrail.foundation import tenancy
from tests.database import any_row

pytestmark = pytest.mark.django_db(transaction=True)

ALDER, HARBOR = uuid4(), uuid4()
BY_HAND = ("organizations", "audit")
"""Slices whose rows the fixture makes itself."""


def _of_an_organization():
    """The tables of all models that belong to an organization, referred-to before referring."""
    models = [
        one
        for one in apps.get_models()
        if any(field.column == "organization_id" for field in one._meta.concrete_fields)
        and one._meta.db_table not in tenancy.OUTSIDE
    ]
    graph = {
        one: [
            field.related_model
            for field in one._meta.concrete_fields
            if field.is_relation and field.related_model in models and field.related_model != one
        ]
        for one in models
    }
    return [one._meta for one in TopologicalSorter(graph).static_order()]


GUARDED = {one.db_table for one in _of_an_organization()}
KEPT_HERE = tuple(one.db_table for one in _of_an_organization() if one.app_label not in BY_HAND)
"""Everything kept about clients and groups, what is referred to before what refers to it."""
AUDIT = ("audit_auditentry", "audit_auditsubject")


@pytest.fixture
def rows(as_owner):
    """A person, a place, a license, an invitation, rules and an audit entry in each of two."""
    made = {}
    for organization in (ALDER, HARBOR):
        user, place, license_ = uuid4(), uuid4(), uuid4()
        with as_owner.transaction():
            _set(as_owner, organization)
            for statement, values in (
                (
                    "insert into organizations_organization values (%s, 'An organization', now())",
                    [organization],
                ),
                (
                    "insert into organizations_user (id, email, name, password, is_active,"
                    " created_at) values (%s, %s, 'Somebody', '', true, now())",
                    [user, f"{user}@example.org"],
                ),
                (
                    "insert into organizations_membership (id, organization_id, user_id, roles,"
                    " created_at, deactivated_by)"
                    " values (%s, %s, %s, array['facilitator'], now(), '')",
                    [place, organization, user],
                ),
                (_LICENSE, [license_, organization, place]),
                (_INVITATION, [uuid4(), organization]),
                (
                    "insert into organizations_organizationsettings"
                    " values (%s, 'UTC', 'nobody', 15, '')",
                    [organization],
                ),
                (_ENTRY, [organization]),
                (_ABOUT, [organization, organization]),
            ):
                as_owner.execute(statement, values)
            others = {"organizations_membership": place}
            for table in KEPT_HERE:
                any_row.insert(as_owner, table, organization, others)
        made[organization] = {**others, "place": place, "license": license_, "user": user}
    return made


_LICENSE = (
    "insert into organizations_credential (id, organization_id, membership_id, title, short,"
    " number, issuer, recorded_at, recorded_by, voided_by, void_reason)"
    " values (%s, %s, %s, 'License', '', '', 'A board', now(), 'Somebody', '', '')"
)
_INVITATION = (
    "insert into organizations_invitation (id, organization_id, email, name, roles, created_at,"
    " invited_by, expires_at, canceled_by) values (%s, %s, 'new@example.org', 'New',"
    " array['biller'], now(), 'Somebody', now() + interval '7 days', '')"
)
_ENTRY = (
    "insert into audit_auditentry (operation_id, organization_id, recorded_at, actor_id,"
    " actor_name, action, subjects, detail)"
    " values (gen_random_uuid(), %s, now(), 'somebody', 'Somebody', 'people.see', '{}', '{}')"
)
_ABOUT = (
    "insert into audit_auditsubject (organization_id, subject, entry_id, recorded_at)"
    " select %s, 'client:1', max(id), now() from audit_auditentry where organization_id = %s"
)


def _set(connection_, organization):
    connection_.execute(
        "select set_config('app.organization', %s, true)", [str(organization or "")]
    )


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_only_the_own_organizations_rows_are_seen(table, rows, as_app):
    with as_app.transaction():
        _set(as_app, ALDER)
        seen = as_app.execute(f"select organization_id from {table}").fetchall()
    assert seen == [(ALDER,)]


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_without_an_organization_the_database_refuses_loudly(table, rows, as_app):
    with pytest.raises(psycopg.errors.UndefinedObject):
        as_app.execute(f"select 1 from {table}")
    # After a first use the setting stays as an empty text: that must be just as loud.
    with as_app.transaction():
        _set(as_app, ALDER)
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        as_app.execute(f"select 1 from {table}")


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_the_owner_of_the_tables_is_bound_too(table, rows, as_owner):
    with as_owner.transaction():
        _set(as_owner, HARBOR)
        seen = as_owner.execute(f"select organization_id from {table}").fetchall()
    assert seen == [(HARBOR,)]


NEVER_REMOVED = {
    *AUDIT,
    "assessment_assessedfinding",
    "assessment_assessment",
    "assessment_assessmentaddendum",
    "clients_baselineentry",
    "consents_consent",
    "consents_consentrecipient",
    "consents_disclosure",
    "consents_noticegiven",
    "consents_noticetext",
    "consents_restriction",
    "ledger_agreement",
    "ledger_informedrefusal",
    "ledger_position",
    "ledger_positionvoid",
    "ledger_unmetneed",
    "recommendations_confirmation",
    "recommendations_recommendation",
    "recommendations_ruletext",
    "safety_safetyplan",
    "safety_safetyplandeclined",
    "safety_safetyplanlook",
    "inquiries_confided",
    "screening_emergencystep",
    "inquiries_inquiry",
    "inquiries_inquiryevent",
    "referrals_referral",
    "referrals_referralstep",
    "screening_screening",
    "notes_addendum",
    "notes_note",
}
"""Tables whose rows the app may not remove at all, its own organization's included."""


@pytest.mark.parametrize("table", sorted(GUARDED - NEVER_REMOVED))
def test_anothers_rows_cannot_be_changed_or_removed(table, rows, as_app):
    with as_app.transaction():
        _set(as_app, ALDER)
        changed = as_app.execute(
            f"update {table} set organization_id = organization_id where organization_id = %s",
            [HARBOR],
        )
        removed = as_app.execute(f"delete from {table} where organization_id = %s", [HARBOR])
    assert (changed.rowcount, removed.rowcount) == (0, 0)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (_LICENSE, lambda rows: [uuid4(), HARBOR, rows[HARBOR]["place"]]),
        (_INVITATION, lambda rows: [uuid4(), HARBOR]),
        (_ENTRY, lambda rows: [HARBOR]),
        ("insert into organizations_organizationsettings values (%s, 'UTC', 'nobody', 15, '')",
         lambda rows: [HARBOR]),
    ],
    ids=["license", "invitation", "audit entry", "rules"],
)  # fmt: skip
def test_nothing_can_be_written_into_another_organization(statement, values, rows, as_app):
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_app.execute(statement, values(rows))


@pytest.mark.parametrize("table", KEPT_HERE)
def test_no_client_row_can_be_written_into_another_organization(table, rows, as_app):
    pointed_at = (*KEPT_HERE, "organizations_membership")
    others = {name: uuid4() for name in pointed_at}
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            any_row.insert(as_app, table, HARBOR, others)


OF_A_CLIENT = {
    one.db_table
    for one in _of_an_organization()
    if any(field.column == "client_id" and not field.null for field in one.concrete_fields)
}


@pytest.mark.parametrize("table", sorted(OF_A_CLIENT))
def test_nothing_of_a_client_can_point_at_another_organizations_client(table, rows, as_app):
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        others = {**rows[ALDER], "clients_client": rows[HARBOR]["clients_client"]}
        any_row.insert(as_app, table, ALDER, others)
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            as_app.execute("set constraints all immediate")


@pytest.mark.parametrize(
    "change",
    [
        "update notes_note set content = 'something else'",
        "update notes_note set signed_name = 'Someone else'",
        "update notes_note set signed_at = now()",
        "delete from notes_note",
        "update notes_addendum set text = 'something else'",
        "delete from notes_addendum",
        "update recommendations_recommendation set answer = 'something else'",
        "delete from recommendations_recommendation",
        "update coverage_benefitcheck set representative = 'Someone else'",
        "delete from coverage_benefitlevel",
        "update coverage_declaredincome set yearly_income = 1",
        "update consents_consent set text = 'something else'",
        "update consents_consent set contents = array['notes']",
        "delete from consents_consent",
        "update consents_consentrecipient set name = 'Somebody else'",
        "delete from consents_consentrecipient",
        "update consents_noticetext set text = 'something else'",
        "delete from consents_noticetext",
        "update consents_noticegiven set signed_name = 'Somebody else'",
        "delete from consents_noticegiven",
        "update consents_restriction set answer = 'declined', answer_why = 'x'",
        "delete from consents_restriction",
        "update consents_disclosure set recipient_name = 'Somebody else'",
        "delete from consents_disclosure",
    ],
)
def test_what_was_signed_stays_even_for_the_tables_owner(change, rows, as_app, as_owner):
    for role in (as_app, as_owner):
        with role.transaction(force_rollback=True):
            _set(role, ALDER)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(change)


_SIGN = (
    "update consents_consent set signed_at = now(), signed_date = now(), signed_name = 'Joy',"
    " signed_how = 'typed', signed_where = 'here', witnessed_by = 'Somebody'"
)
_SIGN_COUNSELING = (
    "update counseling_counselingnote set signed_at = now(), signed_name = 'Somebody'"
)
_END = (
    "update consents_consent set ended_at = now(), ended_date = now(), ended = 'revoked',"
    " ended_by = 'Somebody'"
)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (_SIGN, "update consents_consent set signed_name = 'Somebody else'"),
        (_SIGN, "update consents_consent set drawn = '[[[1, 1]]]'"),
        (_SIGN, "update consents_consent set witnessed_by = 'Somebody else'"),
        (_END, "update consents_consent set ended_why = 'something else'"),
        (_END, _SIGN),
        (_SIGN_COUNSELING, "update counseling_counselingnote set text = 'something else'"),
        (_SIGN_COUNSELING, "update counseling_counselingnote set signed_at = null"),
        (_SIGN_COUNSELING, "delete from counseling_counselingnote"),
        (
            _END,
            "update consents_consent set ended_at = null, ended_date = null, ended = '',"
            " ended_by = ''",
        ),
        (
            "update consents_disclosure set state = 'sent', left_at = now(), left_by = 'Somebody',"
            " how = 'fax'",
            "update consents_disclosure set scope = 'something else'",
        ),
        (
            "update consents_disclosure set state = 'stopped', stopped_at = now(),"
            " stopped_by = 'Somebody', stopped_why = 'x'",
            "update consents_disclosure set state = 'queued', stopped_at = null,"
            " stopped_by = '', stopped_why = ''",
        ),
    ],
)
def test_a_signed_consent_and_what_left_stay_even_for_the_tables_owner(
    first, then, rows, as_app, as_owner
):
    for role in (as_app, as_owner):
        with role.transaction(force_rollback=True):
            _set(role, ALDER)
            role.execute(first)
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays as it"):
                role.execute(then)


def test_nobody_is_added_to_a_signed_consent(rows, as_app):
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        as_app.execute(_SIGN)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="nobody is added"):
            any_row.insert(as_app, "consents_consentrecipient", ALDER, dict(rows[ALDER]))


def test_a_voided_note_stays_voided(rows, as_app):
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        as_app.execute(
            "update notes_note set state = 'voided', voided_at = now(),"
            " voided_by = 'Somebody', void_reason = 'Wrong person'"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="as it was signed"):
            as_app.execute(
                "update notes_note set state = 'signed', voided_at = null,"
                " voided_by = '', void_reason = ''"
            )


def test_a_room_has_one_session_at_a_time_at_the_end_of_a_change(rows, as_app):
    """Moving a row of sessions may pass through an overlap; it may not end in one."""
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        others = dict(rows[ALDER])
        any_row.insert(as_app, "schedule_program", ALDER, others, name="Another")
        any_row.insert(as_app, "schedule_track", ALDER, others, name="Another")
        any_row.insert(as_app, "schedule_session", ALDER, others)
        with pytest.raises(psycopg.errors.ExclusionViolation, match="room_one_session"):
            as_app.execute("set constraints all immediate")


def test_a_row_cannot_be_moved_into_another_organization(rows, as_app):
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_app.execute("update organizations_credential set organization_id = %s", [HARBOR])


@pytest.mark.parametrize(
    "attempt",
    [
        "update organizations_membership set roles = '{administrator}'",
        "update organizations_membership set deactivated_at = null, deactivated_by = ''",
        "delete from organizations_membership",
        "update organizations_organization set name = 'Elsewhere'",
        "delete from organizations_organization",
    ],
)
def test_places_of_work_elsewhere_are_seen_and_not_changed(rows, as_app, attempt):
    elsewhere = "organization_id" if "membership" in attempt else "id"
    table = "organizations_membership" if "membership" in attempt else "organizations_organization"
    where = f" where {elsewhere} = %s"
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        assert as_app.execute(f"select from {table}{where}", [HARBOR]).fetchall()
        assert as_app.execute(attempt + where, [HARBOR]).rowcount == 0
    with pytest.raises(psycopg.DatabaseError, match=r"app\.organization|uuid"):
        as_app.execute(attempt + where, [HARBOR])


def test_nobody_gives_themselves_a_place_in_another_organization(rows, as_app):
    smuggled = (
        "insert into organizations_membership (id, organization_id, user_id, roles, created_at,"
        " deactivated_by) select gen_random_uuid(), %s, user_id, roles, created_at, ''"
        " from organizations_membership where organization_id = %s limit 1"
    )
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_app.execute(smuggled, [HARBOR, ALDER])


def test_a_license_cannot_point_at_someone_of_another_organization(rows, as_app):
    """Foreign keys are checked behind row-level security's back: this one carries the key."""
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        as_app.execute(_LICENSE, [uuid4(), ALDER, rows[HARBOR]["place"]])
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            as_app.execute("set constraints all immediate")


def test_the_app_cannot_put_row_level_security_away(rows, as_app):
    for statement in (
        "alter table organizations_credential disable row level security",
        "drop policy organization on organizations_credential",
        "truncate organizations_credential",
        "set role handrail_owner",
    ):
        with (
            as_app.transaction(force_rollback=True),
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            as_app.execute(statement)


def test_every_table_with_an_organization_is_guarded_or_listed_as_outside(as_owner):
    found = as_owner.execute(
        "select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c"
        " join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'"
        " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
    ).fetchall()
    guarded = {name for name, forced in found if forced}
    open_ones = {name for name, forced in found if not forced}
    assert guarded == GUARDED
    assert open_ones | {"organizations_organization"} == set(tenancy.OUTSIDE)


def test_every_foreign_key_between_guarded_tables_carries_the_organization(as_owner):
    plain = as_owner.execute(
        "select conrelid::regclass::text, conname from pg_constraint"
        " where contype = 'f' and cardinality(conkey) = 1"
        " and confrelid::regclass::text in (select c.relname from pg_class c join pg_attribute a"
        "  on a.attrelid = c.oid and a.attname = 'organization_id' where c.relkind = 'r')"
    ).fetchall()
    to_the_organization_itself = {
        (table, name) for table, name in plain if "organization_id" in name
    }
    assert set(plain) == to_the_organization_itself


def test_work_inside_work_goes_back_to_its_own_organization(rows):
    def seen():
        with connection.cursor() as cursor:
            cursor.execute("select distinct organization_id from organizations_credential")
            return [row[0] for row in cursor.fetchall()]

    with tenancy.within(ALDER):
        assert seen() == [ALDER]
        with tenancy.within(HARBOR):
            assert seen() == [HARBOR]
        assert seen() == [ALDER]
        with pytest.raises(RuntimeError), tenancy.within(HARBOR):
            raise RuntimeError("something broke inside")
        assert seen() == [ALDER]
        assert tenancy.current_organization() == ALDER
    assert tenancy.current_organization() is None


# ---- the audit trail ---------------------------------------------------------------------------


@pytest.mark.parametrize("table", AUDIT)
@pytest.mark.parametrize(
    "statement",
    ["update {} set recorded_at = now()", "delete from {}", "truncate {} cascade"],
)
@pytest.mark.parametrize("role", ["app", "owner"])
def test_the_audit_trail_can_only_be_added_to(statement, table, role, rows, as_app, as_owner):
    one = as_app if role == "app" else as_owner
    before = _of_alder(table, as_app)
    with one.transaction(force_rollback=True):
        _set(one, ALDER)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one.execute(statement.format(table))
    assert len(before) == 1
    assert _of_alder(table, as_app) == before


def _of_alder(table, as_app):
    with as_app.transaction():
        _set(as_app, ALDER)
        return as_app.execute(f"select * from {table}").fetchall()


def test_what_an_entry_is_about_cannot_point_into_another_organizations_trail(rows, as_app):
    with as_app.transaction():
        _set(as_app, HARBOR)
        theirs = as_app.execute("select id from audit_auditentry").fetchone()[0]
    with as_app.transaction(force_rollback=True):
        _set(as_app, ALDER)
        as_app.execute(
            "insert into audit_auditsubject (organization_id, subject, entry_id, recorded_at)"
            " values (%s, 'client:2', %s, now())",
            [ALDER, theirs],
        )
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            as_app.execute("set constraints all immediate")


# ---- every constraint, violated once -----------------------------------------------------------

_WRONG = {
    "user_email_in_lower_case": "update organizations_user set email = 'Big@example.org'",
    "user_has_a_name": "update organizations_user set name = ''",
    "organizations_user_email_key": "update organizations_user set email = 'same@example.org'",
    "organization_has_a_name": "update organizations_organization set name = ''",
    "idle_minutes_from_5_to_60": "update organizations_organizationsettings set idle_minutes = 4",
    "known_second_factor": "update organizations_organizationsettings set second_factor = 'x'",
    "membership_has_known_roles": "update organizations_membership set roles = array['king']",
    "membership_ended_by_someone": (
        "update organizations_membership set deactivated_at = now(), deactivated_by = ''"
    ),
    "one_membership_each": (
        "insert into organizations_membership select gen_random_uuid(), roles, created_at,"
        " deactivated_at, deactivated_by, user_id, organization_id from organizations_membership"
    ),
    "one_open_invitation_each": (
        "insert into organizations_invitation (id, organization_id, email, name, roles,"
        " created_at, invited_by, expires_at, canceled_by) select gen_random_uuid(),"
        " organization_id, email, name, roles, created_at, invited_by, expires_at, ''"
        " from organizations_invitation"
    ),
    "invitation_has_known_roles": "update organizations_invitation set roles = array[]::text[]",
    "invitation_email_in_lower_case": "update organizations_invitation set email = 'A@b.example'",
    "invitation_used_or_canceled": (
        "update organizations_invitation set accepted_at = now(), canceled_at = now(),"
        " canceled_by = 'Somebody'"
    ),
    "invitation_canceled_by_someone": "update organizations_invitation set canceled_by = 'x'",
    "invitation_expires_later": "update organizations_invitation set expires_at = created_at",
    "credential_says_what": "update organizations_credential set title = ''",
    "credential_voided_with_reason": (
        "update organizations_credential set voided_at = now(), voided_by = 'Somebody'"
    ),
    "audit_says_who_and_what": _ENTRY.replace("'people.see'", "''"),
}


@pytest.mark.parametrize("constraint", sorted(_WRONG))
def test_the_database_refuses_what_makes_no_sense(constraint, rows, as_owner):
    statement = _WRONG[constraint]
    with as_owner.transaction(force_rollback=True):
        _set(as_owner, ALDER)
        with pytest.raises(psycopg.errors.IntegrityError) as refusal:
            as_owner.execute(statement, [ALDER] if "%s" in statement else None)
    assert refusal.value.diag.constraint_name == constraint


def test_every_constraint_of_ours_is_violated_once(as_owner):
    ours = as_owner.execute(
        "select conname from pg_constraint where contype = 'c'"
        " and (conrelid::regclass::text like 'organizations%' or conrelid::regclass::text"
        " like 'audit%')"
    ).fetchall()
    # What Django makes by itself ("is not negative") is not ours to try.
    named = {name for (name,) in ours if not name.endswith("_check")}
    assert named <= set(_WRONG)
