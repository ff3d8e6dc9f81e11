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

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")
SHARED = "HANDRAIL_TEST_FOLDER"

# On a build server the same examples every time; the long random search is the bench's.
hypothesis_settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis_settings.register_profile("here", deadline=None)
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
        ours = folder.stat().st_uid == os.geteuid()
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
    """Alder Street Recovery and Harbor Light Counseling, with their people."""
    # Its models can be read only once Django is set up.
    from tests.staff import begin

    return begin()


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


# ---- database --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The PostgreSQL that all tests of this run share. Do not stop it: make your own."""
    with one_worker_at_a_time() as folder:
        made = Cluster(folder / "postgres", durable=False)
        made.start()
    return made


@pytest.fixture(scope="session")
def database_name(cluster, django_db_blocker, worker_id) -> str:
    """A database of this worker's own, copied from one the owner migrated."""
    name = f"test_{worker_id}"
    with one_worker_at_a_time() as folder, django_db_blocker.unblock():
        if not (folder / "migrated").exists():
            _connect_django(cluster.url(OWNER))
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
            (folder / "migrated").touch()
        _copy(cluster, name)
    return name


def _copy(cluster, name):
    """Make a database like the migrated one, which nobody is connected to."""
    copy = sql.SQL("create database {} template {}")
    with psycopg.connect(cluster.url(OWNER, "postgres"), autocommit=True) as owner:
        owner.execute(copy.format(sql.Identifier(name), sql.Identifier(DATABASE)))


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
    from handrail.demo.load import load
    from tests.staff import EVENING, SEED, relax

    name = f"{database_name}_demo"
    with django_db_blocker.unblock():
        connection.close()
        _copy(cluster, name)
        _connect_django(cluster.url(APP, name))
        load(seed=SEED, day=EVENING)
        relax()
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
  set local session_replication_role = replica;
  for name in select quote_ident(tablename) from pg_tables
    where schemaname = 'public' and tablename <> 'django_migrations'
  loop
    execute 'delete from ' || name;
  end loop;
end $$
"""


def _empty(self):
    """Empty all tables after a test with real transactions.

    The app role may not, and emptying 150 small tables by TRUNCATE takes a second.
    """
    address = connection.settings_dict
    connection.close()
    with psycopg.connect(
        host=address["HOST"],
        dbname=address["NAME"],
        user="postgres",
        passfile=address["OPTIONS"]["passfile"],
        autocommit=True,
    ) as superuser:
        superuser.execute(_EMPTY)


TransactionTestCase._fixture_teardown = _empty
