"""The app role cannot step around row-level security. Tried with raw SQL, as an intruder would."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege


@pytest.fixture
def charts(as_owner):
    """A table of two organizations' rows that shows each session its own organization's only."""
    as_owner.execute("create table charts (organization int, words text)")
    as_owner.execute("insert into charts values (1, 'of one'), (2, 'of two')")
    as_owner.execute("alter table charts enable row level security")
    as_owner.execute("alter table charts force row level security")
    as_owner.execute(
        "create policy own on charts using (organization = current_setting('app.org')::int)"
    )
    yield
    as_owner.execute("drop table charts")


def test_the_app_sees_only_the_rows_the_policy_shows(charts, as_app):
    as_app.execute("select set_config('app.org', '1', false)")
    assert as_app.execute("select words from charts").fetchall() == [("of one",)]


def test_the_app_sees_nothing_and_hears_an_error_when_no_organization_is_set(charts, as_app):
    with pytest.raises(psycopg.errors.UndefinedObject):
        as_app.execute("select words from charts")


def test_the_app_cannot_write_a_row_into_another_organization(charts, as_app):
    as_app.execute("select set_config('app.org', '1', false)")
    with pytest.raises(InsufficientPrivilege):
        as_app.execute("insert into charts values (2, 'smuggled')")


def test_not_even_the_owner_passes_a_forced_policy(charts, as_owner):
    as_owner.execute("select set_config('app.org', '2', false)")
    assert as_owner.execute("select words from charts").fetchall() == [("of two",)]


@pytest.mark.parametrize(
    "attempt",
    [
        "set role handrail_owner",
        "set role postgres",
        "set session authorization postgres",
        "create role intruder superuser",
        "alter role handrail_app bypassrls",
        "grant handrail_owner to handrail_app",
        "create database elsewhere",
        "create table smuggled (words text)",
        "create extension dblink",
        "alter table charts disable row level security",
        "alter table charts no force row level security",
        "alter table charts owner to handrail_app",
        "drop policy own on charts",
        "create policy all_of_it on charts using (true)",
        "drop table charts",
        "truncate charts",
        "copy charts to program 'cat'",
        "select pg_read_file('PG_VERSION')",
    ],
)
def test_the_app_cannot_loosen_its_own_bonds(charts, as_app, attempt):
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(attempt)


def test_switching_row_security_off_refuses_the_query_instead_of_showing_all(charts, as_app):
    as_app.execute("set row_security = off")
    as_app.execute("select set_config('app.org', '1', false)")
    with pytest.raises(InsufficientPrivilege):
        as_app.execute("select words from charts")


def test_the_app_can_use_what_the_owner_makes(as_owner, as_app):
    as_owner.execute("create table notes (id bigint generated always as identity, words text)")
    as_app.execute("insert into notes (words) values ('first')")
    as_app.execute("update notes set words = 'second'")
    assert as_app.execute("delete from notes returning id, words").fetchall() == [(1, "second")]
    as_owner.execute("drop table notes")


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into django_migrations (app, name, applied) values ('smuggled', '0001', now())",
        "update django_migrations set name = 'other'",
        "delete from django_migrations",
    ],
)
def test_the_app_cannot_rewrite_which_migrations_ran(as_app, attempt):
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(attempt)


@pytest.mark.django_db
def test_django_speaks_as_the_app_role():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == ("handrail_app", "handrail_app")
