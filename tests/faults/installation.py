"""An installation that a test can fill, back up, break and look at, as its administrator would."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP
from tests.conftest import ROOT

FILL = """
import django; django.setup()
from django.core.management import call_command
from handrail.demo.load import load
call_command("migrate", verbosity=0, interactive=False)
load()
"""
# Everything that is hard on the way into text and back, in one organization and in the other.
ROWS = (
    r"""
    insert into later_note (organization_id, membership_id, words, seal, facts, span, share, seen,
                            mood)
    select organization_id, id, E'tab\t line\n \\N back\\slash "quote" \u2019 \u00e9',
           '\x00ff0a5c', '{"a": [null, "\\n"]}', '1 mon 2 days 03:04:05.6', 0.1::float8 / 3,
           array['2026-03-08 02:30:00.123456+00'::timestamptz, null], 'low'
      from organizations_membership
     where organization_id = current_setting('app.organization')::uuid limit 1
    """,
    # It answers the one after it: no order of tables and rows satisfies that at once.
    r"""
    insert into later_note (id, organization_id, membership_id, answers_id, words, facts, share,
                            seen)
    overriding system value
    select nextval('later_note_id_seq'), organization_id, membership_id,
           currval('later_note_id_seq') + 1, '', 'null', 'NaN', '{}'
      from later_note limit 1
    """,
    r"""
    insert into later_note (organization_id, membership_id, words)
    select organization_id, membership_id, 'it stays' from later_note limit 1
    """,
)


@dataclass
class Installation:
    """A data folder, and the environment that chooses its database and its version."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    later: str = "first"
    given: Cluster | None = None

    @property
    def cluster(self) -> Cluster:
        return self.given or Cluster(self.data / "postgres")

    def variables(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("HANDRAIL_")}
        return {
            **kept,
            "HANDRAIL_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "tests.faults.later.settings",
            "LATER": self.later,
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }

    def handrail(self, *words: object, before: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `before` is Python that breaks something first."""
        program = f"{before}\nimport sys; from handrail.cli.__main__ import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            env=self.variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def fill(self) -> None:
        """Make it and load the demo, with somebody signed in, a check under way, hard rows."""
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "secret_key").write_text("the key of second factors")
        self.cluster.start()
        subprocess.run(
            [sys.executable, "-c", FILL],
            env=self.variables() | {"HANDRAIL_AS_OWNER": "1"},
            check=True,
        )
        with self.superuser() as connection:
            connection.execute("select nextval('later_number'), nextval('later_number')")
            connection.execute("""insert into "later_Odd name" values (E'\\\\.'), (null)""")
            connection.execute(
                "insert into organizations_staffsession (session_key, session_data, expire_date)"
                " values ('somebody', 'signed in', now() + interval '1 day')"
            )
            connection.execute(
                "insert into checks_checkdraft values (repeat('a', 64), 'sealed', now())"
            )
            # One job waits, and one is being done: events and jobs refer to what comes after them.
            connection.execute(
                "with worker as (insert into procrastinate_workers default values returning id)"
                " insert into procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
                " select 'default', 'letters.send due', jsonb_build_object('org', o.id),"
                " state::procrastinate_job_status, case state when 'doing' then worker.id end"
                " from worker, (select min(id::text) id from organizations_organization) o,"
                " unnest(array['todo', 'doing']) state"
            )
        with self.owner() as connection:
            for (key,) in connection.execute(
                "select id from organizations_organization"
            ).fetchall():
                with connection.transaction():
                    connection.execute(
                        "select set_config('app.organization', %s, true)", [str(key)]
                    )
                    for statement in ROWS:
                        connection.execute(statement)

    def stop(self) -> None:
        self.cluster.stop()

    def destroy(self) -> None:
        """What a broken disk does."""
        os.kill(self.cluster.pid(), signal.SIGKILL) if self.cluster.pid() else None
        self.stop()
        shutil.rmtree(self.data)

    def superuser(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.url("postgres"), autocommit=True)

    def owner(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.url(), autocommit=True)

    def app(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.url(APP), autocommit=True)

    # ---- looking at it -------------------------------------------------------------------------

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table, as text, found without the code under test."""
        self.cluster.start()
        with self.superuser() as connection:
            found = connection.execute(
                "select tablename from pg_tables where schemaname = 'public' order by 1"
            ).fetchall()
            connection.execute("set extra_float_digits = 3")
            every = sql.SQL("select t::text from {} t order by 1")
            return {
                name: [row for (row,) in connection.execute(every.format(sql.Identifier(name)))]
                for (name,) in found
            }

    def shape(self) -> dict[str, list[object]]:
        """Everything that is not a row: columns, keys, checks, triggers, policies, rights."""
        self.cluster.start()
        with self.superuser() as connection:
            return {about: connection.execute(ask).fetchall() for about, ask in SHAPE.items()}

    def counters(self) -> list[object]:
        """The last value of each sequence."""
        self.cluster.start()
        with self.superuser() as connection:
            return connection.execute(
                "select sequencename, last_value from pg_sequences order by 1"
            ).fetchall()


SHAPE = {
    "columns": "select table_name, column_name, data_type, is_nullable, column_default,"
    " is_identity, generation_expression from information_schema.columns"
    " where table_schema = 'public' order by 1, 2",
    "keys and checks": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid),"
    " convalidated from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2",
    "indexes": "select indexdef from pg_indexes where schemaname = 'public' order by 1",
    "triggers": "select pg_get_triggerdef(oid), tgenabled from pg_trigger"
    " where not tgisinternal order by 1",
    "policies": "select tablename, policyname, cmd, qual, with_check from pg_policies"
    " order by 1, 2",
    "guarded, whose, rights": "select relname, relrowsecurity, relforcerowsecurity,"
    " relowner::regrole::text, relacl::text from pg_class"
    " where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1",
}
