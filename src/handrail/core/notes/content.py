"""What a note says, exactly as it is signed, and the fingerprint that shows any later change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from enum import Enum
from typing import Any

from handrail.core.course.attendance import Status
from handrail.core.course.schedule import Modality
from handrail.core.notes.errors import HalfACharacter, NoteError

VERSION = "handrail-note-1"
"""Stands in every signed text, so that a note can still be read when its form has changed."""


@dataclass(frozen=True, slots=True)
class SharedPart:
    """What was done in one part of the session; the same in everyone's note."""

    segment: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupContent:
    """What everyone's note of a session says alike: when, where, how, topics, what was done.

    `start` and `stop` are local times in `zone`; None, like a missing modality, while drafting.
    """

    track: str
    number: int
    local_date: date
    zone: str = ""
    start: time | None = None
    stop: time | None = None
    modality: Modality | None = None
    place: str = ""
    topics: tuple[str, ...] = ()
    shared: tuple[SharedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class IndividualContent:
    """What one person's note says of that person alone.

    `words` are the person's own: participation and response. `status` None is not marked yet.
    `arrived` and `left` are minutes of the session. `modality` is needed only in a mixed
    session, `place` (where the person was) only online, `outreach` only after an absence.
    """

    client: str
    status: Status | None = None
    words: str = ""
    goal: str = ""
    risk: str = ""
    plan: str = ""
    arrived: int | None = None
    left: int | None = None
    attended_minutes: int | None = None
    therapeutic_minutes: int | None = None
    modality: Modality | None = None
    place: str = ""
    outreach: str = ""

    @property
    def is_absence(self) -> bool:
        """Whether the note says that the person was not there."""
        return self.status is not None and self.status.is_absence


@dataclass(frozen=True, slots=True)
class NoteContent:
    """One person's whole note of a session, as it is signed: shared part and own part."""

    group: GroupContent
    individual: IndividualContent


def modality_of(group: GroupContent, individual: IndividualContent) -> Modality | None:
    """How this person took part: the session's way, or in a mixed one the person's own."""
    if group.modality is Modality.MIXED:
        return individual.modality if individual.modality is not Modality.MIXED else None
    return group.modality


def texts(group: GroupContent, individual: IndividualContent) -> dict[str, str]:
    """Every free text of a person's note, by field: what is searched for other people's names."""
    shared = {f"shared {i}": part.text for i, part in enumerate(group.shared, start=1)}
    topics = {f"topic {i}": topic for i, topic in enumerate(group.topics, start=1)}
    own = {
        name: getattr(individual, name)
        for name in ("words", "goal", "risk", "plan", "place", "outreach")
    }
    return own | shared | topics


def for_one(group: GroupContent, individual: IndividualContent) -> GroupContent:
    """What the group did, as one person's note tells it: nothing of it to someone not there."""
    return replace(group, shared=()) if individual.is_absence else group


def canonical(content: NoteContent) -> str:
    """The one way to write a note down: the same content always gives the same text."""
    plain = {"version": VERSION, **asdict(content)}
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text
    )


def read_canonical(text: str) -> NoteContent:
    """The note that a signed text holds. Raises NoteError when the text is not one."""
    try:
        plain = json.loads(text)
        if plain["version"] != VERSION:
            raise ValueError(f"its form is {plain['version']!r}, not {VERSION!r}")
        return NoteContent(_group(plain["group"]), _individual(plain["individual"]))
    except (KeyError, TypeError, ValueError) as wrong:
        raise NoteError(f"this is not a signed note: {wrong}") from wrong


def content_hash(text: str) -> str:
    """The fingerprint (SHA-256, hexadecimal) of a signed text: one changed letter changes it."""
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as wrong:
        raise HalfACharacter from wrong


def addendum_hash(note_hash: str, text: str) -> str:
    """The fingerprint of an addendum, which binds it to the note that it was added to."""
    return content_hash(f"{note_hash}\n{text}")


def _as_text(value: date | time | Enum) -> str:
    return str(value.value) if isinstance(value, Enum) else value.isoformat()


def _group(plain: Mapping[str, Any]) -> GroupContent:
    return GroupContent(
        **{
            **plain,
            "local_date": date.fromisoformat(plain["local_date"]),
            "start": _time(plain["start"]),
            "stop": _time(plain["stop"]),
            "modality": _modality(plain["modality"]),
            "topics": tuple(plain["topics"]),
            "shared": tuple(SharedPart(**part) for part in plain["shared"]),
        }
    )


def _individual(plain: Mapping[str, Any]) -> IndividualContent:
    status = plain["status"]
    return IndividualContent(
        **{
            **plain,
            "status": None if status is None else Status(status),
            "modality": _modality(plain["modality"]),
        }
    )


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _modality(text: str | None) -> Modality | None:
    return None if text is None else Modality(text)
