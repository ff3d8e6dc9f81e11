"""A disk that is full or may not be written: noticed, and said in words."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg

LOW_BYTES = 500 * 1024 * 1024
"""Below this somebody has to make room soon: a busy evening writes some megabytes."""
FULL_BYTES = 8 * 1024 * 1024
"""Below this PostgreSQL can stop at any moment: it takes 16 MB at once for its log."""

FULL = "The disk is full. Free some space and start again; nothing that was kept is lost."
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SHUT = {
    errno.EROFS: "read-only",
    errno.EACCES: "not ours to write",
    errno.EPERM: "not ours to write",
}


def bytes_free(folder: Path) -> int | None:
    """What is free where `folder` lies or will lie; None when nobody can tell."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    try:
        return shutil.disk_usage(there).free if there else None
    except OSError:
        return None


def is_low(folder: Path) -> bool:
    """Whether somebody should make room there soon."""
    free = bytes_free(folder)
    return free is not None and free < LOW_BYTES


def is_full(folder: Path) -> bool:
    """Whether as good as nothing can be written there any more."""
    free = bytes_free(folder)
    return free is not None and free < FULL_BYTES


def says_full(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, is a full disk: ours or the database's."""
    return any(_is_full(one) for one in _chain(error))


def why_not_written(error: BaseException) -> str:
    """In words, why something could not be written; "" when the reason is another."""
    if says_full(error):
        return FULL
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in _SHUT:
            where = f" ({one.filename})" if one.filename else ""
            return f"The disk or folder{where} is {_SHUT[one.errno]}. Choose another with --data."
    return ""


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, psycopg.errors.DiskFull)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
