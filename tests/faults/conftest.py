"""Fault tests break things, so each has a database cluster and a demo of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from handrail.foundation.database.cluster import Cluster
from handrail.foundation.processes import runs, wait_for_end
from tests.conftest import ROOT, one_worker_at_a_time

PATIENCE_SECONDS = 300
"""Nothing a demo says takes as long on any machine; without it a run could wait for ever."""


@pytest.fixture
def own_cluster(tmp_path) -> Iterator[Cluster]:
    """A cluster to kill: durable, since it must survive that."""
    made = Cluster(tmp_path / "own" / "postgres")
    yield made
    made.stop()


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    return _free_port()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
        """Read what it prints until `words` come; it is ended when they do not come."""
        too_long = threading.Timer(PATIENCE_SECONDS, self.end)
        too_long.start()
        try:
            for line in self.process.stdout:
                self.said += line
                if words in line:
                    return self.said
        finally:
            too_long.cancel()
        pytest.fail(f"{words!r} never came; it said:\n{self.said}")

    def family(self) -> list[psutil.Process]:
        """The demo, its server and its database."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def end(self) -> None:
        """What a machine that is switched off does."""
        with contextlib.suppress(psutil.NoSuchProcess):
            kill_at_once(self.family())

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


@pytest.fixture(scope="session")
def played_before() -> Path:
    """The data of a demo that was started once and stopped, made once in a run: copy it."""
    with one_worker_at_a_time() as folder:
        data = folder / "played before"
        if not data.exists():
            made = Demo(data, _free_port())
            made.wait_for("Handrail is at")
            assert made.ctrl_c() == 0
    return data


@pytest.fixture
def demo(tmp_path, free_port) -> Iterator[Callable[..., Demo]]:
    """Start a demo: `demo()` or `demo("--date", "2026-11-24", data=folder)`. The first start on a
    folder makes everything; `demo(on=played_before)` goes on from there, which is much quicker.
    """
    started: list[Demo] = []

    def start(
        *options: str, data: Path | None = None, port: int = free_port, on: Path | None = None
    ) -> Demo:
        data = data or tmp_path / "data"
        if on:
            shutil.copytree(on, data, symlinks=True)
        started.append(Demo(data, port, *options))
        return started[-1]

    yield start
    for one in started:
        one.end()
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
