"""`handrail words`: which sentences of the public side have no translation yet.

Sentences are gathered from three places: `{% trans %}` and `_()` in the templates, `say()` and
`mark()` in the public pages' Python, and the words of the data files. The catalog of a language is
written anew with --write: what is translated stays, what is new comes without a translation, what
nobody shows any more goes.
"""

import argparse
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from handrail.data import read_text
from handrail.data.languages import ENGLISH, LANGUAGES, SHOWN, words_of

Message = str | tuple[str, ...]

TEMPLATES = ("public", "public/lessons", "components", "staff/safety")
"""Folders of templates whose words the public side shows, under handrail.web."""

PYTHON = {"say": None, "mark": None, "AnswerError": None}
"""The calls whose first argument is a sentence to translate."""

_JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
_IN_TEMPLATES = {"gettext": None, "ngettext": (1, 2), "_": None}
_HEADER = """\
# The public side in Spanish. The keys are the English sentences where they are used.
# How to translate: docs/how-to/translate-the-public-side.md
#"""


_LEFT_OUT = tuple(
    f'"{field}'
    for field in (
        *("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator"),
        *("Report-Msgid-Bugs-To", "Language-Team"),
    )
)
"""Lines of a catalog's head that would say when or by what it was written."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("words", help="say which public sentences lack a translation")
    parser.add_argument("--write", action="store_true", help="bring the catalogs up to date")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the sentences without a translation; with --write, write the catalogs anew."""
    found = dict(sentences())
    missing = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        known = catalog(language)
        if chosen.write:
            known = renewed(language, known, found)
            _file(language).write_bytes(as_text(known))
        lacking = [message for message in found if not translated(known, message)]
        missing += len(lacking)
        print(f"{LANGUAGES[language]}: {len(found) - len(lacking)} of {len(found)} sentences")
        for message in lacking:
            first = message if isinstance(message, str) else message[0]
            print(f"  {found[message][0]}: {first}")
    return 1 if missing else 0


def sentences() -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Every sentence of the public side with the files it stands in; one with a plural is two."""
    places: dict[Message, dict[str, None]] = {}
    for place, message in _everywhere():
        places.setdefault(message, {})[place] = None
    for message, names in places.items():
        yield message, tuple(names)


def catalog(language: str) -> Catalog:
    """The catalog of a language as it was written; empty where there is none yet."""
    if not _file(language).exists():
        return Catalog(locale=language)
    return read_po(BytesIO(_file(language).read_bytes()), locale=language)


def renewed(language: str, known: Catalog, found: dict[Message, tuple[str, ...]]) -> Catalog:
    """A catalog of exactly the sentences found, with the translations that are known."""
    made = Catalog(
        locale=language, project="Handrail", version="1", header_comment=_HEADER, fuzzy=False
    )
    for message, names in found.items():
        before = known.get(message[0] if isinstance(message, tuple) else message)
        string = before.string if before else ""
        made.add(message, string, locations=[(name, None) for name in names])  # type: ignore[misc]
    return made


def as_text(made: Catalog) -> bytes:
    """The text of a catalog, in the order of its sentences, without dates or line numbers."""
    text = BytesIO()
    made.fuzzy = False
    write_po(text, made, width=100, omit_header=False, include_lineno=False)
    lines = text.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_LEFT_OUT)).encode()


def translated(known: Catalog, message: Message) -> bool:
    """Whether a sentence has a translation, in every number it comes in."""
    entry = known.get(message[0] if isinstance(message, tuple) else message)
    if entry is None or entry.fuzzy:
        return False
    strings = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
    return all(strings)


def _file(language: str) -> Path:
    return Path(str(files("handrail.data").joinpath(f"locale/{language}/public.po")))


def _everywhere() -> Iterator[tuple[str, Message]]:
    web = files("handrail.web")
    for folder in TEMPLATES:
        yield from _in_folder(web.joinpath(folder), folder, "jinja2.ext:babel_extract")
    for folder in ("public", "public/lessons", "kit", "staff/safety"):
        yield from _in_folder(web.joinpath(folder), folder, "python")
    yield from _in_file(files("handrail.core").joinpath("check.py"), "core/check.py", "python")
    for name in SHOWN:
        for words in words_of(name, tomllib.loads(read_text(name))):
            yield name, words


def _in_folder(folder: Traversable, name: str, how: str) -> Iterator[tuple[str, Message]]:
    ending = ".py" if how == "python" else ".jinja"
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(ending):
            yield from _in_file(entry, f"{name}/{entry.name}", how)


def _in_file(entry: Traversable, name: str, how: str) -> Iterator[tuple[str, Message]]:
    keywords = PYTHON if how == "python" else _IN_TEMPLATES
    options = {} if how == "python" else _JINJA
    text = BytesIO(entry.read_bytes())
    for _, message, _, _ in extract(how, text, keywords=keywords, options=options):
        yield name, message
