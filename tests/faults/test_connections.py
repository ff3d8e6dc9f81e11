"""The site stays open to everyone, however many connections others hold."""

import socket
from contextlib import ExitStack

from tests.faults.test_demo import READY

MANY = 200
PATIENCE = 10
"""Seconds; shorter than any connection may stay idle, so waiting for one to end does not help."""
ASK = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_idle_browsers_and_unfinished_requests_lock_nobody_out(demo, played_before):
    one = demo(on=played_before)
    one.wait_for(READY)
    with ExitStack() as held:
        for _ in range(MANY):  # a browser that has seen a page keeps its connection
            browser = held.enter_context(connected(one.port))
            browser.sendall(ASK)
            assert browser.recv(65_536).startswith(b"HTTP/1.1 200")
        for _ in range(MANY):  # somebody begins to ask and never ends
            held.enter_context(connected(one.port)).sendall(ASK[:-4] + b"\r\nX-More: ")
        newcomer = held.enter_context(connected(one.port))
        newcomer.sendall(ASK.replace(b"/robots.txt", b"/healthz"))
        assert newcomer.recv(65_536).startswith(b"HTTP/1.1 200")
    assert one.ctrl_c() == 0


def connected(port):
    """A connection to the site that gives up after a while."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
