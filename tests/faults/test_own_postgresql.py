"""A PostgreSQL of one's own, set up exactly as docs/how-to/run-handrail.md says."""

import re
import subprocess
import sys

import psycopg
import pytest

from handrail.foundation.database.roles import APP, OWNER
from tests.conftest import ROOT
from tests.faults.test_demo import READY


@pytest.fixture
def own_postgresql(own_cluster):
    """A cluster without our roles, then readied by the statements of the page."""
    own_cluster.start()
    page = (ROOT / "docs" / "how-to" / "run-handrail.md").read_text()
    make_roles, ready_schema = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with psycopg.connect(own_cluster.url("postgres", "postgres"), autocommit=True) as superuser:
        for statement in ("drop database handrail", f"drop role {OWNER}", f"drop role {APP}"):
            superuser.execute(statement)
        for statement in make_roles.split(";\n"):
            superuser.execute(statement)
    with psycopg.connect(own_cluster.url("postgres"), autocommit=True) as superuser:
        superuser.execute(ready_schema)
    return own_cluster


def test_with_an_address_for_each_role(own_postgresql, demo, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", own_postgresql.url(OWNER))
    monkeypatch.setenv("DATABASE_APP_URL", own_postgresql.url(APP))
    one = demo()
    assert "Using the PostgreSQL that DATABASE_URL names." in one.wait_for(READY)
    assert one.get("/healthz") == (200, "ok\n")
    assert users_at_work(own_postgresql) == {APP}
    assert one.ctrl_c() == 0
    assert own_postgresql.running()
    assert not (one.data / "postgres").exists()


def test_with_the_owners_address_alone_the_site_becomes_the_app_role(
    own_postgresql, demo, monkeypatch
):
    with psycopg.connect(own_postgresql.url("postgres"), autocommit=True) as superuser:
        superuser.execute(f"grant {APP} to {OWNER}")
    monkeypatch.setenv("DATABASE_URL", own_postgresql.url(OWNER))
    one = demo()
    one.wait_for(READY)
    assert one.get("/healthz") == (200, "ok\n")
    assert users_at_work(own_postgresql) == {OWNER}
    ask = (
        "import django; django.setup()\n"
        "from django.db import connection as c\n"
        "with c.cursor() as cursor: print(*cursor.execute('select current_user').fetchone())"
    )
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    assert subprocess.check_output([sys.executable, "-c", ask], text=True).strip() == APP


def users_at_work(cluster):
    """Who is signed in to the site's database."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        rows = superuser.execute(
            "select usename from pg_stat_activity"
            " where datname = 'handrail' and pid <> pg_backend_pid()"
        )
        return {name for (name,) in rows}
