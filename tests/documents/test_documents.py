"""The documents lead where they say: links, files they name, and the way to every page."""

import re
import tomllib

import pytest

from handrail.config.decisions import index
from tests.conftest import ROOT

DOCS = ROOT / "docs"
AT_THE_DOOR = ("README", "CONTRIBUTING", "SECURITY", "THREAT_MODEL", "CHANGELOG")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:src|tests|docs|config|web|areas|core|foundation|data|demo|cli)/[^`\s]+)`")
ANYTHING = re.compile(r"[<>*(…{]")
INVENTED = "/strengths."
"""The example of a recipe."""
WALKED = (
    *(ROOT / f"{one}.md" for one in AT_THE_DOOR if one != "CHANGELOG"),
    *sorted((DOCS / "how-to" / "contribute").glob("add-*.md")),
    DOCS / "explanation" / "how-one-request-travels.md",
)
"""Documents about the code: every file that they name is there."""


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_links_at_the_door_lead_somewhere(name):
    """mkdocs looks after docs/ (./run check); these lie beside it."""
    page = ROOT / f"{name}.md"
    for link in LINK.findall(page.read_text()):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            assert (page.parent / path).exists(), link
            assert not anchor, "no anchors here: nothing would notice when one is gone"


@pytest.mark.parametrize("page", WALKED, ids=lambda one: one.name)
def test_every_file_that_is_named_is_there(page):
    for name in NAMED.findall(page.read_text()):
        if ANYTHING.search(name) or INVENTED in name:
            continue
        assert (ROOT / name).exists() or (ROOT / "src" / "handrail" / name).exists(), name


def test_every_page_can_be_reached_from_the_index():
    seen, ahead = set(), [DOCS / "index.md"]
    while ahead:
        page = ahead.pop()
        if page not in seen and page.suffix == ".md" and page.exists():
            seen.add(page)
            links = (one.partition("#")[0] for one in LINK.findall(page.read_text()))
            ahead += [(page.parent / one).resolve() for one in links if one and "://" not in one]
    lost = {one.relative_to(DOCS).as_posix() for one in DOCS.rglob("*.md")} - {
        one.relative_to(DOCS).as_posix() for one in seen if one.is_relative_to(DOCS)
    }
    assert not lost, "link these from docs/index.md"


def test_the_index_of_decisions_is_what_they_say():
    written = (DOCS / "decisions" / "index.md").read_text()
    assert written == index(), "./run check --fix"


def test_the_newest_release_in_the_changelog_is_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest
    assert newest[1] == version
