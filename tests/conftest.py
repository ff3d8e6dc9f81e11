"""What every test may ask for, and the list of what could not be tested.

Database tests share one PostgreSQL, started by the first test that needs it. Each worker gets
a copy of a migrated template made by the owner role; the tests themselves run as the app role.
"""

import fcntl
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psutil
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from handrail.foundation.database.address import django_database
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP, DATABASE, OWNER
from tests.prepared import start_migrated

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")
SHARED = "HANDRAIL_TEST_FOLDER"
STANDING, DEMO = "standing", "demo"
"""The two databases that each worker copies; both are copies of the migrated one."""

# On a build server the same examples every time; the long random search is the bench's.
hypothesis_settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("few", derandomize=True, deadline=None, max_examples=20)
hypothesis_settings.load_profile("ci" if IN_CI else "here")


# ---- one run: its folder, its end, its list of what was not tested ---------------------------


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        _remove_what_killed_runs_left()
        os.environ[SHARED] = tempfile.mkdtemp(prefix=f"handrail-test-{os.getpid()}-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        _remove(Path(os.environ[SHARED]))


def pytest_terminal_summary(terminalreporter):
    reasons = Counter(report.longrepr[2] for report in _skipped(terminalreporter))
    if reasons:
        terminalreporter.section(f"Not tested here: {reasons.total()}")
        for reason, times in reasons.most_common():
            terminalreporter.write_line(f"{times:4} x {reason.removeprefix('Skipped: ')}")


def pytest_sessionfinish(session, exitstatus):
    """A build server must not pass by leaving things out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and exitstatus == 0 and reporter and list(_skipped(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _skipped(reporter):
    return (one for one in reporter.stats.get("skipped", []) if isinstance(one.longrepr, tuple))


def _remove_what_killed_runs_left():
    for folder in Path(tempfile.gettempdir()).glob("handrail-test-*-*"):
        number = folder.name.split("-")[2]
        try:
            ours = folder.stat().st_uid == os.geteuid()
        except FileNotFoundError:  # another run has just removed it
            continue
        if ours and number.isdigit() and not psutil.pid_exists(int(number)):
            _remove(folder)


def _remove(folder):
    Cluster(folder / "postgres").stop()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def one_worker_at_a_time() -> Iterator[Path]:
    """Hold the run's folder, so that what all workers share is made once."""
    folder = Path(os.environ[SHARED])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


# ---- real inputs -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def real_inputs() -> Path:
    """The folder of real questionnaires and messages, which lies outside the repository."""
    given = os.environ.get("HANDRAIL_REAL_INPUTS")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real inputs: set HANDRAIL_REAL_INPUTS to their folder")
    return folder


# ---- people ----------------------------------------------------------------------------------


@pytest.fixture
def program(db):
    """Alder Street Recovery and Harbor Light Counseling, with their people.

    They stand in every database from the start; what a test changes about them is undone.
    """
    # Its models can be read only once Django is set up.
    from tests.staff import loaded

    return loaded()


@pytest.fixture
def tonight(program):
    """Tonight's group of twelve at Alder Street; the test works inside that organization."""
    from handrail.foundation import tenancy
    from tests.factories.evening import an_evening

    with tenancy.within(program.alder):
        yield an_evening(program)


@pytest.fixture
def django_client():
    """Make another browser: `django_client()`."""
    from django.test import Client

    return Client


@pytest.fixture
def whole_demo(request, demo_database, cluster, database_name, django_db_blocker, monkeypatch):
    """The whole demo on its evening, at ten to six: the same people as `program`, with clients.

    It was loaded once into a database of its own; what a test changes there is undone.
    """
    from handrail.demo.house import evening_of
    from handrail.foundation import clock
    from tests.staff import EVENING, loaded

    shift = evening_of(EVENING).timestamp() - clock.real_now().timestamp()
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(shift))
    with django_db_blocker.unblock():
        _connect_django(cluster.url(APP, demo_database))
    request.getfixturevalue("db")  # begins its transaction only now, and ends it before we go back
    yield loaded()
    with django_db_blocker.unblock():
        _connect_django(cluster.url(APP, database_name))


@pytest.fixture
def nobody_yet(request, bare_database, cluster, database_name, django_db_blocker):
    """A database that is migrated and holds nobody; what a test writes there is undone."""
    with django_db_blocker.unblock():
        _connect_django(cluster.url(APP, bare_database))
    request.getfixturevalue("db")  # begins its transaction only now, and ends it before we go back
    yield
    with django_db_blocker.unblock():
        _connect_django(cluster.url(APP, database_name))


# ---- database --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cluster(django_db_blocker) -> Cluster:
    """The PostgreSQL that all tests of this run share. Do not stop it: make your own."""
    kept = None if IN_CI else ROOT / ".pytest_cache" / "migrated-postgresql"
    with one_worker_at_a_time() as folder, django_db_blocker.unblock():
        made = Cluster(folder / "postgres", durable=False)
        _once(folder, "migrated", lambda: start_migrated(made, kept, lambda: _migrate(made)))
        _once(folder, "patience", lambda: _limit_patience(made))
    return made


