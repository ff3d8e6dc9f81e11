"""What the database itself says it holds: nothing here knows a table by name.

Ours is what belongs to the owner of the table of migrations, in the schema `public`, and is no
part of an extension.
"""

from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg

from handrail.foundation.database.roles import APP

LEFT_OUT = {
    "organizations_staffsession": "who is signed in: nobody is, after a restore",
    "checks_checkdraft": "answers of private checks: promised to be gone after two hours",
    "lessons_subscription": "addresses for a lesson a week: deleted means gone from backups too",
    "lessons_pageletter": "the letters to them",
    "handrail_cache": "counters of attempts to sign in, which last minutes",
}
"""Tables whose rows a backup does not hold, and why. They are empty after a restore."""

# The values of one row must read the same on every server.
SAME_WORDS: tuple[LiteralString, ...] = (
    "set local client_encoding = 'UTF8'",
    "set local datestyle = 'ISO, YMD'",
    "set local intervalstyle = 'postgres'",
    "set local extra_float_digits = 3",
    "set local statement_timeout = 0",
    "set local idle_in_transaction_session_timeout = 0",
)

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger that a migration put on a table."""

    table: str
    name: str


def owner_of_tables(connection: Connection) -> str | None:
    """The role that owns Handrail's tables here; None when there are none."""
    row = connection.execute(
        "select relowner::regrole::text from pg_class"
        " where oid = to_regclass('public.django_migrations')"
    ).fetchone()
    return row[0] if row else None


def tables(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Every table of ours and the columns that hold what was entered, not computed."""
    rows = connection.execute(
        "select c.relname, array_agg(a.attname::text order by a.attnum)"
        " from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.oid = any(%s) and c.relkind = 'r'"
        " and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''"
        " group by c.relname order by c.relname",
        [_ours(connection)],
    )
    return {name: tuple(columns) for name, columns in rows}


def sequences(connection: Connection) -> list[str]:
    """Every counter of ours: those of keys, and any made on their own."""
    return _names(
        connection,
        "select relname from pg_class where oid = any(%s) and relkind = 'S' order by relname",
    )


def forced_tables(connection: Connection) -> list[str]:
    """Tables whose row-level security binds their owner too."""
    return _names(
        connection,
        "select relname from pg_class where oid = any(%s) and relforcerowsecurity order by relname",
    )


def unguarded_tables(connection: Connection) -> list[str]:
    """Tables that say whose they are, and whose row-level security is not in force."""
    return _names(
        connection,
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.oid = any(%s) and c.relkind = 'r' and a.attname = 'organization_id'"
        " and not a.attisdropped and not (c.relrowsecurity and c.relforcerowsecurity)"
        " order by c.relname",
    )


def triggers(connection: Connection) -> list[Trigger]:
    """Triggers that fire when rows are entered; those of foreign keys are not among them."""
    rows = connection.execute(
        "select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where c.oid = any(%s) and not t.tgisinternal and t.tgenabled = 'O' order by 1, 2",
        [_ours(connection)],
    )
    return [Trigger(table, name) for table, name in rows]


def migrations(connection: Connection) -> tuple[tuple[str, str], ...]:
    """The migrations that were applied, (app, name), in their order; none without tables."""
    if owner_of_tables(connection) is None:
        return ()
    rows = connection.execute("select app, name from public.django_migrations order by id")
    return tuple((app, name) for app, name in rows)


def removals(connection: Connection) -> list[str]:
    """The statements that take away everything of ours that makes up the tables."""
    return [statement for statement, _ in connection.execute(_REMOVALS)]


def others_at_work(connection: Connection) -> int:
    """How many sessions the site has in this database: while it runs, it holds some."""
    connection.execute("select pg_stat_clear_snapshot()")  # else it answers the same all along
    row = connection.execute(
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid() and usename in (%s, current_user)",
        [APP],
    ).fetchone()
    return int(row[0]) if row else 0


def _ours(connection: Connection) -> list[int]:
    rows = connection.execute(
        "select c.oid from pg_class c where c.relnamespace = 'public'::regnamespace"
        " and c.relowner ="
        " (select relowner from pg_class where oid = to_regclass('public.django_migrations'))"
        " and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass"
        " and d.objid = c.oid and d.deptype = 'e')"
    )
    return [number for (number,) in rows]


def _names(connection: Connection, question: LiteralString) -> list[str]:
    return [name for (name,) in connection.execute(question, [_ours(connection)])]


# Functions, types and views too: a migration that makes them would find them there already.
# Not what belongs to an extension, nor a key's own counter, which goes with its table.
_REMOVALS: LiteralString = """
with spared as (select classid, objid from pg_depend where deptype in ('e', 'i')),
me as (select oid from pg_roles where rolname = current_user)
select format('drop %s if exists public.%I cascade',
              case relkind when 'v' then 'view' when 'm' then 'materialized view'
                           when 'S' then 'sequence' else 'table' end, relname), 1
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p','v','m','S')
   and relowner = (select oid from me)
   and ('pg_class'::regclass, oid) not in (select classid, objid from spared)
union all
select format('drop routine if exists %s cascade', oid::regprocedure), 2
  from pg_proc where pronamespace = 'public'::regnamespace and proowner = (select oid from me)
   and ('pg_proc'::regclass, oid) not in (select classid, objid from spared)
union all
select format('drop type if exists public.%I cascade', typname), 3
  from pg_type where typnamespace = 'public'::regnamespace and typowner = (select oid from me)
   and (typtype in ('e','d','r') and typrelid = 0
        or typrelid in (select oid from pg_class where relkind = 'c'))
   and ('pg_type'::regclass, oid) not in (select classid, objid from spared)
order by 2
"""
