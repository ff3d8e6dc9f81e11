"""The server: how long it takes to start, and what a page costs."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
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
    "/",
    "/levels-of-care",
    "/what-is-iop",
    "/glossary",
    "/about",
    "/check/me",
    "/check/question/1",
    "/check/result",
)


def measure() -> Iterator[tuple[str, str]]:
    """Start the demo twice and ask for each page 300 times, one at a time."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("first start, database made", "second start"):
            began = time.perf_counter()
            demo, address = _start(folder)
            yield what, f"{time.perf_counter() - began:.1f} s"
            if what == "second start":
                _begin_check(address)
                empty = _cost(demo, address + EMPTY)
                yield f"CPU for {EMPTY}, the empty view", f"{empty:.2f} ms"
                for page in PAGES:
                    cost = _cost(demo, address + page)
                    yield f"CPU for {page}", f"{cost:.2f} ms, {cost / empty:.1f} x empty"
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


def _begin_check(address: str) -> None:
    """Start a check, so that its question and its result can be asked for."""
    page = _fetch(f"{address}/check/me").decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    start = urllib.request.Request(f"{address}/check/me", form, {"Origin": address})
    BROWSER.open(start).read()


def _cost(demo: subprocess.Popen[str], url: str) -> float:
    """CPU milliseconds of all the demo's processes for one request."""
    family = psutil.Process(demo.pid).children(recursive=True)
    _fetch(url)
    before = _cpu_seconds(family)
    for _ in range(REQUESTS):
        _fetch(url)
    return (_cpu_seconds(family) - before) / REQUESTS * 1000


def _fetch(url: str) -> bytes:
    with BROWSER.open(url) as page:
        return bytes(page.read())


def _cpu_seconds(family: list[psutil.Process]) -> float:
    return sum(one.cpu_times().user + one.cpu_times().system for one in family if one.is_running())
