"""A PostgreSQL of one's own, set up exactly as docs/how-to/run-handrail.md says."""

import re
import shutil
import subprocess
import sys

import psycopg
import pytest

from handrail.foundation.backup.catalog import LEFT_OUT
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP, OWNER
from tests.conftest import ROOT
from tests.faults.installation import Installation
from tests.faults.test_demo import READY


@pytest.fixture
def own_postgresql(own_cluster):
    """A cluster without our roles, then readied by the statements of the page."""
    ready(own_cluster)
    return own_cluster


def ready(cluster):
    """Start it, and type what the page says."""
    cluster.start()
    page = (ROOT / "docs" / "how-to" / "run-handrail.md").read_text()
    make_roles, ready_schema = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as superuser:
        for statement in ("drop database handrail", f"drop role {OWNER}", f"drop role {APP}"):
            superuser.execute(statement)
        for statement in make_roles.split(";\n"):
            superuser.execute(statement)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        superuser.execute(ready_schema)
    know_passwords(cluster, {OWNER: "choose-one", APP: "choose-another"})


def know_passwords(cluster, passwords):
    """From now on its addresses find the passwords that an administrator chose."""
    kept = [
        line
        for line in cluster.passwords.read_text().splitlines()
        if line.split(":")[3] not in passwords
    ]
    kept += [f"*:*:*:{role}:{password}" for role, password in passwords.items()]
    cluster.passwords.write_text("\n".join(kept) + "\n")


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


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Such a cluster with the demo loaded, stopped: made once, tests work on copies."""
    folder = tmp_path_factory.mktemp("filled")
    cluster = Cluster(folder / "own" / "postgres")
    ready(cluster)
    installation(cluster, folder / "data").fill()
    cluster.stop()
    return folder


@pytest.fixture
def loaded(filled, tmp_path):
    """Handrail on it, with the demo loaded and each role's address in the environment."""
    shutil.copytree(filled, tmp_path, symlinks=True, dirs_exist_ok=True)
    cluster = Cluster(tmp_path / "own" / "postgres")
    cluster.start()
    made = installation(cluster, tmp_path / "data")
    (made.data / "secret_key").unlink()
    yield made
    cluster.stop()


def installation(cluster, data):
    """Handrail on that cluster, its key held by the administrator."""
    return Installation(
        data,
        environment={
            "DATABASE_URL": cluster.url(OWNER),
            "DATABASE_APP_URL": cluster.url(APP),
            "HANDRAIL_SECRET_KEY": "held by the administrator",
        },
        given=cluster,
    )


@pytest.fixture
def reader(loaded):
    """The role that reads everything, made as docs/how-to/back-up-and-restore.md says."""
    page = (ROOT / "docs" / "how-to" / "back-up-and-restore.md").read_text()
    (make_role,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with loaded.superuser() as superuser:
        superuser.execute(make_role)
    know_passwords(loaded.given, {"handrail_backup": "choose-a-third"})
    loaded.environment["DATABASE_BACKUP_URL"] = loaded.cluster.url("handrail_backup")
    return loaded


def test_the_owner_cannot_back_up_what_it_cannot_see_and_is_told_who_can(loaded, tmp_path):
    done = loaded.handrail("backup", tmp_path / "kept.handrail")
    assert done.returncode == 2
    assert "create role handrail_backup login bypassrls" in done.stderr
    assert not (tmp_path / "kept.handrail").exists()


def test_backup_and_restore_with_a_role_that_reads_everything(reader, tmp_path):
    before, shape = reader.rows(), reader.shape()
    kept = tmp_path / "kept.handrail"
    done = reader.handrail("backup", kept)
    assert done.returncode == 0, done.stderr
    assert "Keep HANDRAIL_SECRET_KEY elsewhere" in done.stdout
    with reader.app():
        running = reader.handrail("restore", "--replace", kept)
    assert "The site is running on this database" in running.stderr
    with reader.owner() as owner:
        owner.execute("drop table later_note, organizations_credential cascade")
    again = reader.handrail("restore", "--replace", kept)
    assert again.returncode == 0, again.stderr
    assert "secret key here is not" not in again.stdout
    after = reader.rows()
    for name in ("audit_auditentry", *LEFT_OUT):
        before.pop(name)
        after.pop(name)
    assert (after, reader.shape()) == (before, shape)
    assert reader.cluster.running()


def test_the_role_that_reads_everything_changes_nothing(reader):
    with (
        psycopg.connect(reader.cluster.url("handrail_backup"), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("delete from later_note")


def test_an_upgrade_with_a_role_that_reads_everything(reader, tmp_path):
    before = reader.rows()
    reader.later = "second"
    done = reader.handrail("upgrade", "--backup", tmp_path / "kept.handrail")
    assert done.returncode == 0, done.stderr
    assert len(reader.rows()["later_note"]) == len(before["later_note"])
    assert "Nothing to do" in reader.handrail("upgrade").stdout


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path):
    nowhere = "postgresql://handrail_owner:open-sesame@/handrail?host=/nonexistent"
    place = Installation(tmp_path / "data", environment={"DATABASE_URL": nowhere})
    for words in (("backup", tmp_path / "kept.handrail"), ("upgrade",)):
        done = place.handrail(*words)
        assert done.returncode == 2
        assert "the database does not answer" in done.stderr
        assert "open-sesame" not in done.stdout + done.stderr


def users_at_work(cluster):
    """Who is signed in to the site's database."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        rows = superuser.execute(
            "select usename from pg_stat_activity"
            " where datname = 'handrail' and pid <> pg_backend_pid()"
        )
        return {name for (name,) in rows}
