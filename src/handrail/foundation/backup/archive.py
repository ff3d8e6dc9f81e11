"""The file of a backup: a zip with one member for each table and a manifest that vouches for all.

manifest.json          what is in it: migrations, tables, rows, checksums, sequences
tables/NAME.copy       the rows, in PostgreSQL's own text format for COPY
files/NAME             small files of the data folder, such as the secret key
"""

import fcntl
import hashlib
import json
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
"""The layout this code writes; a file with another number is refused."""

_MANIFEST = "manifest.json"
_BLOCK = 1 << 20

# What reading a zip or a manifest can raise when a byte of it is wrong.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    OverflowError,
    RuntimeError,
)


class Unusable(RuntimeError):
    """The file cannot be written, or cannot be trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest knows of one member: its rows (0 for a file) and its checksum."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the order of the rows, and its member."""

    columns: tuple[str, ...]
    content: Member


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `migrations` are (app, name) in the order they were applied. `sequences` are a counter's last
    value and whether it was given out. `left_out` names tables whose rows were not kept.
    `key_mark` tells whether a secret key is the one the second factors were sealed with.
    """

    made_at: str
    postgresql: str
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)
    files: dict[str, Member] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    key_mark: str = ""

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.content.rows for table in self.tables.values())


# ---- writing -----------------------------------------------------------------------------------


class Writer:
    """A backup being written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped

    def table(self, name: str, blocks: Iterable[bytes]) -> Member:
        """Write a table's rows as they come and answer what the manifest shall say of them."""
        return self._write(_table_member(name), blocks, count=True)

    def file(self, name: str, content: bytes) -> Member:
        """Write a small file."""
        return self._write(_file_member(name), [content], count=False)

    def manifest(self, manifest: Manifest) -> None:
        """Write what vouches for all the rest; comes last."""
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1)
        self._zipped.writestr(_MANIFEST, text)

    def _write(self, member: str, blocks: Iterable[bytes], *, count: bool) -> Member:
        digest, rows = hashlib.sha256(), 0
        with self._zipped.open(member, "w", force_zip64=True) as out:
            for block in blocks:
                digest.update(block)
                # A line end within a value is written as two characters, so lines are rows.
                rows += block.count(b"\n") if count else 0
                out.write(block)
        return Member(rows, digest.hexdigest())


@contextmanager
def writing(path: Path, *, overwrite: bool) -> Iterator[Writer]:
    """Write a backup under another name, read it back, and give it its own name when whole.

    Only its owner may read it. After an error nothing is left. Raises Unusable when there is such
    a file already, or when it cannot be written.
    """
    fresh = path.with_name(f"{path.name}.unfinished")
    refuse_existing(path, overwrite=overwrite)
    try:
        with _only_writer(fresh) as raw:
            try:
                with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
                    yield Writer(zipped)
                raw.flush()
                os.fsync(raw.fileno())
                verified(fresh)
                refuse_existing(path, overwrite=overwrite)
                fresh.replace(path)
                _settle(path.parent)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Unusable(f"{path} cannot be written: {error.strerror or error}.") from error


def refuse_existing(path: Path, *, overwrite: bool) -> None:
    """Leave a file that is there alone, unless told so. Raises Unusable."""
    if path.exists() and not (overwrite and path.is_file()):
        raise Unusable(f"{path} is there already and was left alone. Choose another name.")


@contextmanager
def _only_writer(fresh: Path) -> Iterator[Any]:
    number = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "r+b") as raw:
        try:
            fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Unusable(f"Another backup is being written to {fresh}.") from error
        # What a killed run left is written over, whoever was allowed to read it.
        os.fchmod(number, 0o600)
        raw.truncate()
        yield raw


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


# ---- reading -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was read through once and found whole."""

    path: Path
    manifest: Manifest

    def table(self, name: str) -> Iterator[bytes]:
        """A table's rows, in blocks."""
        return self._read(_table_member(name))

    def file(self, name: str) -> bytes:
        """A small file."""
        return b"".join(self._read(_file_member(name)))

    def _read(self, member: str) -> Iterator[bytes]:
        with zipfile.ZipFile(self.path) as zipped:
            yield from _blocks(zipped, member)


def verified(path: Path) -> Archive:
    """Read a backup through and compare every member with the manifest. Raises Unusable."""
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = _manifest(zipped)
            for member, expected, count in _members(manifest):
                _compare(zipped, member, expected, count=count)
    except FileNotFoundError as error:
        raise Unusable(f"There is no file {path}.") from error
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror or error}.") from error
    except Unusable:
        raise
    except _DAMAGED as error:
        raise Unusable(
            f"{path} is not a whole backup: it was cut short or damaged, or is something else."
        ) from error
    return Archive(path, manifest)


def _manifest(zipped: zipfile.ZipFile) -> Manifest:
    told = json.loads(zipped.read(_MANIFEST))
    if told.pop("format") != FORMAT:
        raise Unusable(f"{zipped.filename} was written by another version of Handrail.")
    tables = {
        name: Table(tuple(one["columns"]), Member(**one["content"]))
        for name, one in told["tables"].items()
    }
    return Manifest(
        made_at=str(told["made_at"]),
        postgresql=str(told["postgresql"]),
        migrations=tuple((str(app), str(name)) for app, name in told["migrations"]),
        tables=tables,
        sequences={
            name: (int(last), bool(given)) for name, (last, given) in told["sequences"].items()
        },
        files={name: Member(**one) for name, one in told["files"].items()},
        left_out=tuple(told["left_out"]),
        key_mark=str(told["key_mark"]),
    )


def _members(manifest: Manifest) -> Iterator[tuple[str, Member, Callable[[bytes], int]]]:
    for name, table in manifest.tables.items():
        yield _table_member(name), table.content, lambda block: block.count(b"\n")
    for name, file in manifest.files.items():
        yield _file_member(name), file, lambda block: 0


def _compare(
    zipped: zipfile.ZipFile, member: str, expected: Member, *, count: Callable[[bytes], int]
) -> None:
    digest, rows = hashlib.sha256(), 0
    for block in _blocks(zipped, member):
        digest.update(block)
        rows += count(block)
    if Member(rows, digest.hexdigest()) != expected:
        raise ValueError(member)


def _blocks(zipped: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with zipped.open(member) as content:
        while block := content.read(_BLOCK):
            yield block


def _table_member(name: str) -> str:
    return f"tables/{name}.copy"


def _file_member(name: str) -> str:
    return f"files/{name}"
