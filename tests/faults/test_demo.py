"""`./run demo` as a person meets it: started, stopped, killed, started again."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.conftest import ROOT
from tests.faults.conftest import alive, kill_at_once

READY = "Handrail is at http://localhost:"


def test_ctrl_c_stops_what_it_started_and_nothing_else(demo, cluster):
    one = demo()
    one.wait_for(READY)
    assert one.get("/healthz") == (200, "ok\n")
    family = one.family()
    assert len(family) > 3  # itself, the server and its worker, the database
    assert one.ctrl_c() == 0
    assert "Stopped. Everything is kept" in one.said
    assert alive(family) == []
    assert cluster.running()


def test_after_everything_was_killed_the_next_start_works(demo, played_before):
    one = demo(on=played_before)
    one.wait_for(READY)
    kill_at_once(one.family())
    again = demo()
    again.wait_for(READY)
    assert again.get("/healthz")[0] == 200


def test_after_only_the_launcher_was_killed_the_next_start_takes_over(demo, played_before):
    one = demo(on=played_before)
    one.wait_for(READY)
    family = one.family()
    kill_at_once(family[:1])
    again = demo()
    assert "Ended what an earlier run had left running." in again.wait_for(READY)
    assert again.get("/healthz")[0] == 200
    assert again.ctrl_c() == 0
    assert alive(family) == []


def test_a_killed_database_comes_back_under_the_running_site(demo, played_before):
    one = demo(on=played_before)
    one.wait_for(READY)
    database = psutil.Process(
        int((one.data / "postgres" / "postmaster.pid").read_text().split()[0])
    )
    kill_at_once([database])
    one.wait_for("PostgreSQL had stopped; starting it again")
    while one.get("/healthz")[0] != 200:
        assert one.process.poll() is None
    assert one.ctrl_c() == 0


def test_a_taken_port_is_said_with_the_way_out(demo, free_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        one = demo()
        said = one.wait_for("./run demo --port")
    assert f"Something else listens on port {free_port}" in said
    assert one.process.wait(timeout=30) == 1


def test_a_second_demo_on_the_same_data_is_refused(demo, played_before):
    demo(on=played_before).wait_for(READY)
    second = demo()
    second.wait_for("A demo is running on")
    assert second.process.wait(timeout=30) == 1


def test_the_demo_clock_starts_at_ten_to_six_and_goes_on_where_it_stopped(demo):
    one = demo("--date", "2026-11-24")
    assert "It is Tuesday, November 24, 2026, 17:50 in the demo." in one.wait_for(READY)
    one.ctrl_c()
    stopped_at = json.loads((one.data / "clock.json").read_text())["stopped_at"]
    assert stopped_at.startswith("2026-11-24T22:5")
    assert "It is Tuesday, November 24, 2026, 17:5" in demo().wait_for(READY)


def test_fresh_forgets_the_database_and_keeps_other_files(demo, played_before):
    one = demo(on=played_before)
    one.wait_for(READY)
    one.ctrl_c()
    (one.data / "letter.txt").write_text("mine")
    made = (one.data / "postgres" / "PG_VERSION").stat().st_mtime_ns
    again = demo("--fresh")
    again.wait_for(READY)
    assert (again.data / "postgres" / "PG_VERSION").stat().st_mtime_ns > made
    assert (again.data / "letter.txt").read_text() == "mine"


def test_paths_with_spaces_and_nothing_typed_into_an_address_reaches_the_output(
    demo, played_before, tmp_path
):
    one = demo(data=tmp_path / "my own data", on=played_before)
    one.wait_for(READY)
    one.get("/?name=Maria-Lopez")
    one.get("/nowhere?name=Maria-Lopez")
    one.ctrl_c()
    assert "Maria" not in one.said
    assert "Maria" not in (one.data / "postgres" / "server.log").read_text()


@pytest.mark.parametrize("port", ["0", "99999", "-1", "²", "9" * 5000])
def test_what_is_no_port_is_said_without_a_traceback(tmp_path, port):
    done = start(f"--port={port}", f"--data={tmp_path}")
    assert done.returncode == 2
    assert "a port is a number from 1 to 65535" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_knows_latin_1_only_reads_every_line(demo, played_before, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    one = demo(on=played_before)
    one.wait_for(READY)
    assert one.ctrl_c() == 0
    assert "Stopping ..." in one.said
    assert "Traceback" not in one.said


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of so many MB: `small_disk(8)`."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = []

    def mount(megabytes, *options):
        disk = tmp_path / "disk"
        disk.mkdir(exist_ok=True)
        words = ",".join([f"size={megabytes}m", *options])
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", words, "test", disk], check=False)
        if done.returncode:
            pytest.skip("this machine lets nobody mount a small disk")
        mounted.append(disk)
        return disk

    yield mount
    for disk in mounted:
        subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk):
    """Leave no byte free."""
    with (disk / "ballast").open("ab", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(b"0" * 4096):
            pass


@contextlib.contextmanager
def kept_full(disk):
    """Take what others give back too: a database that starts again removes files first."""
    enough = threading.Event()

    def take():
        while not enough.wait(0.02):
            fill(disk)

    with ThreadPoolExecutor(1) as one:
        fill(disk)
        taking = one.submit(take)
        try:
            yield
        finally:
            enough.set()
            taking.result()


def test_a_full_disk_does_not_end_the_site_and_it_recovers_by_itself(
    demo, played_before, small_disk
):
    disk = small_disk(700)
    one = demo(data=disk / "data", on=played_before)
    one.wait_for(READY)
    database = psutil.Process(
        int((one.data / "postgres" / "postmaster.pid").read_text().split()[0])
    )
    with kept_full(disk):
        kill_at_once([database])
        one.wait_for("The disk is full")
    assert one.get("/what-is-iop")[0] == 200
    assert one.process.poll() is None
    (disk / "ballast").unlink()
    while one.get("/healthz")[0] != 200:
        assert one.process.poll() is None
    assert one.ctrl_c() == 0
    assert "Traceback" not in one.said


def test_a_start_on_a_full_disk_says_so(small_disk):
    disk = small_disk(3)
    fill(disk)
    done = start(f"--data={disk / 'data'}")
    assert done.returncode == 1
    assert "No space left" in done.stderr or "disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_start_on_a_read_only_disk_says_so(small_disk):
    disk = small_disk(3, "ro")
    done = start(f"--data={disk / 'data'}")
    assert done.returncode == 1
    assert "Read-only" in done.stderr
    assert "Traceback" not in done.stderr


def start(*options):
    """A demo that does not come up: what it said, and how it ended."""
    command = [sys.executable, ROOT / "run", "demo", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_unknown_word_shows_the_help():
    done = subprocess.run(
        [sys.executable, ROOT / "run", "dmeo"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "does not know the word 'dmeo'" in done.stderr
    assert "./run demo" in done.stderr


def test_help_fits_one_screen():
    done = subprocess.run(
        [sys.executable, ROOT / "run", "help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )
    lines = done.stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
