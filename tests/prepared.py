"""A migrated PostgreSQL, kept from one run to the next while nothing it is made of changes.

Migrating takes longer than most runs. What is kept lies in .pytest_cache, under a name made of
every file that can change a table: throw it away at any time. A build server keeps nothing.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from handrail.foundation.database.cluster import Cluster

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "handrail"


def start_migrated(made: Cluster, kept: Path | None, migrate: Callable[[], None]) -> None:
    """Start a new cluster that is migrated: a copy of the kept one, or made and then kept."""
    if kept is None:
        made.start()
        migrate()
        return
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = kept / _fingerprint()
        if not known.exists():
            made.start()
            migrate()
            made.stop()
            for old in kept.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            shutil.copytree(made.data, kept / "unfinished")
            (kept / "unfinished").rename(known)
        if not made.data.exists():
            shutil.copytree(known, made.data)
    made.start()


def _fingerprint() -> str:
    """One name for all the files that can change what a migrated database holds."""
    found = hashlib.sha256()
    for path in sorted(_files()):
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:32]


def _files() -> Iterator[Path]:
    yield ROOT / "requirements" / "demo.lock"
    yield Path(__file__)
    yield from (SOURCE / "config").rglob("*.py")
    for layer in ("core", "data", "foundation"):
        yield from (SOURCE / layer).rglob("*.py")
    for path in (SOURCE / "areas").rglob("*.py"):
        if {"models", "migrations"} & {*path.parts, path.stem}:
            yield path
