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
BROWSER = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
EMPTY = "/robots.txt"
"""A view in the same stack that renders nothing and asks nobody: what a page costs at the least."""
PAGES = (
    "/healthz",
    "/check/me",
    "/check/question/1",
    "/check/result",
)


def measure() -> Iterator[tuple[str, str]]:
    """Start the demo twice and ask for each page 300 times, one at a time."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("first start, database made", "second start"):
            began = time.perf_counter()
            demo, address = start(folder)
            yield what, f"{time.perf_counter() - began:.1f} s"
            if what == "second start":
                _begin_check(address)
                empty = cost(demo, address + EMPTY)
                yield f"CPU for {EMPTY}, the empty view", f"{empty:.2f} ms"
                for page in PAGES:
                    spent = cost(demo, address + page)
                    yield f"CPU for {page}", f"{spent:.2f} ms, {spent / empty:.1f} x empty"
            demo.terminate()
            demo.communicate()


def start(folder: str | Path) -> tuple[subprocess.Popen[str], str]:
    """Start the demo on that folder; gives the process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "handrail.config.demo", "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    address = f"http://localhost:{port}"
    assert demo.stdout is not None
    if not any(address in line for line in demo.stdout):
        sys.exit("The demo did not start.")
    return demo, address


def _begin_check(address: str) -> None:
    """Start a check, so that its question and its result can be asked for."""
    start = urllib.request.Request(f"{address}/check/me", b"", {"Origin": address})
    BROWSER.open(start).read()


def cost(demo: subprocess.Popen[str], url: str, requests: int = REQUESTS) -> float:
    """CPU milliseconds of all the demo's processes for one request."""
    fetch(url)
    family = psutil.Process(demo.pid).children(recursive=True)
    before = _cpu_seconds(family)
    for _ in range(requests):
        fetch(url)
    return (_cpu_seconds(family) - before) / requests * 1000


def fetch(url: str) -> bytes:
    """One page, with the cookies of the pages before."""
    with BROWSER.open(url) as page:
        return bytes(page.read())


def _cpu_seconds(family: list[psutil.Process]) -> float:
    return sum(one.cpu_times().user + one.cpu_times().system for one in family if one.is_running())
