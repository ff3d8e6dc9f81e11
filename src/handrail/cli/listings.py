"""`handrail listings`: bring in the national locator's file of programs."""

import argparse
import json
from datetime import date
from pathlib import Path

from django.db import transaction

from handrail.cli import installation
from handrail.foundation.backup.archive import Unusable


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "listings",
        help="bring in the national locator's file of programs",
        description="Reads the JSON of the national treatment locator into the public Programs"
        " page. A listing that is there already is renewed. Nothing leaves this machine.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the locator's JSON")
    parser.add_argument(
        "--date", type=date.fromisoformat, required=True, help="the day the file is of: 2026-11-24"
    )
    parser.add_argument(
        "--whole", action="store_true", help="FILE is all there is: take away what it lacks"
    )
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Bring it in and say what came."""
    return installation.run("listings", _work, chosen)


def _work(chosen: argparse.Namespace) -> None:
    from handrail.areas.listings.services import import_listings
    from handrail.core.listings import NotALocatorFile
    from handrail.data import locator_words
    from handrail.foundation import clock

    data = _read(chosen.file)
    with installation.at_work(), transaction.atomic():
        try:
            done = import_listings(
                data=data,
                words=locator_words(),
                verified_date=chosen.date,
                whole=chosen.whole,
                at=clock.now(),
            )
        except NotALocatorFile as wrong:
            raise Unusable(f"{chosen.file} is not the locator's file: {wrong}.") from wrong
    for row in done.unread:
        installation.say(f"Row {row.row} was left out: {row.why}.")
    gone = f", {done.ended} no longer listed" if chosen.whole else ""
    installation.say(f"{done.kept} programs are listed as of {chosen.date}{gone}.")


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise Unusable(f"{path} cannot be read: {wrong.strerror}.") from wrong
    except ValueError as wrong:
        raise Unusable(f"{path} is not JSON.") from wrong
