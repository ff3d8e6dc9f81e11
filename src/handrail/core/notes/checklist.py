"""What is still open before one person's note can be signed, in the order it is read."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from handrail.core.course.schedule import Modality
from handrail.core.notes.content import GroupContent, IndividualContent, modality_of
from handrail.core.notes.copy_check import Alike
from handrail.core.notes.errors import NoteError
from handrail.core.notes.names import Mention
from handrail.core.text import plain_letters


class PointKind(Enum):
    """What can be open. The value is stored in acknowledgements: never change it."""

    ATTENDANCE_NOT_MARKED = "attendance_not_marked"
    TWO_TEXTS = "two_texts"
    OWN_WORDS_MISSING = "own_words_missing"
    GOAL_MISSING = "goal_missing"
    RISK_MISSING = "risk_missing"
    OUTREACH_MISSING = "outreach_missing"
    MINUTES_MISSING = "minutes_missing"
    START_STOP_MISSING = "start_stop_missing"
    MODALITY_MISSING = "modality_missing"
    PLACE_MISSING = "place_missing"
    ANOTHERS_NAME = "anothers_name"
    MAYBE_A_NAME = "maybe_a_name"
    ALIKE_ANOTHER = "alike_another"
    ALIKE_LAST_TIME = "alike_last_time"

    @property
    def blocks(self) -> bool:
        """Whether it has to be mended; the others can be acknowledged instead."""
        return self not in _ACKNOWLEDGED


_ACKNOWLEDGED = (PointKind.MAYBE_A_NAME, PointKind.ALIKE_ANOTHER, PointKind.ALIKE_LAST_TIME)


class RiskReason(Enum):
    """Why a risk statement is due tonight."""

    FLAGGED = "flagged"
    CHANGED = "changed"
    NEVER = "never"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class RiskDue:
    """That a risk statement is due, why, and the words for it."""

    reason: RiskReason
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing still open. `key` is what an acknowledgement names; it changes with the text.

    `field` is where to look: a field of IndividualContent or GroupContent, as in content.texts.
    """

    kind: PointKind
    words: str
    key: str
    field: str

    @property
    def blocks(self) -> bool:
        """Whether it has to be mended; False can be acknowledged."""
        return self.kind.blocks

    @property
    def is_shared(self) -> bool:
        """Whether it is about a text that all notes share: then one answer serves all of them."""
        return self.field.startswith(("shared ", "topic "))


def risk_due(
    *, changed: bool, open_flags: Collection[str], sessions_since_last: int | None, every: int
) -> RiskDue | None:
    """Whether a risk statement is due, and why; None when it is not.

    `open_flags` are their words ("suicide"). `sessions_since_last` counts the sessions attended
    since the one with the last statement, this one included; None when there never was one.
    """
    if every < 1:
        raise NoteError(f"a risk statement every {every} sessions cannot be")
    if open_flags:
        return RiskDue(RiskReason.FLAGGED, f"open flag: {', '.join(sorted(open_flags))}")
    if changed:
        return RiskDue(RiskReason.CHANGED, "something about the risk has changed")
    if sessions_since_last is None:
        return RiskDue(RiskReason.NEVER, "there is none yet in this course")
    if sessions_since_last >= every:
        ago = "session" if every == 1 else f"{every} sessions"
        return RiskDue(RiskReason.EVERY, f"one is due every {ago}")
    return None


def open_points(
    group: GroupContent,
    individual: IndividualContent,
    *,
    risk: RiskDue | None = None,
    alike: Iterable[Alike] = (),
    mentions: Iterable[Mention] = (),
    names: Mapping[str, str] | None = None,
    unsettled: Iterable[str] = (),
    acknowledged: Collection[str] = (),
) -> tuple[Point, ...]:
    """Everything that stands between this person's note and a signature; empty means: sign.

    `unsettled` are fields that hold two people's texts, of which nobody has chosen yet.
    `alike` and `mentions` are as found (those of other people's notes are passed over); `names`
    by person say who is meant; `acknowledged` holds the keys that the author has looked at.
    """
    found = (
        *(_of_two_texts(field) for field in unsettled),
        *_missing(group, individual, risk),
        *(_of_mention(one, names or {}) for one in mentions),
        *_of_alike(individual, alike, names or {}),
    )
    once = {point.key: point for point in found}
    return tuple(p for p in once.values() if p.blocks or p.key not in acknowledged)


