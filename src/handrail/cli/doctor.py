"""`handrail doctor`: whether everything that an installation needs is in order, on one page."""

import argparse
import platform
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

import django
import psycopg
from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError

import handrail
from handrail.cli import installation
from handrail.foundation import clock, condition, disk

LOGGED_TEXTS = "handrail.integrations.sms.LoggedTexts"
OLD_BACKUP = timedelta(days=2)
ENDS_SOON = timedelta(days=14)
OFF_BY = timedelta(seconds=5)
MEGABYTE = 1024 * 1024


class Mark(Enum):
    """How something stands: in order, to be known, or to be mended."""

    OK = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the page."""

    about: str
    mark: Mark
    words: str


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor",
        help="say whether mail, texts, jobs, backups, disk, clock, TLS and versions are in order",
        description="Looks at what an installation needs and says how each stands. Changes"
        " nothing, sends nothing. Ends with 0 when nothing is wrong, with 1 when something is.",
    )
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the page; 1 when something on it is wrong."""
    wrong = []

    def work(_: argparse.Namespace) -> None:
        with installation.at_work():
            for one in findings():
                installation.say(f"{one.about:<10}{one.mark.value:<7}{one.words}")
                if one.mark is Mark.WRONG:
                    wrong.append(one.about)
        if wrong:
            installation.say(f"\nTo mend: {', '.join(wrong)}. See docs/how-to/watch-over-it.md.")

    return installation.run("doctor", work, chosen, as_owner=False) or int(bool(wrong))


def findings() -> Iterator[Finding]:
    """Everything that is looked at, in the order it is said."""
    for about, look in _LOOKS:
        try:
            mark, words = look()
        except (DatabaseError, psycopg.Error) as trouble:
            mark, words = Mark.WRONG, f"the database refused the question: {type(trouble).__name__}"
        yield Finding(about, mark, words)


def _versions() -> tuple[Mark, str]:
    words = (
        f"Handrail {handrail.__version__}, PostgreSQL {condition.postgresql_version()},"
        f" Python {platform.python_version()}, Django {django.get_version()}"
    )
    if left := condition.pending_migrations():
        return Mark.WRONG, f"{words}; {len(left)} steps behind: ./run handrail upgrade"
    return Mark.OK, words


def _database() -> tuple[Mark, str]:
    role = condition.database_role()
    if role.bound:
        return Mark.OK, f"answers {role.name}, and row-level security binds that role"
    return Mark.WRONG, f"{role.name} is not bound by row-level security: set DATABASE_APP_URL"


def _disk() -> tuple[Mark, str]:
    free = disk.bytes_free(settings.DATA)
    if free is None:
        return Mark.NOTE, f"nobody can tell how much is free at {settings.DATA}"
    words = f"{free // MEGABYTE:,} MB free at {settings.DATA}"
    if disk.is_low(settings.DATA):
        return Mark.WRONG, f"{words}: make room, or soon nothing more can be saved"
    return Mark.OK, words


def _clock() -> tuple[Mark, str]:
    if clock.is_another():
        return Mark.NOTE, "the demo's evening, not the real time"
    apart = condition.clock_difference()
    if abs(apart) > OFF_BY:
        seconds = apart.total_seconds()
        return Mark.WRONG, f"{seconds:+.0f} s against the database server's: set both by NTP"
    if condition.clock_is_kept():
        return Mark.OK, "kept by a time server"
    return Mark.NOTE, "the system does not say that a time server keeps it: turn on NTP"


def _key() -> tuple[Mark, str]:
    if condition.key_is_kept():
        return Mark.OK, "the secret key outlives a restart"
    return Mark.WRONG, "made up at each start: set HANDRAIL_SECRET_KEY, or everyone is signed out"


def _tls() -> tuple[Mark, str]:
    address = settings.HANDRAIL_ADDRESS
    if settings.PLAIN_HTTP or not address.startswith("https://"):
        return Mark.NOTE, f"{address} is plain http: right for this machine alone"
    try:
        left = condition.certificate_ends(address) - clock.real_now()
    except ssl.SSLError as trouble:
        return Mark.WRONG, f"no browser trusts {address}: {trouble.reason}"
    except OSError as trouble:
        return Mark.WRONG, f"{address} does not answer from here: {trouble.strerror or 'no answer'}"
    words = f"the certificate of {address} is good for {left.days} days"
    return (Mark.WRONG if left < ENDS_SOON else Mark.OK), words


def _mail() -> tuple[Mark, str]:
    if not settings.EMAIL_HOST:
        return Mark.NOTE, f"no server is set: letters are written to {settings.EMAIL_FILE_PATH}"
    try:
        with get_connection():
            pass
    except (OSError, smtplib.SMTPException) as trouble:
        return Mark.WRONG, f"{settings.EMAIL_HOST} takes no letters: {type(trouble).__name__}"
    return Mark.OK, f"{settings.EMAIL_HOST} takes letters from {settings.DEFAULT_FROM_EMAIL}"


def _texts() -> tuple[Mark, str]:
    if settings.HANDRAIL_TEXTS == LOGGED_TEXTS:
        return Mark.NOTE, "no carrier is set: texts are not sent (HANDRAIL_TEXTS)"
    return Mark.OK, f"sent by {settings.HANDRAIL_TEXTS}"


def _jobs() -> tuple[Mark, str]:
    found = condition.jobs()
    if found is None:
        return Mark.NOTE, "this database keeps none"
    words = f"{found.waiting} wait, {found.running} run, {found.failed} failed"
    if found.late:
        return Mark.WRONG, f"{words}; {found.late} are late: does the worker run?"
    return (Mark.WRONG if found.failed else Mark.OK), words


def _backups() -> tuple[Mark, str]:
    last = condition.last_backup()
    if last is None:
        return (
            Mark.NOTE if settings.DEMO else Mark.WRONG
        ), "none was written from this data folder"
    age = clock.real_now() - last
    words = f"the last was written {last:%Y-%m-%d %H:%M} UTC"
    return (Mark.WRONG if age > OLD_BACKUP else Mark.OK), words


_LOOKS: tuple[tuple[str, Callable[[], tuple[Mark, str]]], ...] = (
    ("versions", _versions),
    ("database", _database),
    ("disk", _disk),
    ("clock", _clock),
    ("key", _key),
    ("TLS", _tls),
    ("mail", _mail),
    ("texts", _texts),
    ("jobs", _jobs),
    ("backups", _backups),
)
