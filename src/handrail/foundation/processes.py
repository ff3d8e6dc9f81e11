"""Keeps account of the processes we start, so that we end those and no others."""

import contextlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Register:
    """A small file that names our processes by number and moment of birth.

    After a crash the next start reads it and ends what is left. A number that belongs to
    another process by now was born at another moment, and is left alone.
    """

    path: Path

    def write(self, process: subprocess.Popen[bytes]) -> None:
        """Note a process and its children."""
        parent = psutil.Process(process.pid)
        family = [parent, *parent.children(recursive=True)]
        self.path.write_text(json.dumps([[one.pid, one.create_time()] for one in family]))

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
    _, stubborn = psutil.wait_procs(processes, timeout=_PATIENCE_SECONDS)
    for one in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(stubborn, timeout=_PATIENCE_SECONDS)


def _same(number: int, born: float) -> psutil.Process | None:
    try:
        process = psutil.Process(number)
        alive = process.create_time() == born and process.status() != psutil.STATUS_ZOMBIE
        return process if alive else None
    except psutil.NoSuchProcess:
        return None
