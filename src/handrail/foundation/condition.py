"""What can be measured about an installation's condition, without a word of any client's.

`handrail doctor` says it in sentences (cli/doctor.py), `/metrics` in numbers (config/metrics.py).
"""

import ctypes
import json
import os
import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from handrail.foundation.clock import real_now

LAST_BACKUP = "last_backup.json"
"""A small file in the data folder: when a backup was last written, and how many rows it holds."""
_TIME_ERROR = 5
_TIMEX_BYTES = 256


@dataclass(frozen=True, slots=True)
class Jobs:
    """Work put off until later: how many wait, are late, run, and failed."""

    waiting: int
    late: int
    running: int
    failed: int


@dataclass(frozen=True, slots=True)
class Role:
    """As whom the site speaks to the database, and whether row-level security binds it."""

    name: str
    bound: bool


def postgresql_version() -> str:
    """The database server's version, such as 18.1."""
    return str(_one("show server_version")).split()[0]


def database_role() -> Role:
    """The role this process works as."""
    name = str(_one("select current_user"))
    free = _one("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
    return Role(name, not free)


def pending_migrations() -> list[str]:
    """Migrations of this version that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _ in plan]


def jobs() -> Jobs | None:
    """How work put off until later goes; None when this database keeps none."""
    if not _one("select to_regclass('procrastinate_jobs') is not null"):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where status = 'todo'),"
            " count(*) filter (where status = 'todo' and coalesce(scheduled_at, now()) <"
            "   now() - interval '10 minutes'),"
            " count(*) filter (where status = 'doing'), count(*) filter (where status = 'failed')"
            " from procrastinate_jobs"
        )
        return Jobs(*cursor.fetchone())


def signed_in_browsers() -> int:
    """How many browsers are signed in."""
    return int(
        _one(
            "select count(*) from organizations_staffsession"
            " where expire_date > now() and user_id is not null"
        )
    )


def clock_difference() -> timedelta:
    """How far this machine's clock is ahead of the database server's."""
    told: datetime = _one("select clock_timestamp()")
    return real_now() - told


def clock_is_kept() -> bool | None:
    """Whether the system keeps its clock by a time server; None when it does not say."""
    try:
        libc = ctypes.CDLL(None)
        state = int(libc.adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)))
    except (OSError, AttributeError):  # not Linux
        return None
    return None if state < 0 else state != _TIME_ERROR


def note_backup(*, rows: int) -> None:
    """Remember that a backup was just written, for whoever asks how old the last one is."""
    words = json.dumps({"at": real_now().isoformat(), "rows": rows})
    place = settings.DATA / LAST_BACKUP
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_text(words)
    except OSError:
        return  # the backup itself is whole; only its age is not known here


def last_backup() -> datetime | None:
    """When a backup was last written here, or None."""
    try:
        kept = json.loads(Path(settings.DATA / LAST_BACKUP).read_text())
        return datetime.fromisoformat(kept["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def certificate_ends(address: str) -> datetime:
    """When the certificate of the site at `address` (https://…) ends. Raises OSError.

    ssl.SSLError, an OSError, says that no browser would trust it.
    """
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 443
    trusted = ssl.create_default_context()
    with (
        closing(socket.create_connection((host, port), timeout=10)) as plain,
        trusted.wrap_socket(plain, server_hostname=host) as secured,
    ):
        told = secured.getpeercert() or {}
    seconds = ssl.cert_time_to_seconds(str(told["notAfter"]))
    return datetime.fromtimestamp(seconds, UTC)


def key_is_kept() -> bool:
    """Whether the secret key outlives a restart."""
    return bool(os.environ.get("HANDRAIL_SECRET_KEY")) or (settings.DATA / "secret_key").exists()


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None
