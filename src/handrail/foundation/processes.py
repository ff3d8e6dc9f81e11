"""Keeps account of the processes we start, so that we end those and no others."""

import contextlib
import fcntl
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

_PATIENCE_SECONDS = 10
_PAUSE_SECONDS = 0.02


class Held(RuntimeError):
    """Somebody else works with this data folder right now."""


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Have a data folder to oneself. Raises Held, or OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Held from error
        yield


@dataclass(frozen=True, slots=True)
class Register:
    """A small file that names our processes by number and moment of birth.

    After a crash the next start reads it and ends what is left. A number that belongs to
    another process by now was born at another moment, and is left alone.
    """

    path: Path

    def write(self, *processes: subprocess.Popen[bytes]) -> None:
        """Note processes and their children; those that have ended by now are left out."""
        rows = []
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                parent = psutil.Process(process.pid)
                family = [parent, *parent.children(recursive=True)]
                rows += [[one.pid, one.create_time()] for one in family]
        self.path.write_text(json.dumps(rows))

    def end_leftovers(self) -> int:
        """End what an earlier run left running; answers how many there were."""
        if not self.path.exists():
            return 0
        try:
            rows = json.loads(self.path.read_text())
        except ValueError:  # cut short by a crash
            rows = []
        left = [one for number, born in rows if (one := _same(number, born))]
        end(left)
        self.path.unlink()
        return len(left)


def end(processes: list[psutil.Process]) -> None:
    """Ask processes to stop; insist after ten seconds."""
    for one in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.terminate()
    for one in wait_for_end(processes, seconds=_PATIENCE_SECONDS):
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    wait_for_end(processes, seconds=_PATIENCE_SECONDS)


def wait_for_end(processes: list[psutil.Process], *, seconds: float) -> list[psutil.Process]:
    """Wait until processes have ended; answers those that have not.

    One that ended but whose parent never asked about it counts as ended: in a container the
    first process often asks about nobody.
    """
    deadline = time.monotonic() + seconds
    while (left := [one for one in processes if runs(one)]) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
    return left


def runs(process: psutil.Process) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _same(number: int, born: float) -> psutil.Process | None:
    try:
        process = psutil.Process(number)
        return process if process.create_time() == born and runs(process) else None
    except psutil.NoSuchProcess:
        return None
