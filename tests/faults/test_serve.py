"""`handrail serve` as whoever runs an installation meets it."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import psutil
import pytest

from handrail.foundation.database.cluster import Cluster
from tests.faults.conftest import alive, kill_at_once


@pytest.fixture
def handrail(tmp_path):
    """Start one of its commands on a data folder of its own, and end what is left of it."""
    started = []

    def start(*words):
        kept = {key: value for key, value in os.environ.items() if not key.startswith("HANDRAIL_")}
        command = [sys.executable, "-m", "handrail.config.commands", *words]
        made = subprocess.Popen(
            [*command, "--data", tmp_path / "data"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=kept | {"PYTHONUNBUFFERED": "1"},
        )
        started.append(made)
        return made

    yield start
    for one in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            kill_at_once([psutil.Process(one.pid), *children(one)])
    Cluster(tmp_path / "data" / "postgres").stop()


def children(process):
    """What a process has started, and what those have."""
    return psutil.Process(process.pid).children(recursive=True)


def wait_for(process, words):
    """Read what it prints until these words come."""
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return
    pytest.fail(f"{words!r} never came; it said:\n{said}")


def wait_until_healthy(process, port):
    """Ask until it answers."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as page:
                assert page.read() == b"ok\n"
                return
        except (urllib.error.URLError, OSError):
            psutil.wait_procs(children(process), timeout=0.3)
    pytest.fail("it ended")


def test_parts_that_are_killed_come_back_and_all_stop_together(handrail, free_port):
    refused = handrail("serve", "--port", str(free_port))
    assert "./run handrail upgrade" in refused.communicate()[0]
    assert refused.returncode == 2
    assert "Done." in handrail("upgrade").communicate()[0]
    serving = handrail("serve", "--port", str(free_port))
    wait_for(serving, "Serving at")
    wait_until_healthy(serving, free_port)
    for module, name in (("granian", "web server"), ("handrail.config.worker", "worker")):
        kill_at_once([one for one in children(serving) if module in one.cmdline()])
        wait_for(serving, f"The {name} was ended by SIGKILL; starting it again")
    wait_until_healthy(serving, free_port)
    family = children(serving)
    serving.send_signal(signal.SIGTERM)
    wait_for(serving, "Stopped.")
    assert serving.wait(timeout=60) == 0
    assert alive(family) == []
