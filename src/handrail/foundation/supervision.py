"""Keeps the parts of the site running: starts them, starts one again that ended, stops all.

Each part is a process in a session of its own, so that Ctrl-C in a terminal reaches us alone and
we decide in which order things end.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from handrail.foundation.processes import Register

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 30.0
_SETTLED_SECONDS = 10.0
"""After this time a part has started whatever it starts itself."""
_STEADY_SECONDS = 60.0
"""A part that ran this long before it ended has recovered: the next pause is the first again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the site: what it is called in the log, and what starts it."""

    name: str
    command: tuple[str, ...]
    patience: float = 30.0
    """Seconds it may take to end what it has begun once it was asked to stop."""


@dataclass(slots=True)
class _Kept:
    """A part, its process, and when it may be started again."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = _FIRST_PAUSE_SECONDS
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Looks after the parts. Call `check` about once a second, and `stop` at the end.

    `register` remembers the processes for the next start, should we be killed ourselves. `say`
    gets a line for everything that happens.
    """

    register: Register
    say: Callable[[str], None]
    _kept: list[_Kept] = field(default_factory=list)

    def start(self, parts: Iterable[Part]) -> None:
        """Start all parts."""
        self._kept = [_Kept(one) for one in parts]
        for one in self._kept:
            self._begin(one)

    def check(self) -> None:
        """Start again what ended, after a pause that grows when it keeps ending."""
        for one in self._kept:
            if one.process is None:
                if time.monotonic() >= one.due:
                    self._begin(one)
            elif one.process.poll() is not None:
                self._note_end(one, one.process)
        if any(time.monotonic() - one.started < _SETTLED_SECONDS for one in self._kept):
            self.remember()

    def running(self, name: str) -> bool:
        """Whether that part is running now."""
        return any(
            one.part.name == name and one.process is not None and one.process.poll() is None
            for one in self._kept
        )

    def remember(self) -> None:
        """Write down which processes are ours, with those they started themselves."""
        # On a full disk the site goes on; only a crash of ours would then leave it running.
        with contextlib.suppress(OSError):
            self.register.write(*self._processes())

    def stop(self) -> None:
        """Ask all parts to stop, together, and insist when their patience is over."""
        for process in self._processes():
            process.terminate()
        for one in self._kept:
            if one.process is None:
                continue
            try:
                one.process.wait(timeout=one.part.patience)
            except subprocess.TimeoutExpired:
                self.say(f"The {one.part.name} does not stop by itself; ending it.")
            _end_family(one.process)
        self._kept = []
        with contextlib.suppress(OSError):
            self.register.path.unlink(missing_ok=True)

    def _processes(self) -> list[subprocess.Popen[bytes]]:
        return [one.process for one in self._kept if one.process is not None]

    def _begin(self, one: _Kept) -> None:
        one.started = time.monotonic()
        one.process = subprocess.Popen(
            one.part.command, start_new_session=True, stdin=subprocess.DEVNULL
        )

    def _note_end(self, one: _Kept, ended: subprocess.Popen[bytes]) -> None:
        now, code = time.monotonic(), ended.returncode
        _end_family(ended)
        steady = now - one.started >= _STEADY_SECONDS
        pause = _FIRST_PAUSE_SECONDS if steady else one.pause
        one.process, one.due = None, now + pause
        one.pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        self.say(f"The {one.part.name} {how}; starting it again in {pause:.0f} s …")


def _end_family(process: subprocess.Popen[bytes]) -> None:
    """End what a process left behind in its session: a child would keep its port."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
