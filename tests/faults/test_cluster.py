"""The embedded PostgreSQL, killed, interrupted, misplaced."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from handrail.foundation.database.account import CannotRun, unprivileged_account
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.database.roles import APP, OWNER
from tests.faults.conftest import alive


def test_what_was_committed_survives_a_kill(own_cluster):
    own_cluster.start()
    with psycopg.connect(own_cluster.url(), autocommit=True) as owner:
        owner.execute("create table kept as select generate_series(1, 1000) as n")
    os.kill(own_cluster.pid(), signal.SIGKILL)
    own_cluster.start()
    with psycopg.connect(own_cluster.url()) as owner:
        assert owner.execute("select count(*) from kept").fetchone() == (1000,)


def test_a_running_server_is_taken_over_not_started_twice(own_cluster):
    own_cluster.start()
    first = own_cluster.pid()
    Cluster(own_cluster.data).start()
    assert own_cluster.pid() == first


def test_a_first_start_that_was_killed_leaves_nothing_half_made(own_cluster):
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from handrail.foundation.database.cluster import Cluster\n"
        "os.rename = Path.rename = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Cluster(Path(sys.argv[1])).start()\n"
    )
    done = subprocess.run([sys.executable, "-c", program, own_cluster.data], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not own_cluster.data.exists()
    own_cluster.start()
    assert [path.name for path in own_cluster.data.parent.iterdir()] == ["postgres"]


def test_a_stale_number_of_another_process_does_not_stop_the_start(own_cluster):
    own_cluster.start()
    own_cluster.stop()
    stranger = f"{os.getpid()}\n{own_cluster.data}\n0\n5432\n\n\n0 0\nready\n"
    (own_cluster.data / "postmaster.pid").write_text(stranger)
    own_cluster.start()
    assert own_cluster.pid() != os.getpid()


@pytest.mark.parametrize("name", ["with space, comma and 'quotes\"", "long-" * 30])
def test_folders_with_odd_and_long_names(tmp_path, name):
    cluster = Cluster(tmp_path / name / "postgres")
    cluster.start()
    try:
        psycopg.connect(cluster.url()).close()
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()
    assert cluster.socket_folder.exists() == (cluster.socket_folder == cluster.data)


@pytest.mark.parametrize("role", ["postgres", OWNER, APP])
def test_whoever_reaches_the_socket_is_asked_for_a_password(own_cluster, role):
    own_cluster.start()
    at_the_socket = {"host": str(own_cluster.socket_folder), "dbname": "postgres", "user": role}
    for password in ("", "guessed"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**at_the_socket, password=password, passfile="/dev/null")
    psycopg.connect(own_cluster.url(role)).close()
    assert own_cluster.passwords.stat().st_mode & 0o777 == 0o600


def test_a_cluster_that_trusted_everybody_asks_from_its_next_start_on(own_cluster):
    own_cluster.start()
    own_cluster.stop()
    (own_cluster.data / "pg_hba.conf").write_text("local all all trust\n")
    own_cluster.passwords.unlink()
    own_cluster.start()
    at_the_socket = {"host": str(own_cluster.socket_folder), "dbname": "postgres", "user": OWNER}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**at_the_socket, password="guessed", passfile="/dev/null")
    psycopg.connect(own_cluster.url()).close()


def test_it_listens_on_no_network_port(own_cluster):
    own_cluster.start()
    kinds = [one.family.name for one in psutil.Process(own_cluster.pid()).net_connections("all")]
    assert set(kinds) == {"AF_UNIX"}


def test_folders_above_keep_their_permissions(own_cluster, tmp_path):
    tmp_path.chmod(0o700)
    own_cluster.start()
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert own_cluster.data.stat().st_mode & 0o777 == 0o700


def test_data_of_another_major_version_is_refused_with_the_way_over(own_cluster):
    own_cluster.start()
    own_cluster.stop()
    (own_cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(
        CannotRun, match=r"(?s)written by PostgreSQL 17.*handrail backup.*handrail restore"
    ):
        own_cluster.start()
    assert not own_cluster.running()


def test_a_folder_that_holds_something_else_is_left_alone(own_cluster):
    own_cluster.data.mkdir(parents=True)
    (own_cluster.data / "letter.txt").write_text("mine")
    with pytest.raises(CannotRun, match="holds no PostgreSQL data"):
        own_cluster.start()
    assert (own_cluster.data / "letter.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_said_plainly():
    with pytest.raises(CannotRun, match="cannot be written"):
        Cluster(Path("/proc/nowhere/postgres")).start()


def test_a_full_disk_is_said_plainly(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "handrail-test", disk], check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        with pytest.raises(CannotRun, match="The disk is full"):
            Cluster(disk / "postgres").start()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_stopping_ends_every_process_of_the_server_and_no_other(own_cluster, cluster):
    own_cluster.start()
    server = psutil.Process(own_cluster.pid())
    family = [server, *server.children(recursive=True)]
    own_cluster.stop()
    assert alive(family) == []
    assert cluster.running()


def test_root_without_namespaces_runs_it_as_nobody(tmp_path_factory):
    if os.geteuid() != 0:
        pytest.skip("only root needs another account")
    # Outside pytest's own folder, which nobody else may enter.
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder, "data", "postgres"))
        cluster.start(account=unprivileged_account(cluster.data))
        try:
            assert psutil.Process(cluster.pid()).uids().effective != 0
            cluster.stop()
            cluster.start()  # namespaces or not, the folder stays with whom it was given to
            psycopg.connect(cluster.url()).close()
        finally:
            cluster.stop()