def mention_points(mentions: Iterable[Mention], names: Mapping[str, str]) -> tuple[Point, ...]:
    """What mentions of other people leave open, for a text that is no whole note: an addendum."""
    once = {point.key: point for point in (_of_mention(one, names) for one in mentions)}
    return tuple(once.values())


def _of_two_texts(field: str) -> Point:
    words = "Two people wrote here at the same time. Choose what stays."
    return Point(PointKind.TWO_TEXTS, words, f"{PointKind.TWO_TEXTS.value}:{field}", field)


def _missing(
    group: GroupContent, individual: IndividualContent, risk: RiskDue | None
) -> Iterator[Point]:
    if individual.status is None:
        yield _point(PointKind.ATTENDANCE_NOT_MARKED, "There or not? Mark it.", "status")
    elif individual.is_absence:
        if not individual.outreach.strip():
            words = "A call is owed: log it, or say what was done."
            yield _point(PointKind.OUTREACH_MISSING, words, "outreach")
    else:
        yield from _missing_words(individual, risk)
        yield from _missing_facts(group, individual)
    if group.start is None or group.stop is None:
        yield _point(PointKind.START_STOP_MISSING, "When did it begin and end?", "start")


def _missing_words(individual: IndividualContent, risk: RiskDue | None) -> Iterator[Point]:
    if not individual.words.strip():
        yield _point(PointKind.OWN_WORDS_MISSING, "No words of their own yet.", "words")
    if not individual.goal.strip():
        yield _point(PointKind.GOAL_MISSING, "Which goal was touched?", "goal")
    if risk and not individual.risk.strip():
        words = f"A risk statement is needed: {risk.words}."
        yield _point(PointKind.RISK_MISSING, words, "risk")


def _missing_facts(group: GroupContent, individual: IndividualContent) -> Iterator[Point]:
    minutes = (individual.arrived, individual.left, individual.therapeutic_minutes)
    if None in minutes or not individual.attended_minutes:
        yield _point(PointKind.MINUTES_MISSING, "From when to when were they there?", "minutes")
    modality = modality_of(group, individual)
    if modality is None:
        yield _point(PointKind.MODALITY_MISSING, "In the room or online?", "modality")
    if modality is Modality.ONLINE and not individual.place.strip():
        words = "Online: where were they? Help has to find them."
        yield _point(PointKind.PLACE_MISSING, words, "place")


def _of_mention(mention: Mention, names: Mapping[str, str]) -> Point:
    who = names.get(mention.person, mention.person)
    if mention.sure:
        kind = PointKind.ANOTHERS_NAME
        words = f"“{mention.name}” names {who}, who has a chart of their own. Take it out."
    else:
        kind = PointKind.MAYBE_A_NAME
        words = f"Is “{mention.name}” {who}? If so, take it out; if not, say so."
    part = f"{mention.person}:{mention.field}:{plain_letters(mention.name)}"
    return Point(kind, words, f"{kind.value}:{part}", mention.field)


def _of_alike(
    individual: IndividualContent, alike: Iterable[Alike], names: Mapping[str, str]
) -> Iterator[Point]:
    if individual.is_absence:
        return
    for one in alike:
        if one.person == individual.client:
            yield _alike_point(one, one.other, names)
        elif one.other == individual.client:
            yield _alike_point(one, one.person, names)


def _alike_point(alike: Alike, other: str | None, names: Mapping[str, str]) -> Point:
    if other is None:
        kind, whose = PointKind.ALIKE_LAST_TIME, "the note from last time"
    else:
        kind, whose = PointKind.ALIKE_ANOTHER, f"what is written for {names.get(other, other)}"
    # A new passage is a new question: the old acknowledgement was not about it.
    passage = hashlib.sha256(plain_letters(alike.passage).encode("utf-8", "replace")).hexdigest()
    words = f"{alike.percent} % alike with {whose}: “{alike.passage}”"
    return Point(kind, words, f"{kind.value}:{other or ''}:{passage[:16]}", "words")


def _point(kind: PointKind, words: str, field: str) -> Point:
    return Point(kind, words, kind.value, field)
