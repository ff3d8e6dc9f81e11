"""What a posted board says: texts, attendance, and the one button that was pressed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from handrail.areas.sessions.errors import NobodyMeant, NotMinutes
from handrail.core.course.attendance import Absent, Present, Seen
from handrail.core.errors import Invalid
from handrail.core.text import whole_number
from handrail.web.kit.sentences import sentences
from handrail.web.staff.sessions.boxes import fingerprint, said
from handrail.web.staff.sessions.pages import Wrong


@dataclass(frozen=True, slots=True)
class Typed:
    """One text as posted. `client` is None for the shared note."""

    client: UUID | None
    field: str
    text: str
    base_version: int


@dataclass(frozen=True, slots=True)
class Marked:
    """One person's attendance as posted."""

    client: UUID
    seen: Seen
    base_version: int


def split_key(key: str) -> tuple[UUID | None, str]:
    """Whose field a key names, and which: "shared:segment:0" or "<client>:words"."""
    whose, _, field = key.partition(":")
    if whose == "shared":
        return None, field
    return to_id(whose), field


def to_id(text: str) -> UUID:
    """An id as posted. Raises NobodyMeant for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NobodyMeant from None


def to_version(text: str) -> int:
    """The version in a base; the fingerprint behind the dot is not for this."""
    return whole_number(text.partition(".")[0]) or 0


def as_typed(text: str) -> str:
    """A text with the line ends of a file; browsers post those of a terminal."""
    return text.replace("\r\n", "\n")


def texts(posted: Mapping[str, str]) -> Iterator[Typed]:
    """Every text somebody changed. One that still says what it said when shown is left alone,
    so that nothing older than the page is written over something newer.
    """
    for name, value in posted.items():
        kind, _, key = name.partition("|")
        if kind != "text":
            continue
        base, text = posted.get(f"base|{key}", ""), as_typed(value)
        if base.partition(".")[2] == fingerprint(text) or _is_a_guess(posted, key, base):
            continue
        client, field = split_key(key)
        yield Typed(client, field, text, to_version(base))


def _is_a_guess(posted: Mapping[str, str], key: str, base: str) -> bool:
    """A goal that was chosen by itself counts once something is written about the person."""
    whose, _, field = key.partition(":")
    if field != "goal" or not base.startswith("0."):
        return False
    return not posted.get(f"text|{whose}:words", "").strip()


def marks(posted: Mapping[str, str], length: int) -> Iterator[Marked | Wrong]:
    """Everyone whose attendance was changed in the form of a session of `length` minutes."""
    for name, base in posted.items():
        if not name.startswith("base|seen|"):
            continue
        key = name.removeprefix("base|seen|")
        if wrong := wrong_minutes(posted, to_id(key), length, f"|{key}"):
            yield wrong
            continue
        seen = seen_in(posted, f"|{key}")
        if base.partition(".")[2] != fingerprint(said(seen)):
            yield Marked(to_id(key), seen, to_version(base))


def seen_in(posted: Mapping[str, str], suffix: str = "") -> Seen:
    """Attendance as typed. Raises NotMinutes for minutes that are no number."""
    if posted.get(f"absent{suffix}"):
        return Absent(posted.get(f"excuse{suffix}", "").strip()[:300])
    arrived, left = posted.get(f"arrived{suffix}", ""), posted.get(f"left{suffix}", "")
    return Present(_number(arrived) or 0, _number(left))


def wrong_minutes(
    posted: Mapping[str, str], client: UUID, length: int, suffix: str = ""
) -> Wrong | None:
    """What is wrong with the minutes as typed; None when they can be."""
    if posted.get(f"absent{suffix}"):
        return None
    arrived, left = posted.get(f"arrived{suffix}", ""), posted.get(f"left{suffix}", "")
    came, went = _wrong(arrived, 0, length - 1, length), _wrong(left, 1, length, length)
    if not came and not went and left.strip() and (_number(arrived) or 0) >= (_number(left) or 0):
        went = f"They came after minute {_number(arrived) or 0}: they cannot have left before."
    return Wrong(client, arrived, left, came, went) if came or went else None


def _wrong(text: str, least: int, most: int, length: int) -> str:
    if not text.strip():
        return ""
    try:
        minute = _number(text)
    except Invalid as problem:
        return sentences(problem)
    if minute is None or least <= minute <= most:
        return ""
    return f"The session has {length} minutes: {least} to {most}."


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    minutes = whole_number(text)
    if minutes is None:
        raise NotMinutes
    return minutes
