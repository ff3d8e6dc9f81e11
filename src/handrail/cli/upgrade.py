"""`handrail upgrade`: the tables of a new version, with a backup taken first."""

import argparse
from pathlib import Path

from handrail.cli import backup, installation
from handrail.foundation.backup.outcome import Undone
from handrail.foundation.clock import real_now


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "upgrade",
        help="bring the tables up to this version, with a backup first",
        description="Takes a backup, brings the tables up to this version and looks at the"
        " outcome: all of it or nothing. The site must be stopped. When there is nothing to do it"
        " does nothing.",
    )
    parser.add_argument(
        "--backup", type=Path, metavar="FILE", help="where the backup goes (the data folder)"
    )
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Upgrade, or say that there is nothing to do."""
    return installation.run("upgrade", _work, chosen)


def _work(chosen: argparse.Namespace) -> None:
    from handrail.foundation.backup import rebuild

    with installation.at_rest():
        steps = rebuild.pending()
        if not steps:
            installation.say("Nothing to do: the tables are those of this version.")
            return
        if rebuild.is_empty():
            installation.say("Making the tables …")
            rebuild.upgrade(finish=installation.no_way_back, say=installation.say)
            installation.say("Done.")
            return
        _with_backup(chosen.backup or _usual_place(), steps)


def _with_backup(kept: Path, steps: list[str]) -> None:
    from handrail.foundation.backup import rebuild

    backup.write(kept, overwrite=False, with_key=True)

    def finish() -> None:
        installation.record_everywhere("installation.upgrade", {"migrations": steps})
        installation.no_way_back()

    installation.say(f"Bringing the tables up to date (steps: {len(steps)}) …")
    try:
        rebuild.upgrade(finish=finish, say=installation.say)
    except Undone as trouble:
        raise Undone(
            f"{trouble}\nThe tables are as they were before; go on with the version you had.\n"
            f"The backup of before is {kept}, should you need it."
        ) from trouble
    installation.say(
        f"Done. To go back: stop the site, return to the version you had, and there\n"
        f"  ./run handrail restore --replace '{kept}'"
    )


def _usual_place() -> Path:
    folder = installation.data_folder() / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"before-upgrade-{real_now():%Y%m%d-%H%M%S}.handrail"
