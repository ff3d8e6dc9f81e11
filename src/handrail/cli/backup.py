"""`handrail backup`: everything of an installation in one file."""

import argparse
from pathlib import Path

from django.conf import settings

from handrail.cli import installation
from handrail.foundation.backup.save import KEY, save
from handrail.foundation.condition import note_backup


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "backup",
        help="write everything into one file, while the site goes on",
        description="Writes every table, as it is at one moment, into FILE. The site may go on"
        " meanwhile. FILE then holds clients' records and the secret key: keep it locked away.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE if it is there")
    parser.add_argument("--without-key", action="store_true", help="leave the secret key out")
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the file and say what is in it."""
    return installation.run("backup", _work, chosen)


def _work(chosen: argparse.Namespace) -> None:
    with installation.at_work():
        write(chosen.file, overwrite=chosen.overwrite, with_key=not chosen.without_key)


def write(path: Path, *, overwrite: bool, with_key: bool) -> None:
    """Back up the open installation into `path`."""
    installation.say(f"Writing {path} …")
    manifest = save(
        settings.BACKUP_URL,
        path,
        data=settings.DATA,
        say=installation.say,
        overwrite=overwrite,
        key=installation.key_in_use(),
        with_key=with_key,
    )
    note_backup(rows=manifest.rows)
    installation.say(
        f"Kept {manifest.rows:,} rows of {len(manifest.tables)} tables in {path}"
        f" ({path.stat().st_size:,} bytes). It holds clients' records: keep it locked away."
    )
    if KEY in manifest.files:
        installation.say("The secret key is in it too: it opens second factors and signs cookies.")
    else:
        installation.say(
            "The secret key is not in it. Keep HANDRAIL_SECRET_KEY elsewhere: without it the\n"
            "authenticator apps of your people must be set up anew after a restore."
        )
