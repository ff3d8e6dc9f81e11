"""Restores a backup, and brings tables up to date: each in one transaction, or not at all."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from handrail.foundation import tenancy
from handrail.foundation.backup import catalog
from handrail.foundation.backup.archive import Archive
from handrail.foundation.backup.outcome import Refused, Say, Undone
from handrail.foundation.backup.save import hold_alone

Migration = tuple[str, str]
_OF_0_1_0 = frozenset({"placement", "programs"})
"""Apps that only 0.1.0 had. Its data is not carried over: there was no installation of it."""

_PATIENCE_SECONDS = 2
_PAUSE_SECONDS = 0.05


def restore(
    source: Archive,
    *,
    replace: bool,
    holds_records: Callable[[], bool],
    finish: Callable[[], None],
    say: Say,
) -> None:
    """Make the database what it was when the backup was taken, then bring it up to date.

    Connects as the owner. `holds_records` says whether the database has records by now, which are
    given up only with `replace`. `finish` is done last, in the same transaction.
    Raises Refused before anything is touched, Undone when it broke and was taken back.
    """
    manifest = source.manifest
    _require_known(manifest.migrations, of="This backup")
    with _taking_back(), transaction.atomic():
        _begin()
        if not replace and holds_records():
            raise Refused(
                "This database holds organizations already, and nothing was touched.\n"
                "To give them up for what the backup holds, say --replace."
            )
        say("Making the tables as they were then …")
        for statement in catalog.removals(_raw()):
            _raw().execute(statement)
        _migrate_to(manifest.migrations)
        _fill(source, say)
        say("Bringing the tables up to date …")
        _bring_up_to_date(say)
        _require_sound()
        for name in catalog.tables(_raw()):
            _do("analyze {}", name)
        finish()


def pending() -> list[str]:
    """The migrations that this database lacks, in order. Raises Refused when it is ahead of us."""
    _require_known(catalog.migrations(_connected()), of="This database")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _ in plan]


def is_empty() -> bool:
    """Whether Handrail's tables were never made here."""
    return catalog.owner_of_tables(_connected()) is None


def upgrade(*, finish: Callable[[], None], say: Say) -> None:
    """Run what is pending and look at the outcome; `finish` is done last in the same transaction.

    Raises Refused before anything is touched, Undone when it broke and was taken back.
    """
    with _taking_back(), transaction.atomic():
        _begin()
        _do("set constraints all immediate")
        _bring_up_to_date(say)
        _require_sound()
        finish()


# ---- before ------------------------------------------------------------------------------------


def _begin() -> None:
    raw = _connected()
    for statement in catalog.SAME_WORDS:
        raw.execute(statement)
    raw.execute("set local lock_timeout = '30s'")
    hold_alone(raw)
    owner = catalog.owner_of_tables(raw)
    row = raw.execute("select current_user::text").fetchone()
    if owner is not None and row and owner != row[0]:
        raise Refused(f"The tables belong to {owner}: let DATABASE_URL sign in as that role.")
    if others := _others_left(raw):
        raise Refused(
            f"The site is running on this database (sessions: {others}), and nothing was touched.\n"
            "Stop it first, then do this again."
        )


def _others_left(raw: catalog.Connection) -> int:
    """How many sessions of the site there are, once those that were just closed have gone."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (others := catalog.others_at_work(raw)) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
    return others


def _require_known(migrations: tuple[Migration, ...], *, of: str) -> None:
    if not _OF_0_1_0.isdisjoint(app for app, _ in migrations):
        raise Refused(
            f"{of} is of Handrail 0.1.0, whose tables were cut in another way: this one cannot\n"
            "read it. Nothing was touched. Handrail 0.1.0 still can. To begin anew, give this one\n"
            "an empty database; the demo does by ./run demo --fresh."
        )
    known = MigrationLoader(None).disk_migrations or {}
    if strange := [f"{app}.{name}" for app, name in migrations if (app, name) not in known]:
        raise Refused(
            f"{of} is of another Handrail, most likely a newer one: this one does not know\n"
            f"  {', '.join(strange)}\n"
            "Nothing was touched. Use the Handrail that wrote it, or a newer one."
        )


# ---- restoring ---------------------------------------------------------------------------------


def _migrate_to(migrations: tuple[Migration, ...]) -> None:
    """Empty tables, exactly as far along as the backup's were."""
    # Checked at once, so that no table is changed while something about it waits to be checked.
    _do("set constraints all immediate")
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph.nodes
    executor.migrate([one for one in migrations if one in graph])
    if set(catalog.migrations(_raw())) != set(migrations):
        raise Refused("This Handrail can no longer make the tables of this backup.")


