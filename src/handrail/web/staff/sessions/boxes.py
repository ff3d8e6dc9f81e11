"""The fields of the board: what was typed, what it was written on, and what others typed."""

import hashlib

from handrail.areas.sessions.selectors.board import Tile
from handrail.core.course.attendance import Absent, Present, Seen
from handrail.core.drafts import Field
from handrail.web.staff.sessions import words
from handrail.web.staff.sessions.pages import Box, Other


def fingerprint(text: str) -> str:
    """A short fingerprint of what a field said when it was shown: has it been touched since?"""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def base_of(field: Field) -> str:
    """What a field was written on: its version, and whether it was touched at all."""
    return f"{field.version}.{fingerprint(field.text)}"


def seen_base(tile: Tile) -> str:
    """What a mark was made on: its version, and what it said."""
    seen = Absent(tile.excuse) if tile.absent else Present(tile.arrived, tile.left)
    return f"{tile.attendance_version}.{fingerprint(said(seen))}"


def said(seen: Seen) -> str:
    """Attendance as the text its fingerprint is made of."""
    if isinstance(seen, Absent):
        return f"absent|{seen.excuse}"
    return f"{seen.arrived}|{'' if seen.left is None else seen.left}"


def others(field: Field, zone: str, choices: tuple[tuple[str, str], ...] = ()) -> tuple[Other, ...]:
    """Other texts; one that is a choice is said in the words of that choice."""
    known = dict(choices)
    return tuple(
        Other(one.key, one.text, known.get(one.text, one.text), one.by, words.at_time(one.at, zone))
        for one in field.others
    )


def box(
    key: str, field: Field, zone: str, *, label: str, rows: int = 3, hint: str = "", about: str = ""
) -> Box:
    """A field to write in, with who saved it last and what others wrote at the same time."""
    saved = f"{field.by}, {words.at_time(field.at, zone)}" if field.at else ""
    return Box(
        key=key, label=label, hint=hint, text=field.text, base=base_of(field), rows=rows,
        saved=saved, others=others(field, zone), about=about,
    )  # fmt: skip
