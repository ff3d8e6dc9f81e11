"""Writes an installation into one file, while the site goes on."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from handrail.foundation.backup import archive, catalog
from handrail.foundation.backup.outcome import Refused, Say
from handrail.foundation.clock import real_now

KEPT_FILES = ("secret_key", "clock.json")
"""Files of the data folder that belong to the data: the key of second factors, the demo's clock."""

KEY = KEPT_FILES[0]

_ONE_AT_A_TIME = 4_210_007
"""The number of the lock that backup, restore and upgrade of one database share."""


def save(
    url: str,
    path: Path,
    *,
    data: Path,
    say: Say,
    overwrite: bool = False,
    key: str = "",
    with_key: bool = True,
) -> archive.Manifest:
    """Write every table, as it is at one moment, and the data folder's key into `path`.

    `url` is the address of a role that sees all rows. `key` is the secret key in use, of which
    only a mark is kept; the file `data/secret_key` itself is kept unless `with_key` is False.
    Raises Refused, or Unusable of the archive.
    """
    archive.refuse_existing(path, overwrite=overwrite)
    with psycopg.connect(url) as connection:
        _begin(connection)
        with archive.writing(path, overwrite=overwrite) as writer:
            manifest = _write(connection, writer, data=data, say=say, key=key, with_key=with_key)
            writer.manifest(manifest)
            say("Reading it back …")
        connection.rollback()
    return manifest


def hold_alone(connection: catalog.Connection) -> None:
    """Keep other backups, restores and upgrades out until this transaction ends. Raises Refused."""
    row = connection.execute("select pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME]).fetchone()
    if not (row and row[0]):
        raise Refused("Another backup, restore or upgrade is at work on this database.")


def mark_of(key: str) -> str:
    """Tells one secret key from another, without telling either."""
    return hashlib.sha256(b"backup mark:" + key.encode()).hexdigest()[:16] if key else ""


def _begin(connection: catalog.Connection) -> None:
    """One moment's view of everything, by a role that sees every row."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    for statement in catalog.SAME_WORDS:
        connection.execute(statement)
    hold_alone(connection)
    _require_full_sight(connection)
    if catalog.owner_of_tables(connection) is None:
        raise Refused("This database holds no tables of Handrail, so there is nothing to back up.")


def _require_full_sight(connection: catalog.Connection) -> None:
    row = connection.execute(
        "select rolsuper or rolbypassrls, rolname from pg_roles where rolname = current_user"
    ).fetchone()
    if row and row[0]:
        return
    raise Refused(
        f"A backup must see the rows of every organization, and the role {row and row[1]} does"
        " not.\nMake a role that reads everything and changes nothing, once, as a superuser:\n"
        "  create role handrail_backup login bypassrls password 'choose-one';\n"
        "  grant pg_read_all_data to handrail_backup;\n"
        "and name it: DATABASE_BACKUP_URL=postgresql://handrail_backup:choose-one@…/handrail\n"
        "(docs/how-to/back-up-and-restore.md)"
    )


def _write(
    connection: catalog.Connection,
    writer: archive.Writer,
    *,
    data: Path,
    say: Say,
    key: str,
    with_key: bool,
) -> archive.Manifest:
    found = catalog.tables(connection)
    kept = {name: columns for name, columns in found.items() if name not in catalog.LEFT_OUT}
    # Nobody may rebuild a table while it is read. Reading and writing rows go on.
    names = sql.SQL(", ").join(sql.Identifier("public", name) for name in kept)
    connection.execute(sql.SQL("lock table {} in access share mode").format(names))
    tables = {}
    for number, (name, columns) in enumerate(kept.items(), 1):
        content = writer.table(name, _rows(connection, name, columns))
        tables[name] = archive.Table(columns, content)
        say(f"  {number} of {len(kept)}  {name} ({content.rows:,})")
    files = {
        name: writer.file(name, (data / name).read_bytes())
        for name in KEPT_FILES
        if (data / name).exists() and (with_key or name != KEY)
    }
    return archive.Manifest(
        made_at=real_now().isoformat(timespec="seconds"),
        postgresql=str(connection.info.parameter_status("server_version")),
        migrations=catalog.migrations(connection),
        tables=tables,
        # After the rows: a counter may be ahead of them, never behind.
        sequences={name: _counter(connection, name) for name in catalog.sequences(connection)},
        files=files,
        left_out=tuple(name for name in found if name in catalog.LEFT_OUT),
        key_mark=mark_of(key),
    )


def _rows(connection: catalog.Connection, table: str, columns: tuple[str, ...]) -> Iterator[bytes]:
    question = sql.SQL("copy {} ({}) to stdout").format(
        sql.Identifier("public", table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(question) as rows:
        for block in rows:
            yield bytes(block)


def _counter(connection: catalog.Connection, name: str) -> tuple[int, bool]:
    question = sql.SQL("select last_value, is_called from {}")
    row: Any = connection.execute(question.format(sql.Identifier("public", name))).fetchone()
    return int(row[0]), bool(row[1])
