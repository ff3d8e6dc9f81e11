"""Prints docs/decisions/index.md from the decisions themselves, so that nobody keeps a list.

`./run check` compares; `./run check --fix` writes.
"""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "decisions"
_HEAD = """\
# Decisions

Choices that someone may question later: what was decided, why, and what it costs. A decision is
never rewritten; a later one replaces it, and its status says so. Written by `./run check --fix`.

| | decision | status |
|---|---|---|
"""
_TITLE = re.compile(r"# (\d+)\. (.+)")
_STATUS = re.compile(r"^(?:\*\*Status:\*\* (.+)|\*(Replaced by .+)\*)$", re.MULTILINE)


def index(folder: Path = FOLDER) -> str:
    """The page. A decision that says no status stands as accepted."""
    return _HEAD + "".join(_row(one) for one in sorted(folder.glob("[0-9]*.md")))


def _row(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    if title is None:
        sys.exit(f"{file.name} must begin with its number and title: # 12. What was decided")
    said = _STATUS.search(text)
    status = (said[1] or said[2]) if said else "accepted"
    return f"| {int(title[1])} | [{title[2]}]({file.name}) | {status.rstrip('.')} |\n"


def main() -> None:
    """Compare the page with the decisions; with --fix write it."""
    page = FOLDER / "index.md"
    if "--fix" in sys.argv:
        page.write_text(index(), encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != index():
        sys.exit("docs/decisions/index.md is not what the decisions say: ./run check --fix")


if __name__ == "__main__":
    main()
