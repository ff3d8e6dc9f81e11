"""`handrail serve`: the site, its worker and its database, started and stopped together."""

import argparse
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from handrail.cli import installation
from handrail.config.server import parts, watch
from handrail.foundation.clock import real_now
from handrail.foundation.database.account import CannotRun
from handrail.foundation.database.cluster import Cluster
from handrail.foundation.processes import Register
from handrail.foundation.supervision import Supervisor


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "serve",
        help="run the site and its worker until it is told to stop",
        description="Starts the web server and the worker, starts one again that ended, and stops"
        " both together: by Ctrl-C or SIGTERM. Without DATABASE_URL it starts the embedded"
        " PostgreSQL of the data folder too.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="where it listens (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="on which port (8000)")
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Serve until somebody says stop."""
    data = Path(chosen.data or os.environ.get("HANDRAIL_DATA", ".handrail")).absolute()
    os.environ["HANDRAIL_PORT"] = str(chosen.port)
    os.environ.setdefault("HANDRAIL_STATIC", str(data / "static"))
    return installation.run("serve", _serve, chosen)


def _serve(chosen: argparse.Namespace) -> None:
    with installation.at_rest():
        _require_tables_of_this_version()
        _ready_environment()
        supervisor = Supervisor(Register(installation.data_folder() / "server.json"), say=_say)
        supervisor.register.end_leftovers()
        try:
            supervisor.start(parts(host=chosen.host, port=chosen.port))
            _say(f"Serving at http://{chosen.host}:{chosen.port}; Ctrl-C or SIGTERM stops it.")
            watch(supervisor, _embedded())
        except KeyboardInterrupt:
            _say("Stopping …")
        finally:
            supervisor.stop()
    _say("Stopped.")


def _require_tables_of_this_version() -> None:
    """Refuse to serve on tables that an upgrade has still to change."""
    from handrail.foundation.backup import rebuild  # Django has to be ready first

    pending = rebuild.pending()
    connection.close()
    if pending:
        raise CannotRun(
            f"The tables lack {len(pending)} changes of this version. First:\n"
            "  ./run handrail upgrade"
        )


def _ready_environment() -> None:
    """Set what the server and the worker will read, and collect the static files."""
    del os.environ["HANDRAIL_AS_OWNER"]  # they sign in as the app
    os.environ["HANDRAIL_DATA"] = str(installation.data_folder())
    os.environ["HANDRAIL_SECRET_KEY"] = installation.key_in_use() or _new_key()
    call_command("collectstatic", verbosity=0, interactive=False)


def _new_key() -> str:
    """A secret key made once and kept in the data folder, so that sign-ins outlive a restart."""
    path = installation.data_folder() / "secret_key"
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(50))
    fresh.replace(path)
    return path.read_text()


def _embedded() -> Cluster | None:
    return None if "DATABASE_URL" in os.environ else settings.EMBEDDED


def _say(text: str) -> None:
    installation.say(f"{real_now():%Y-%m-%d %H:%M:%S} {text}")
