"""Opens the installation that backup, restore and upgrade work on, and ends what it opened.

That is the PostgreSQL of DATABASE_URL, or else the embedded one of the data folder.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

import psycopg
from django.conf import settings
from django.db import OperationalError, connection

from handrail.core.access import system_actor
from handrail.foundation.backup.archive import Unusable
from handrail.foundation.backup.outcome import Refused, Undone
from handrail.foundation.database.account import CannotRun
from handrail.foundation.database.address import BadAddress
from handrail.foundation.processes import Held, hold

SYSTEM = "installation"
"""The system actor that the audit trail names."""

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """The folder that `./run demo --data` was given."""
    parser.add_argument("--data", metavar="FOLDER", help="the data folder, if not the usual one")


def run(
    command: str,
    work: Callable[[argparse.Namespace], None],
    chosen: argparse.Namespace,
    *,
    as_owner: bool = True,
) -> int:
    """Do the work: 0 it is done, 1 it broke and was taken back, 2 it was refused, 130 stopped."""
    for request in _ENDINGS:
        signal.signal(request, _stop)
    try:
        _ready_django(chosen.data, as_owner=as_owner)
        work(chosen)
    except KeyboardInterrupt:
        return _end(command, "stopped; nothing was changed.", code=130)
    except Undone as trouble:
        return _end(command, trouble, code=1)
    except (Refused, Unusable, CannotRun, BadAddress) as refusal:
        return _end(command, refusal, code=2)
    except (OperationalError, psycopg.OperationalError):
        return _end(command, "the database does not answer, or ended the connection.", code=2)
    except psycopg.Error as trouble:  # its message can hold a value or an address
        return _end(command, f"the database refused: {type(trouble).__name__}.", code=2)
    return 0


def say(text: str) -> None:
    """A line of progress."""
    print(text, flush=True)


def no_way_back() -> None:
    """From here on it is done: a request to stop comes too late and would only confuse."""
    for request in _ENDINGS:
        signal.signal(request, signal.SIG_IGN)


def data_folder() -> Path:
    """Where the data lives."""
    folder: Path = settings.DATA
    return folder


def key_in_use() -> str:
    """The secret key that the site works with; "" when it makes one up at each start."""
    file = data_folder() / "secret_key"
    given = os.environ.get("HANDRAIL_SECRET_KEY", "")
    kept = file.read_text() if file.exists() else ""
    return given or kept if "DATABASE_URL" in os.environ else kept or given


@contextmanager
def at_rest() -> Iterator[None]:
    """The database, while the site must not run on it. Raises CannotRun when it does."""
    if "DATABASE_URL" in os.environ:
        yield  # whether the site runs, only the database can tell
        return
    with ExitStack() as held:
        try:
            held.enter_context(_held())
        except Held as error:
            raise CannotRun(
                f"The site is running on {data_folder()}, and nothing was touched.\n"
                "Stop it first, then do this again."
            ) from error
        yield


@contextmanager
def at_work() -> Iterator[None]:
    """The database, whether the site runs on it or not."""
    if "DATABASE_URL" in os.environ:
        yield
        return
    if not settings.EMBEDDED.data.exists():
        raise CannotRun(f"There is no database in {data_folder()}.")
    with ExitStack() as held:
        try:
            held.enter_context(_held())
        except Held:
            if not settings.EMBEDDED.running():
                raise CannotRun("The site is just starting or stopping. Try again.") from None
        yield


def holds_organizations() -> bool:
    """Whether an organization keeps its records here by now."""
    table = import_module("handrail.areas.organizations.models").Organization._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f'select exists (select from "{table}")')  # noqa: S608 (our own name)
        return bool(cursor.fetchone()[0])


def record_everywhere(action: str, detail: dict[str, object]) -> None:
    """Write into every organization's audit trail what was done to the whole installation."""
    from handrail.foundation import tenancy
    from handrail.foundation.audit import trail

    organizations = import_module("handrail.areas.organizations.models").Organization
    with trail.operation():
        for key in organizations.objects.values_list("id", flat=True):
            with tenancy.within(key):
                trail.record(by=system_actor(SYSTEM, key), action=action, detail=detail)


def _ready_django(data: str | None, *, as_owner: bool = True) -> None:
    if data:
        os.environ["HANDRAIL_DATA"] = str(Path(data).absolute())
    if as_owner:
        os.environ["HANDRAIL_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django

    django.setup()


@contextmanager
def _held() -> Iterator[None]:
    """The embedded PostgreSQL, started if it was not running and then stopped again."""
    cluster = settings.EMBEDDED
    try:
        folder = ExitStack()
        folder.enter_context(hold(settings.DATA))
    except OSError as error:
        raise CannotRun(f"{settings.DATA} cannot be written: {error.strerror}.") from error
    with folder:
        found_running = cluster.running()
        try:
            cluster.start()
            yield
        finally:
            connection.close()
            if not found_running:
                cluster.stop()


def _stop(number: int, frame: FrameType | None) -> None:
    """The first request to stop begins the orderly end; more of them do not disturb it."""
    no_way_back()
    raise KeyboardInterrupt


def _end(command: str, why: object, *, code: int) -> int:
    print(f"handrail {command}: {why}", file=sys.stderr)
    return code
