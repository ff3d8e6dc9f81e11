"""`handrail restore`: an installation as it was when a backup was taken."""

import argparse
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from handrail.cli import installation
from handrail.foundation.backup.archive import Archive, verified
from handrail.foundation.backup.save import KEPT_FILES, mark_of
from handrail.foundation.database.account import CannotRun


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "restore",
        help="bring back what a backup holds",
        description="Verifies FILE, then makes the database what it was when FILE was written and"
        " brings it up to date: all of it or nothing. The site must be stopped. Everyone is"
        " signed out.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a file of `handrail backup`")
    parser.add_argument(
        "--replace", action="store_true", help="give up the organizations that are there now"
    )
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Bring it back and say so."""
    return installation.run("restore", _work, chosen)


def _work(chosen: argparse.Namespace) -> None:
    from handrail.foundation.backup.rebuild import restore

    installation.say(f"Reading {chosen.file} through …")
    archive = verified(chosen.file)
    manifest = archive.manifest
    installation.say(f"It is whole: {manifest.rows:,} rows, kept at {manifest.made_at}.")

    def finish() -> None:
        detail: dict[str, object] = {"kept_at": manifest.made_at, "rows": manifest.rows}
        installation.record_everywhere("installation.restore", detail)
        transaction.on_commit(_ready_files(archive))
        installation.no_way_back()

    with installation.at_rest():
        restore(
            archive,
            replace=chosen.replace,
            holds_records=installation.holds_organizations,
            finish=finish,
            say=installation.say,
        )
        installation.say("Restored. Everyone is signed out; the audit trail says so.")
        _compare_keys(manifest.key_mark)


def _ready_files(archive: Archive) -> Callable[[], None]:
    """Lay the data folder's own files beside their places; answers what puts them there."""
    folder = installation.data_folder()
    moves = [
        (folder / f"{name}.restored", folder / name)
        for name in archive.manifest.files
        if name in KEPT_FILES
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for fresh, place in moves:
            fresh.touch(mode=0o600)
            fresh.write_bytes(archive.file(place.name))
    except OSError as error:
        raise CannotRun(f"{folder} cannot be written: {error.strerror}.") from error

    def put() -> None:
        for fresh, place in moves:
            fresh.replace(place)

    return put


def _compare_keys(mark: str) -> None:
    if mark and mark != mark_of(installation.key_in_use()):
        installation.say(
            "The secret key here is not the one of the backup. Set HANDRAIL_SECRET_KEY to that\n"
            "one, or authenticator apps must be set up anew."
        )
