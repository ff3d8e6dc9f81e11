"""The `handrail` command: placing, evaluating, scoring, roles, words, backup and more."""

import argparse
import os
import sys
from collections.abc import Iterable
from types import ModuleType

from handrail.cli import (
    backup,
    compare,
    doctor,
    evaluate,
    findings,
    listings,
    place,
    restore,
    roles,
    score,
    upgrade,
    words,
    worklist,
)
from handrail.foundation.terminal import print_anywhere


def main(arguments: list[str] | None = None, *, more: Iterable[ModuleType] = ()) -> int:
    """Run one command; answers 0 with a result, 2 with a message on standard error.

    `more` are commands of layers above this one, such as the demo's.
    """
    parser = argparse.ArgumentParser(prog="handrail", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (
        findings,
        place,
        compare,
        evaluate,
        score,
        roles,
        words,
        backup,
        restore,
        upgrade,
        listings,
        worklist,
        doctor,
        *more,
    ):
        command.add_parser(commands)
    typed = sys.argv[1:] if arguments is None else arguments
    if typed in ([], ["help"]):
        parser.print_help()
        return 0
    chosen = parser.parse_args(typed)
    # A file may hold what this terminal cannot show: half a character, or any arrow at all.
    print_anywhere()
    try:
        code = int(chosen.run(chosen))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output has seen enough: `handrail findings | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as wrong:
        print(f"handrail: the answer could not be written: {wrong.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
