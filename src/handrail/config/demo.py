"""What `./run demo` does: database, tables, static files, server, address; and back again."""

import argparse
import os
import secrets
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FrameType

from handrail.config.server import WEB, parts, watch
from handrail.foundation.clock import DemoClock
from handrail.foundation.database.account import CannotRun
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.disk import why_not_written
from handrail.foundation.processes import Held, Register, hold
from handrail.foundation.supervision import Supervisor
from handrail.foundation.terminal import print_anywhere

_PATIENCE_SECONDS = 600  # a slow machine with a large database may take minutes
_LAST_PORT = 65_535


def main() -> None:
    """Serve the demo until Ctrl-C."""
    print_anywhere()
    options = _options()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, _leave)
    try:
        with _only_one(options.data):
            _serve(options)
    except CannotRun as refusal:
        sys.exit(f"\n{refusal}")
    except Exception as error:  # the edge: whatever could not be written says so here
        if not (why := why_not_written(error)):
            raise
        sys.exit(f"\n{why}")
    except SystemExit as end:
        if end.code:
            raise
        print("Stopped. Everything is kept; ./run demo goes on from here.")


def _serve(options: argparse.Namespace) -> None:
    data: Path = options.data
    register = Register(data / "server.json")
    if register.end_leftovers():
        print("Ended what an earlier run had left running.")
    _require_free(options.port)
    if options.fresh:
        _forget(data)
    clock = DemoClock(data / "clock.json")
    evening = clock.begin(options.date)
    print(f"It is {evening:%A, %B} {evening.day}, {evening:%Y, %H:%M} in the demo.")
    with _database(data / "postgres") as cluster:
        _prepare(data, options.port, evening.date())
        supervisor = Supervisor(register, say=_say)
        try:
            supervisor.start(parts(host="127.0.0.1", port=options.port))
            _wait_until_healthy(options.port, supervisor)
            supervisor.remember()
            print(f"\n  Handrail is at http://localhost:{options.port}\n\nCtrl-C stops it.")
            watch(supervisor, cluster, each_second=clock.keep)
        finally:
            supervisor.stop()
            clock.keep()


def _say(text: str) -> None:
    print(text, flush=True)


# ---- before anything starts ------------------------------------------------------------------


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="Start the demo.")
    parser.add_argument("--port", type=_port, default=8000, help="where it listens (8000)")
    data = Path(os.environ.get("HANDRAIL_DATA", ".handrail"))
    parser.add_argument("--data", type=Path, default=data, help="where its data lives (.handrail)")
    parser.add_argument("--date", type=date.fromisoformat, help="the evening it plays: YYYY-MM-DD")
    parser.add_argument("--fresh", action="store_true", help="forget the old data first")
    options = parser.parse_args()
    options.data = options.data.absolute()
    return options


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= _LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 1 to {_LAST_PORT}, not {text!r}")


def _leave(number: int, frame: FrameType | None) -> None:
    """The first request to stop begins the orderly end; more of them do not disturb it."""
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    sys.exit(0)


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """Hold the data folder: a second demo on it would stop the database under the first."""
    with ExitStack() as held:
        try:
            held.enter_context(hold(data))
        except OSError as error:
            raise CannotRun(f"{data} cannot be written: {error.strerror}.") from error
        except Held as error:
            raise CannotRun(
                f"A demo is running on {data} already. Stop it first, or give this one\n"
                "a folder of its own: ./run demo --data FOLDER --port 8001"
            ) from error
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CannotRun(
                f"You may not listen on port {port}: those below 1024 are root's. Choose another:\n"
                "  ./run demo --port 8000"
            ) from error
        except OSError as error:
            raise CannotRun(
                f"Something else listens on port {port}. Choose another:\n"
                f"  ./run demo --port {port + 1}"
            ) from error


def _forget(data: Path) -> None:
    """Remove what the demo made, and nothing a person may have put beside it."""
    Cluster(data / "postgres").stop()
    for name in ("postgres", "static", "postgresql-programs"):
        if (data / name).exists():
            shutil.rmtree(data / name)
    for name in ("clock.json", "secret_key"):
        (data / name).unlink(missing_ok=True)


# ---- starting --------------------------------------------------------------------------------


@contextmanager
def _database(folder: Path) -> Iterator[Cluster | None]:
    """The embedded PostgreSQL, stopped afterwards; or the one DATABASE_URL names, left alone."""
    if "DATABASE_URL" in os.environ:
        print("Using the PostgreSQL that DATABASE_URL names.")
        yield None
        return
    cluster = Cluster(folder)
    print("Starting PostgreSQL …" if folder.exists() else "Making the database …", flush=True)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _prepare(data: Path, port: int, evening: date) -> None:
    """Bring tables, static files and the demo's people, and set what the server will read."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_DATA": str(data),
        "HANDRAIL_PORT": str(port),
        "HANDRAIL_PLAIN_HTTP": "1",
        "HANDRAIL_STATIC": str(data / "static"),
        "HANDRAIL_SECRET_KEY": _secret_key(data / "secret_key"),
        "HANDRAIL_AS_OWNER": "1",
        "HANDRAIL_DEMO": "1",
    }
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    print("Bringing tables and static files up to date …", flush=True)
    _require_ours()
    call_command("migrate", verbosity=0, interactive=False)
    _load_people(evening)
    connection.close()
    call_command("collectstatic", verbosity=0, interactive=False)
    del os.environ["HANDRAIL_AS_OWNER"]


def _require_ours() -> None:
    """Refuse tables of another Handrail, before the first of them is changed."""
    # It imports models, which exist only after setup.
    from handrail.foundation.backup import outcome, rebuild

    try:
        rebuild.pending()
    except outcome.Refused as refusal:
        raise CannotRun(str(refusal)) from refusal


def _load_people(evening: date) -> None:
    demo = import_module("handrail.demo.load")  # its models exist only after setup
    if not demo.load(day=evening) and demo.loaded_for() != evening:
        day = demo.loaded_for()
        print(
            f"What is stored here was made for {day:%B} {day.day}, {day:%Y}.\n"
            f"To see this evening as it begins: ./run demo --fresh --date {evening}"
        )


def _secret_key(path: Path) -> str:
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(path)
    return path.read_text()


def _wait_until_healthy(port: int, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not supervisor.running(WEB):
            raise CannotRun("The server ended at once; what it said is above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise CannotRun("The server does not answer; what it said is above.")


if __name__ == "__main__":
    main()