def _fill(source: Archive, say: Say) -> None:
    """Put in the rows. Foreign keys wait for the last row; triggers and policies are set aside.

    What a trigger wrote is in the backup, so it must not write it again.
    """
    manifest, raw = source.manifest, _raw()
    _require_same_tables(source)
    triggers, forced = catalog.triggers(raw), catalog.forced_tables(raw)
    for one in triggers:
        _do("alter table {} disable trigger {}", one.table, one.name)
    for name in forced:
        _do("alter table {} no force row level security", name)
    # Some migrations enter rows; those are in the backup too.
    every = sql.SQL(", ").join(sql.Identifier("public", name) for name in catalog.tables(raw))
    raw.execute(sql.SQL("truncate {}").format(every))
    raw.execute("set constraints all deferred")
    for number, name in enumerate(manifest.tables, 1):
        rows = _fill_table(source, name)
        say(f"  {number} of {len(manifest.tables)}  {name} ({rows:,})")
    say("Checking every reference …")
    raw.execute("set constraints all immediate")
    for name, (last, given) in manifest.sequences.items():
        raw.execute(
            "select setval(format('public.%%I', %s::text)::regclass, %s, %s)", [name, last, given]
        )
    for name in forced:
        _do("alter table {} force row level security", name)
    for one in triggers:
        _do("alter table {} enable trigger {}", one.table, one.name)


def _fill_table(source: Archive, name: str) -> int:
    table = source.manifest.tables[name]
    into = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier("public", name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with _raw().cursor() as cursor:
        with cursor.copy(into) as copy:
            for block in source.table(name):
                copy.write(block)
        if cursor.rowcount != table.content.rows:
            raise Undone(f"{name} took {cursor.rowcount} rows of {table.content.rows}.")
        return cursor.rowcount


def _require_same_tables(source: Archive) -> None:
    made = catalog.tables(_raw())
    kept, left_out = source.manifest.tables, set(source.manifest.left_out)
    same = set(made) == set(kept) | left_out and all(
        set(kept[name].columns) == set(made[name]) for name in kept
    )
    if not same or set(catalog.sequences(_raw())) != set(source.manifest.sequences):
        raise Refused(
            "The tables of this backup are not those that its migrations make, so it was left\n"
            "alone: something besides Handrail changed the tables it was taken from."
        )


# ---- both --------------------------------------------------------------------------------------


def _bring_up_to_date(say: Say) -> None:
    progress = _Progress(say)
    try:
        call_command(
            "migrate", interactive=False, skip_checks=False, stdout=progress, no_color=True
        )
    except Exception as error:  # the edge: a migration is code of any kind
        where = progress.now or "migrate"
        raise Undone(f"{where} broke: {_kind_of(error)}.") from error


class _Progress(io.StringIO):
    """Passes on which migration is at work, and remembers the last."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self.now = ""

    def write(self, text: str) -> int:
        _, found, name = text.partition("Applying ")
        if found:
            self.now = name.strip(" .\n")
            self._say(f"  {self.now}")
        return len(text)


def _require_sound() -> None:
    """What must be true of the tables before they are given back to the site."""
    if left := pending():
        raise Undone(f"These migrations did not run: {', '.join(left)}.")
    bare = [name for name in catalog.unguarded_tables(_raw()) if name not in tenancy.OUTSIDE]
    if bare:
        raise Undone(f"Row-level security is not in force on {', '.join(bare)}.")


@contextmanager
def _taking_back() -> Iterator[None]:
    """Turn what the database says into words without values; it rolls back by itself."""
    try:
        yield
    except (DatabaseError, psycopg.Error) as error:
        raise Undone(f"The database refused: {_kind_of(error)}.") from error


def _kind_of(error: BaseException) -> str:
    """What broke, without values: a database's message can quote a row."""
    cause = error.__cause__ or error
    told = getattr(cause, "diag", None)
    about = [told.table_name, told.constraint_name] if told else []
    place = ", ".join(one for one in about if one)
    return type(cause).__name__ + (f" ({place})" if place else "")


def _connected() -> catalog.Connection:
    connection.ensure_connection()
    return _raw()


def _raw() -> catalog.Connection:
    """Django's own connection underneath, so that both work in one transaction."""
    made: catalog.Connection = connection.connection
    return made


def _do(statement: Any, *names: str) -> None:
    _raw().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
