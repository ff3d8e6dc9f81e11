"""How the site is served: its parts, and the limits the web server works within.

A connection is not a request. A browser keeps half a dozen open and asks for something over one
of them now and then, so many are let in, and few things are done at once: as many as there are
threads, each with a database connection of its own.
"""

import resource
import sys
import time
from collections.abc import Callable

from handrail.foundation.database.cluster import Cluster
from handrail.foundation.supervision import Part, Supervisor

THREADS = 16
"""Requests worked on at once. settings.py bounds the database pool by the same number."""

CONNECTIONS = 4_096
"""Connections held open at once, idle ones included. Each costs a few kilobytes and a file."""

IDLE_SECONDS = 15
"""How long a connection may take to send its headers, and how long it may be idle in between.

Short, so that whoever opens many and sends nothing does not keep them. The board asks every five
seconds and so stays on the connection it has.
"""

_AGAIN_SECONDS = 5
"""How long after PostgreSQL could not come back it is tried again."""
_OTHER_FILES = 256


WEB, WORKER = "web server", "worker"


def parts(*, host: str, port: int) -> tuple[Part, ...]:
    """What the site consists of, beside its database."""
    return (
        Part(WEB, _web_command(host, port), patience=10),
        Part(WORKER, (sys.executable, "-m", "handrail.config.worker")),
    )


def watch(
    supervisor: Supervisor,
    cluster: Cluster | None,
    *,
    each_second: Callable[[], object] = lambda: None,
) -> None:
    """Until somebody stops us: start again what ended, the embedded database too.

    Where it cannot come back now, on a full disk, it is tried again; what needs no database is
    served meanwhile.
    """
    again = 0.0
    while True:
        time.sleep(1)
        each_second()
        if cluster and not cluster.running() and time.monotonic() >= again:
            supervisor.say("PostgreSQL had stopped; starting it again …")
            if not cluster.start_again(say=supervisor.say):
                again = time.monotonic() + _AGAIN_SECONDS
        supervisor.check()


def _web_command(host: str, port: int) -> tuple[str, ...]:
    """It writes no access log: an address or a query may hold what a person typed."""
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--log-level", "error", "--host", host, "--port", str(port)),
        *("--blocking-threads", str(THREADS), "--backlog", "2048"),
        *("--backpressure", str(_connections())),
        *("--http1-header-read-timeout", str(IDLE_SECONDS * 1000)),
        "handrail.config.wsgi:application",
    )


def _connections() -> int:
    """As many as wanted, or as the machine lets one process have files.

    Children inherit the limit that is raised here.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + _OTHER_FILES
    files = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(files - _OTHER_FILES, files // 2)
