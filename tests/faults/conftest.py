"""Fault tests break things, so each has a database cluster and a demo of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from handrail.foundation.database.cluster import Cluster
from handrail.foundation.processes import runs, wait_for_end
from tests.conftest import ROOT


@pytest.fixture
def own_cluster(tmp_path) -> Iterator[Cluster]:
    """A cluster to kill: durable, since it must survive that."""
    made = Cluster(tmp_path / "own" / "postgres")
    yield made
    made.stop()


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """A `./run demo` as a real process, in a terminal session of its own."""

    def __init__(self, data: Path, port: int, *options: str) -> None:
        self.data, self.port = data, port
        command = [sys.executable, ROOT / "run", "demo", "--port", str(port), "--data", data]
        self.process = subprocess.Popen(
            [*command, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.said = ""

    def wait_for(self, words: str) -> str:
        """Read what it prints until `words` come."""
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return self.said
        pytest.fail(f"{words!r} never came; it said:\n{self.said}")

    def family(self) -> list[psutil.Process]:
        """The demo, its server and its database."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def ctrl_c(self) -> int:
        """What Ctrl-C in its terminal does: SIGINT to the whole foreground group."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.said += self.process.stdout.read()
        return self.process.wait(timeout=60)

    def get(self, path: str) -> tuple[int, str]:
        """Fetch one of its pages."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def demo(tmp_path, free_port) -> Iterator[Callable[..., Demo]]:
    """Start a demo: `demo()` or `demo("--date", "2026-11-24", data=folder)`."""
    started: list[Demo] = []

    def start(*options: str, data: Path | None = None, port: int = free_port) -> Demo:
        started.append(Demo(data or tmp_path / "data", port, *options))
        return started[-1]

    yield start
    for one in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            kill_at_once(one.family())
        Cluster(one.data / "postgres").stop()


def kill_at_once(processes: list[psutil.Process]) -> None:
    """kill -9, and wait until they are gone."""
    for one in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    assert wait_for_end(processes, seconds=30) == []


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those of the processes that still run."""
    return [one for one in processes if runs(one)]
