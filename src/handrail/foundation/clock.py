"""The one place that reads the clock.

Everything in the domain that asks "what time is it?" asks here. Normally it is the real time;
in the demo it is an evening of our choosing, so that tonight's group is always about to start.
Sign-in, lock-out, audit and jobs keep real time: they are about the machine, not the story.
"""

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

DEMO_CLOCK = "HANDRAIL_DEMO_CLOCK"
"""Seconds between the machine's time and the demo's when it was started."""
DEMO_CLOCK_MOVED = "HANDRAIL_DEMO_CLOCK_MOVED"
"""A file that holds how many seconds somebody has moved the demo's clock on since."""


def now() -> datetime:
    """The time the work goes by, in UTC: real, or the demo's evening when one is set."""
    real = datetime.fromtimestamp(time.time(), UTC)
    offset = os.environ.get(DEMO_CLOCK)
    return real + timedelta(seconds=float(offset) + _moved_on()) if offset else real


def real_now() -> datetime:
    """The machine's own time, in UTC: for sign-in, lock-out, audit and jobs, never for care."""
    return datetime.fromtimestamp(time.time(), UTC)


def is_another() -> bool:
    """Whether the work goes by another evening than the real one: the demo's."""
    return bool(os.environ.get(DEMO_CLOCK))


def today(zone: str) -> date:
    """The calendar day the work goes by at a place, for example `today("America/Chicago")`."""
    return now().astimezone(ZoneInfo(zone)).date()


def move_demo_clock(minutes: int) -> None:
    """Let the demo's clock jump ahead, so that an evening can be played in ten minutes."""
    path = Path(os.environ[DEMO_CLOCK_MOVED])
    fresh = path.with_suffix(".new")
    fresh.write_text(repr(_moved_on() + minutes * 60))
    fresh.replace(path)


def _moved_on() -> float:
    path = os.environ.get(DEMO_CLOCK_MOVED)
    try:
        return float(Path(path).read_text()) if path else 0.0
    except FileNotFoundError:
        return 0.0


@dataclass(frozen=True, slots=True)
class DemoClock:
    """The demo's clock on disk: it starts at 17:50 and goes on where it stopped.

    `path` is a small JSON file that holds the demo's time when it was last stopped.
    """

    path: Path

    def begin(self, evening: date | None, *, zone: str = "America/New_York") -> datetime:
        """Set the clock and say what time it shows.

        With `evening` it starts anew at 17:50 of that day; without, it goes on where it
        stopped, or starts at 17:50 today.
        """
        start = self._stopped_at() if evening is None else None
        moved = self.path.with_name("clock-moved")
        moved.unlink(missing_ok=True)
        os.environ[DEMO_CLOCK_MOVED] = str(moved)
        if start is None:
            day = evening or datetime.fromtimestamp(time.time(), ZoneInfo(zone)).date()
            start = datetime(day.year, day.month, day.day, 17, 50, tzinfo=ZoneInfo(zone))
        os.environ[DEMO_CLOCK] = repr(start.timestamp() - time.time())
        self._write()
        return start.astimezone(ZoneInfo(zone))

    def keep(self) -> bool:
        """Write down the demo's time, whole or not at all; False when it cannot be written now.

        It is called every second while the site runs: a full disk must not end the site.
        """
        try:
            self._write()
        except OSError:
            return False
        return True

    def _write(self) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"stopped_at": now().isoformat()}))
        fresh.replace(self.path)

    def _stopped_at(self) -> datetime | None:
        if not self.path.exists():
            return None
        return datetime.fromisoformat(json.loads(self.path.read_text())["stopped_at"])
