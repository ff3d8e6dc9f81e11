"""Sets a template into a PDF that a screen reader can read (PDF/UA-1: tagged, language, title).

What stands in a document goes to the template as JSON beside it, never as part of its source: a
name that looks like a command is printed as it was typed. Fonts are those that come with the
typesetter, so that a page looks the same on every machine.
"""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import as_file, files

import typst

from handrail.integrations.documents.blocks import Block

_NAME = re.compile(r"[a-z_]+")


class CannotTypeset(Exception):
    """The template or what was given to it is wrong; the message is the typesetter's."""


def pdf(template: str, data: Mapping[str, object]) -> bytes:
    """A PDF from the template of that name in data/documents, filled with `data`.

    Errors: CannotTypeset for a template that is not there, or one that does not go with the data.
    """
    if not _NAME.fullmatch(template):
        raise CannotTypeset(f"no template is called {template!r}")
    with as_file(files("handrail.data").joinpath("documents")) as folder:
        source = folder / f"{template}.typ"
        if not source.is_file():
            raise CannotTypeset(f"no template is called {template!r}")
        try:
            made = typst.compile(
                source,
                root=folder,
                format="pdf",
                ignore_system_fonts=True,
                font_paths=[],
                package_path=folder,
                package_cache_path=folder,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as wrong:
            raise CannotTypeset(wrong.message) from wrong
    if not isinstance(made, bytes):
        raise CannotTypeset("the typesetter gave no document")
    return made


def document(
    *,
    title: str,
    blocks: Iterable[Block],
    subtitle: str = "",
    house: str = "",
    foot: str = "",
    terms: Iterable[str] = (),
    language: str = "en",
) -> bytes:
    """A PDF of blocks in the house's look. `terms` stand last and small: the statement and scope.

    `house` is who it comes from; `foot` stands at the foot of every page, with the page numbers.
    `language` is a code of two letters, so that it is read out with the right voice.
    """
    return pdf(
        "blocks",
        {
            "title": title,
            "subtitle": subtitle,
            "from": house,
            "foot": foot,
            "lang": language,
            "region": "us",
            "blocks": [dict(one) for one in blocks],
            "terms": [one for one in terms if one],
        },
    )
