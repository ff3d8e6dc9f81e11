"""`handrail worklist check`: whether the worklist is what the facts say."""

import argparse
from importlib import import_module

from handrail.cli import installation
from handrail.foundation.backup.outcome import Refused


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("worklist", help="check what is due against the facts, or mend it")
    words = parser.add_subparsers(required=True, metavar="WHAT")
    check = words.add_parser(
        "check",
        help="print every difference between the worklist and the facts",
        description="Computes what is due from the facts, for every organization, and prints each"
        " item on which the worklist disagrees: by kind and key, never by name. Ends with 2 when"
        " there is one. With --mend the worklist becomes what the facts say.",
    )
    check.add_argument("--mend", action="store_true", help="write what the facts say")
    installation.add_data_option(check)
    check.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check, print, and mend when asked to."""
    return installation.run("worklist check", _check, chosen, as_owner=False)


def _check(chosen: argparse.Namespace) -> None:
    with installation.at_work():
        number = differing(mend=chosen.mend)
    if number and not chosen.mend:
        raise Refused(f"{number} differences. Mend them with --mend, and report how they came.")
    installation.say("Mended." if number else "The worklist is what the facts say.")


def differing(*, mend: bool) -> int:
    """Print every difference; how many there are."""
    tasks = import_module("handrail.areas.worklist.tasks")
    services = import_module("handrail.areas.worklist.services")
    from handrail.foundation import clock

    number = 0
    for organization_id, found in tasks.every_difference():
        for one in found:
            installation.say(f"{organization_id}  {one.kind} {one.key}: {one.what}")
        if found and mend:
            services.rebuild(
                organization_id=organization_id,
                by_name="System: worklist check",
                at=clock.now(),
            )
        number += len(found)
    return number
