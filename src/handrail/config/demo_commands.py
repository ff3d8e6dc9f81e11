"""`handrail demo export` prints every row of the demo; `handrail demo big` adds a large house."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

from handrail.cli import installation
from handrail.foundation.clock import DemoClock
from handrail.foundation.database.account import CannotRun
from handrail.foundation.database.cluster import Cluster


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    demo = commands.add_parser(
        "demo", help="print every row of the demo, or add a large load to one"
    )
    words = demo.add_subparsers(required=True, metavar="WHAT")
    export = words.add_parser(
        "export",
        help="every row, one line of JSON each",
        description="Makes a database of its own, loads the demo into it, prints every row of its"
        " organizations as one line of JSON, and removes the database. The same seed and date give"
        " the same bytes. Passwords, sign-ins and the audit trail are left out.",
    )
    export.add_argument("--seed", type=int, default=1, help="which chance (1)")
    export.add_argument(
        "--date", type=date.fromisoformat, required=True, help="which evening: YYYY-MM-DD"
    )
    export.set_defaults(run=_export)
    _add_big(words)


def _add_big(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    big = words.add_parser(
        "big",
        help="add a large organization, for measuring",
        description="Adds to the demo in the data folder an organization of its own with many"
        " clients and one long chart, for ./run bench. Ruth Okafor works there too.",
    )
    big.add_argument("--name", default="Large Load", help="what it is called (Large Load)")
    big.add_argument("--clients", type=int, default=100_000, help="how many clients (100000)")
    big.add_argument("--notes", type=int, default=1_000, help="notes of the long chart (1000)")
    installation.add_data_option(big)
    big.set_defaults(run=lambda chosen: installation.run("demo big", _big, chosen))


def _big(chosen: argparse.Namespace) -> None:
    with installation.at_work():
        DemoClock(installation.data_folder() / "clock.json").begin(None)
        made = import_module("handrail.demo.big").load_big(
            chosen.name, clients=chosen.clients, notes=chosen.notes
        )
    installation.say(f"The long chart is client {made.client_id}; tonight is {made.session_id}.")


def _export(chosen: argparse.Namespace) -> int:
    """Print the rows."""
    try:
        with tempfile.TemporaryDirectory(prefix="handrail-demo-") as folder, _site(Path(folder)):
            import_module("handrail.demo.load").load(seed=chosen.seed, day=chosen.date)
            for line in import_module("handrail.demo.export").lines(seed=chosen.seed):
                print(line)
    except CannotRun as refusal:
        print(f"handrail demo export: {refusal}", file=sys.stderr)
        return 2
    return 0


@contextmanager
def _site(folder: Path) -> Iterator[None]:
    """The site's tables in a database that nobody else uses, gone afterwards."""
    cluster = Cluster(folder / "postgres", durable=False)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_DATA": str(folder),
        "HANDRAIL_AS_OWNER": "1",
        "HANDRAIL_DEMO": "1",
    }
    try:
        cluster.start()
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield
        connection.close()
    finally:
        cluster.stop()
