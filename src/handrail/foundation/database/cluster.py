"""Starts, adopts and stops the embedded PostgreSQL.

A cluster is one folder. It listens on a unix socket in a folder only its user may enter, never
on the network, and asks each role for its password. The passwords are made up with the cluster and
lie in a file inside it that only its user may read; libpq finds it by the address. Its processes
live in a session of their own, so that Ctrl-C in a terminal reaches Handrail alone, which then
stops the database last and in order.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg.pq import PGconn, Ping

from handrail.foundation.database import roles
from handrail.foundation.database.account import Account, CannotRun, choose_account
from handrail.foundation.disk import FULL, is_full, why_not_written
from handrail.foundation.processes import runs, wait_for_end

# A unix socket's path may have about 100 bytes on macOS, 107 on Linux.
_LONGEST_SOCKET_FOLDER = 85
# How long a server that is alive may take to come up or to end: after a crash a slow machine reads
# its log of changes for minutes. One that has died is noticed at once.
_PATIENCE_SECONDS = 600
_END_SECONDS = 60
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded PostgreSQL.

    `data` is its folder; it need not exist. `durable=False` is for tests: faster, and a power
    cut may lose everything.
    """

    data: Path
    durable: bool = True

    def start(self, *, account: Account | None = None) -> None:
        """Make the cluster if there is none, start it if it is not running, ready its roles.

        Raises `CannotRun` with what to do when it cannot.
        """
        account = account or choose_account(self.data)
        if not self.data.exists():
            self._initialize(account)
        self._refuse_another_major(account)
        if not self.passwords.exists():  # made before passwords were asked for
            _write_passwords(self.passwords, _new_passwords())
        account.give(self.data)
        if not self._adopt():
            self._launch(account)
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            roles.ready(connection, _read_passwords(self.passwords))
            self._trust_nobody(connection)
        with psycopg.connect(self.url("postgres", roles.DATABASE), autocommit=True) as connection:
            roles.ready_schema(connection)

    def start_again(self, *, say: Callable[[str], None]) -> bool:
        """Start it after it ended by itself; False, with the reason said, when it cannot run now.

        On a full disk PostgreSQL ends and cannot come back until there is room. The site goes on
        and tries again: what it serves without the database stays there.
        """
        try:
            self.start()
        except (CannotRun, psycopg.Error, OSError) as refusal:
            # On a full disk PostgreSQL cannot write down why it ended, either.
            full = FULL if is_full(self.data) else ""
            say(why_not_written(refusal) or full or str(refusal))
            return False
        return True

    def stop(self) -> None:
        """Stop it in order: open transactions are rolled back, everything committed is kept."""
        for request in (signal.SIGINT, signal.SIGQUIT):
            server = self._server()
            if server is None:
                break
            with contextlib.suppress(psutil.NoSuchProcess):
                server.send_signal(request)
            wait_for_end([server], seconds=_END_SECONDS)
        if self.socket_folder != self.data.absolute():
            with contextlib.suppress(OSError):  # never made, or not empty
                self.socket_folder.rmdir()

    def running(self) -> bool:
        """Whether its server process is alive."""
        return self._server() is not None

    def pid(self) -> int | None:
        """The process id of its server, or None when it is not running."""
        server = self._server()
        return server.pid if server else None

    def url(self, user: str = roles.OWNER, database: str = roles.DATABASE) -> str:
        """The address of one of its databases for one of its roles.

        It names the file of passwords, so it holds none itself and is good before there is one.
        """
        where, passwords = (
            quote(str(one), safe="") for one in (self.socket_folder, self.passwords.absolute())
        )
        return f"postgresql://{user}@/{database}?host={where}&passfile={passwords}"

    @property
    def passwords(self) -> Path:
        """The file that libpq reads the roles' passwords from."""
        return self.data / "handrail.pgpass"

    @property
    def socket_folder(self) -> Path:
        """Where its socket lies: in the data folder, or in a short one when that is too long."""
        data = self.data.absolute()
        if len(os.fsencode(data)) <= _LONGEST_SOCKET_FOLDER:
            return data
        name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"handrail-{os.geteuid()}-{name}"

    # ---- making one ------------------------------------------------------------------------

    def _initialize(self, account: Account) -> None:
        """Make the cluster in a folder beside it and rename it when whole."""
        parent = self.data.parent
        try:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            for unfinished in parent.glob(f"{self.data.name}.unfinished-*"):
                shutil.rmtree(unfinished) if unfinished.is_dir() else unfinished.unlink()
            fresh = Path(tempfile.mkdtemp(prefix=f"{self.data.name}.unfinished-", dir=parent))
        except OSError as error:
            raise CannotRun(f"{parent} cannot be written: {error.strerror}.") from error
        account.give(fresh)
        made = _new_passwords()
        first = fresh.with_name(f"{fresh.name}.password")
        first.touch(mode=0o600)
        first.write_text(made[roles.SUPERUSER])
        account.give(first)
        options = [f"--username={roles.SUPERUSER}", "--auth=scram-sha-256", f"--pwfile={first}"]
        options += ["--encoding=UTF8"]
        options += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            [account.programs / "initdb", "-D", fresh, *options],
            preexec_fn=account.become,
            start_new_session=True,
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        first.unlink()
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise CannotRun(_explain(done.stderr))
        _write_passwords(fresh / self.passwords.name, made)
        account.give(fresh / self.passwords.name)
        fresh.rename(self.data)

    def _trust_nobody(self, connection: psycopg.Connection) -> None:
        """Ask for passwords where an older Handrail let in whoever reached the socket."""
        rules = self.data / "pg_hba.conf"
        if "trust" not in rules.read_text():
            return
        fresh = rules.with_suffix(".new")
        fresh.write_text("local all all scram-sha-256\n")
        fresh.chmod(0o600)
        about = rules.stat()
        os.chown(fresh, about.st_uid, about.st_gid)
        fresh.replace(rules)
        connection.execute("select pg_reload_conf()")

    def _refuse_another_major(self, account: Account) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            raise CannotRun(
                f"{self.data} is there but holds no PostgreSQL data. Choose another folder with\n"
                "--data, or move this one away."
            )
        wrote = marker.read_text().strip()
        answer = subprocess.check_output([account.programs / "postgres", "--version"], text=True)
        brings = answer.split()[2].split(".")[0]
        if wrote == brings:
            return
        raise CannotRun(
            f"{self.data} was written by PostgreSQL {wrote}; this Handrail brings {brings}.\n"
            "Nothing was changed. To carry the data over:\n"
            "  1. With the Handrail that wrote it: ./run handrail backup carried.handrail\n"
            "  2. Move the folder away, and with this Handrail:\n"
            "       ./run handrail restore carried.handrail\n"
            "See docs/how-to/back-up-and-restore.md."
        )

    # ---- running it ------------------------------------------------------------------------

    def _adopt(self) -> bool:
        """Take over a server that is running on this folder, for example after a crash of ours."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._server() is not None:
            if self._answers():
                return True
            if time.monotonic() > deadline:
                raise CannotRun(
                    f"A PostgreSQL (process {self.pid()}) runs on {self.data} but is silent.\n"
                    "End that process and start again."
                )
            time.sleep(_PAUSE_SECONDS)
        # What a dead server left would be taken for a live one as soon as its number is reused.
        # A child of it that still lives keeps its shared memory; PostgreSQL itself waits for that.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for left in self.socket_folder.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        return False

    def _launch(self, account: Account) -> None:
        self._prepare_socket_folder(account)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            process = self._spawn(account)
            try:
                while process.poll() is None:
                    if self._answers():
                        return
                    time.sleep(_PAUSE_SECONDS)
            except BaseException:  # Ctrl-C: leave nothing running that nobody knows of
                process.send_signal(signal.SIGINT)
                process.wait()
                raise
            # The last children of a killed server may hold its memory for a moment.
            log = self._log()
            if "still in use" not in log or time.monotonic() > deadline:
                raise CannotRun(_explain(log))
            time.sleep(_PAUSE_SECONDS)

    def _spawn(self, account: Account) -> subprocess.Popen[bytes]:
        socket_folder = str(self.socket_folder).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{socket_folder}"',
            "unix_socket_permissions": "0700" if account.owner is None else "0777",
            # Containers often have 64 MB of shared memory, too little for parallel queries.
            "max_parallel_workers_per_gather": "0",
            # A statement or a row in a log would be a client's words.
            "log_min_messages": "log",
            "log_error_verbosity": "terse",
            "log_checkpoints": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with (self.data / "server.log").open("wb") as log:
            return subprocess.Popen(
                [account.programs / "postgres", "-D", self.data.absolute(), *words],
                preexec_fn=account.become,
                start_new_session=True,
                env=_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _prepare_socket_folder(self, account: Account) -> None:
        folder = self.socket_folder
        if folder == self.data.absolute():
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        account.give(folder)
        about = folder.lstat()
        owner = os.geteuid() if account.owner is None else account.owner
        private = stat.S_ISDIR(about.st_mode) and stat.S_IMODE(about.st_mode) == 0o700
        if not private or about.st_uid != owner:
            raise CannotRun(f"{folder} belongs to someone else; remove it or move the data folder.")

    def _server(self) -> psutil.Process | None:
        """The live server of this very folder; never another process that got its number."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n")[0])
            server = psutil.Process(number)
            return server if runs(server) and os.path.samefile(server.cwd(), self.data) else None
        except (OSError, ValueError, psutil.Error):
            return None

    def _answers(self) -> bool:
        about = f"{self.url('postgres', 'postgres')}&connect_timeout=5"
        return PGconn.ping(about.encode()) == Ping.OK

    def _log(self) -> str:
        return (self.data / "server.log").read_text(errors="replace")


def _new_passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(32) for role in (roles.SUPERUSER, roles.OWNER, roles.APP)}


def _write_passwords(path: Path, passwords: Mapping[str, str]) -> None:
    """As libpq reads them: host, port, database, role, password."""
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"*:*:*:{role}:{word}\n" for role, word in passwords.items()))
    fresh.replace(path)


def _read_passwords(path: Path) -> dict[str, str]:
    rows = (line.split(":") for line in path.read_text().splitlines())
    return {role: password for *_, role, password in rows}


def _environment() -> dict[str, str]:
    """The caller's environment, without anything that would steer PostgreSQL elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def _explain(log: str) -> str:
    """What PostgreSQL said, in plain words where we know them."""
    if "No space left on device" in log:
        return "The disk is full: PostgreSQL could not write. Free some space and start again."
    if "Permission denied" in log:
        return f"PostgreSQL may not write its folder:\n{log[-500:]}"
    return f"PostgreSQL did not start:\n{log[-2000:]}"
