"""What `./run check` does: format, lint, types, import rules, migrations, settings, documents."""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time

_PYTHON = (sys.executable, "-m")
_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_MANAGE = (*_PYTHON, "handrail.config.manage")


def main() -> None:
    """Run every check, all of them even when one fails, and say how each went."""
    parser = argparse.ArgumentParser(prog="./run check", description="Check the code.")
    parser.add_argument("--fix", action="store_true", help="mend format and lint where possible")
    fix = parser.parse_args().fix
    with tempfile.TemporaryDirectory() as folder:
        failed = [name for name, command in _checks(folder, fix=fix) if not _passes(name, command)]
    if failed:
        sys.exit(f"\nNot clean: {', '.join(failed)}.")
    print("\nAll clean.")


def _checks(folder: str, *, fix: bool) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("format", (*_PYTHON, "ruff", "format", *([] if fix else ["--check"]), ".")),
        ("lint", (*_PYTHON, "ruff", "check", *(["--fix"] if fix else []), ".")),
        ("types", (*_PYTHON, "mypy")),
        ("imports", (sys.executable, "-c", _IMPORTS)),
        ("migrations", (*_MANAGE, "makemigrations", "--check", "--dry-run")),
        ("settings", (*_MANAGE, "check", "--deploy", "--fail-level", "WARNING")),
        ("decisions", (*_PYTHON, "handrail.config.decisions", *(["--fix"] if fix else []))),
        ("documents", (*_PYTHON, "mkdocs", "build", "--strict", "--quiet", "-d", folder)),
    ]


def _passes(name: str, command: tuple[str, ...]) -> bool:
    began = time.monotonic()
    # No running database is needed: the address names a server that is never there.
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@/none?host=/nonexistent",
        "HANDRAIL_SECRET_KEY": secrets.token_urlsafe(50),
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "NOT OK"
    print(f"{name:<12}{verdict:<8}{time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    main()
