"""What `./run demo` does: database, tables, static files, server, address; and back again."""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FrameType

from handrail.foundation.clock import DemoClock
from handrail.foundation.database.account import CannotRun
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.processes import Held, Register, hold

_THREADS = 8
_PATIENCE_SECONDS = 60
_LETTERS_EVERY_SECONDS = 60


def main() -> None:
    """Serve the demo until Ctrl-C."""
    options = _options()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, _leave)
    try:
        with _only_one(options.data):
            _serve(options)
    except CannotRun as refusal:
        sys.exit(f"\n{refusal}")
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
        server = _start_server(options.port)
        try:
            _wait_until_healthy(options.port, server)
            register.write(server)
            print(f"\n  Handrail is at http://localhost:{options.port}\n\nCtrl-C stops it.")
            _watch(server, cluster, clock)
        finally:
            _stop_server(server)
            clock.keep()
            register.path.unlink(missing_ok=True)


# ---- before anything starts ------------------------------------------------------------------


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="Start the demo.")
    parser.add_argument("--port", type=int, default=8000, help="where it listens (8000)")
    data = Path(os.environ.get("HANDRAIL_DATA", ".handrail"))
    parser.add_argument("--data", type=Path, default=data, help="where its data lives (.handrail)")
    parser.add_argument("--date", type=date.fromisoformat, help="the evening it plays: YYYY-MM-DD")
    parser.add_argument("--fresh", action="store_true", help="forget the old data first")
    options = parser.parse_args()
    options.data = options.data.absolute()
    return options


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


def _start_server(port: int) -> subprocess.Popen[bytes]:
    """Granian, in a session of its own: Ctrl-C reaches us, and we stop it before the database.

    It writes no access log: an address or a query may hold what a person typed.
    """
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "error"]
    options += ["--host", "127.0.0.1", "--port", str(port), "--blocking-threads", str(_THREADS)]
    options += ["--backpressure", str(_THREADS * 4)]
    command = [sys.executable, "-m", "granian", *options, "handrail.config.wsgi:application"]
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)


def _wait_until_healthy(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CannotRun("The server ended at once; what it said is above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise CannotRun("The server does not answer; what it said is above.")


# ---- while it runs, and the end --------------------------------------------------------------


def _watch(server: subprocess.Popen[bytes], cluster: Cluster | None, clock: DemoClock) -> None:
    """Until somebody stops us: keep the clock, have letters sent, and start the database again if
    it dies.
    """
    letters = Letters()
    with closing(letters):
        _watch_on(server, cluster, clock, letters)


def _watch_on(
    server: subprocess.Popen[bytes],
    cluster: Cluster | None,
    clock: DemoClock,
    letters: "Letters",
) -> None:
    while True:
        try:
            server.wait(timeout=1)
        except subprocess.TimeoutExpired:
            clock.keep()
            letters.go_on()
            if cluster and not cluster.running():
                print("PostgreSQL had stopped; starting it again …", flush=True)
                cluster.start()
        else:
            raise CannotRun("The server ended by itself; what it said is above.")


class Letters:
    """Sends what is due, once a minute, in a process of its own: `handrail letters`."""

    def __init__(self) -> None:
        self._pass: subprocess.Popen[bytes] | None = None
        self._next = time.monotonic()

    def go_on(self) -> None:
        """Begin a pass when it is time and the last one has ended."""
        running = self._pass is not None and self._pass.poll() is None
        if running or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _LETTERS_EVERY_SECONDS
        command = [sys.executable, "-m", "handrail.config.commands", "letters"]
        self._pass = subprocess.Popen(
            command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """Let a pass that runs come to its end: one that breaks off leaves letters unsure."""
        if self._pass is None or self._pass.poll() is not None:
            return
        try:
            self._pass.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._pass.terminate()
            self._pass.wait()


def _stop_server(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


if __name__ == "__main__":
    main()