def _limit_patience(cluster):
    """Who waits for a lock for a minute waits for a test that hangs: an error says so."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        superuser.execute("alter role all set lock_timeout = '60s'")


@pytest.fixture(scope="session")
def database_name(cluster, django_db_blocker, worker_id) -> str:
    """A database of this worker's own: migrated, and with the people of `program`."""
    name = f"test_{worker_id}"
    with one_worker_at_a_time() as folder, django_db_blocker.unblock():
        _once(folder, STANDING, lambda: _make_standing(cluster))
        _copy(cluster, STANDING, name)
    return name


def _once(folder, name, make):
    """Make what all workers of this run copy. The caller holds the lock."""
    if not (folder / name).exists():
        make()
        (folder / name).touch()


def _migrate(cluster):
    _connect_django(cluster.url(OWNER))
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def _make_standing(cluster):
    from tests.staff import begin

    _copy(cluster, DATABASE, STANDING)
    _connect_django(cluster.url(APP, STANDING))
    begin()
    connection.close()


def _make_demo(cluster):
    from handrail.demo.load import load
    from tests.staff import EVENING, SEED, relax

    _copy(cluster, DATABASE, DEMO)
    _connect_django(cluster.url(APP, DEMO))
    load(seed=SEED, day=EVENING)
    relax()
    connection.close()


def _copy(cluster, template, name):
    """Make a database like another, which nobody is connected to."""
    copy = sql.SQL("create database {} template {}")
    with psycopg.connect(cluster.url(OWNER, "postgres"), autocommit=True) as owner:
        owner.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def django_db_setup(cluster, database_name, django_db_blocker):
    """What pytest-django asks for: from here on Django speaks as the app role."""
    with django_db_blocker.unblock():
        _connect_django(cluster.url(APP, database_name))
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session")
def demo_database(cluster, database_name, django_db_setup, django_db_blocker) -> str:
    """A database that holds the whole demo; made only when a test asks for it."""
    name = f"{database_name}_demo"
    with one_worker_at_a_time() as folder, django_db_blocker.unblock():
        _once(folder, DEMO, lambda: _make_demo(cluster))
        _copy(cluster, DEMO, name)
        _connect_django(cluster.url(APP, database_name))
    return name


@pytest.fixture(scope="session")
def bare_database(cluster, database_name, django_db_setup, django_db_blocker) -> str:
    """A database with tables and nothing in them; made only when a test asks for it."""
    name = f"{database_name}_bare"
    with one_worker_at_a_time(), django_db_blocker.unblock():
        connection.close()
        _copy(cluster, DATABASE, name)
        _connect_django(cluster.url(APP, database_name))
    return name


@pytest.fixture
def as_owner(cluster, database_name) -> Iterator[psycopg.Connection]:
    """A connection of the role that owns the tables; each statement is final."""
    with psycopg.connect(cluster.url(OWNER, database_name), autocommit=True) as made:
        yield made


@pytest.fixture
def as_app(cluster, database_name) -> Iterator[psycopg.Connection]:
    """A connection of the role the site uses; each statement is final."""
    with psycopg.connect(cluster.url(APP, database_name), autocommit=True) as made:
        yield made


def _connect_django(url):
    connection.close()
    connection.settings_dict.update(django_database(url))


_EMPTY = """
do $$
declare name text;
begin
  -- A request whose page is closed may still be running: it ends here.
  perform pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and usename = 'handrail_app';
  -- Neither keys between tables nor the audit trail's refusal to be emptied hold this up.
  set session_replication_role = replica;
  for name in select quote_ident(tablename) from pg_tables
    where schemaname = 'public' and tablename <> 'django_migrations'
  loop
    execute 'delete from ' || name;
  end loop;
end $$
"""


def _empty(self):
    """After a test with real transactions: only the people of `program` are left.

    The app role may not, and emptying 150 small tables by TRUNCATE takes a second.
    """
    address = connection.settings_dict
    connection.close()
    with _superuser(address["HOST"], address["NAME"]) as connected, connected.transaction():
        connected.execute(_EMPTY)
        for table, rows in _standing_rows(address["HOST"]).items():
            with connected.cursor().copy(f"copy {table} from stdin") as copy:
                copy.write(rows)


@cache
def _standing_rows(host):
    """Every row of the standing database by its table, as COPY writes them."""
    with _superuser(host, STANDING) as connected:
        names = connected.execute(
            "select quote_ident(tablename) from pg_tables "
            "where schemaname = 'public' and tablename <> 'django_migrations'"
        )
        found = {}
        for (name,) in names.fetchall():
            with connected.cursor().copy(f"copy {name} to stdout") as copy:
                found[name] = b"".join(copy)
    return {name: rows for name, rows in found.items() if rows}


def _superuser(host, database):
    return psycopg.connect(
        host=host,
        dbname=database,
        user="postgres",
        passfile=connection.settings_dict["OPTIONS"]["passfile"],
        autocommit=True,
    )


TransactionTestCase._fixture_teardown = _empty
