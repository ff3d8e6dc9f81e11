"""The server: how long it takes to start, and what a page costs."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = 300
PAGES = ("/healthz", "/")


def measure() -> Iterator[tuple[str, str]]:
    """Start the demo twice and ask for each page 300 times, one at a time."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("first start, database made", "second start"):
            began = time.perf_counter()
            demo, address = _start(folder)
            yield what, f"{time.perf_counter() - began:.1f} s"
            if what == "second start":
                for page in PAGES:
                    yield (
                        f"server and database CPU for {page}",
                        f"{_cost(demo, address + page):.2f} ms",
                    )
            demo.terminate()
            demo.communicate()


def _start(folder: str) -> tuple[subprocess.Popen[str], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "handrail.config.demo", "--port", str(port), "--data", folder],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    address = f"http://localhost:{port}"
    assert demo.stdout is not None
    if not any(address in line for line in demo.stdout):
        sys.exit("The demo did not start.")
    return demo, address


def _cost(demo: subprocess.Popen[str], url: str) -> float:
    """CPU milliseconds of all the demo's processes for one request."""
    family = psutil.Process(demo.pid).children(recursive=True)
    _fetch(url)
    before = _cpu_seconds(family)
    for _ in range(REQUESTS):
        _fetch(url)
    return (_cpu_seconds(family) - before) / REQUESTS * 1000


def _fetch(url: str) -> None:
    with urllib.request.urlopen(url) as page:
        page.read()


def _cpu_seconds(family: list[psutil.Process]) -> float:
    return sum(one.cpu_times().user + one.cpu_times().system for one in family if one.is_running())
