"""The two roles, and what each may do.

`handrail_owner` makes and changes tables. `handrail_app` reads and writes their rows, and is
bound by row-level security like everyone: it is no superuser, owns nothing, and can become
nobody else. The same statements for a PostgreSQL of your own: docs/how-to/run-handrail.md.
"""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

DATABASE = "handrail"
OWNER = "handrail_owner"
APP = "handrail_app"
SUPERUSER = "postgres"

_PLAIN = "nosuperuser nocreaterole noreplication nobypassrls"


def ready(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles and the database where they are missing; needs a superuser.

    Each role named in `passwords` gets that one.
    """
    if not _exists(connection, "select 1 from pg_roles where rolname = 'handrail_owner'"):
        connection.execute("create role handrail_owner")
    if not _exists(connection, "select 1 from pg_roles where rolname = 'handrail_app'"):
        connection.execute("create role handrail_app")
    # Said anew at every start: a right given by mistake does not stay.
    connection.execute(f"alter role handrail_owner login createdb {_PLAIN}")
    connection.execute(f"alter role handrail_app login nocreatedb noinherit {_PLAIN}")
    for role, password in passwords.items():
        connection.execute(
            sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password))
        )
    if not _exists(connection, "select 1 from pg_database where datname = 'handrail'"):
        connection.execute("create database handrail owner handrail_owner")


def ready_schema(connection: psycopg.Connection) -> None:
    """Let the app use what the owner makes, in the database this connection is in."""
    for statement in _SCHEMA:
        connection.execute(statement)


# No TRUNCATE for the app: it would go round row-level security and the audit trail.
_SCHEMA: tuple[LiteralString, ...] = (
    "revoke all on schema public from public",
    "grant usage on schema public to handrail_app",
    "grant usage, create on schema public to handrail_owner",
    "alter default privileges for role handrail_owner in schema public"
    " grant select, insert, update, delete on tables to handrail_app",
    "alter default privileges for role handrail_owner in schema public"
    " grant usage, select on sequences to handrail_app",
)


def _exists(connection: psycopg.Connection, question: LiteralString) -> bool:
    return connection.execute(question).fetchone() is not None
