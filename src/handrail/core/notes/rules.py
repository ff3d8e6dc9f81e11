"""The numbers and words that notes are checked by, read from data; a program can change each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handrail.core.course.templates import TAGS
from handrail.core.notes.errors import NoteError
from handrail.core.notes.names import NameWords


@dataclass(frozen=True, slots=True)
class NoteRules:
    """What a program checks notes by. Sources and dates stand beside each in notes.toml.

    `alike_percent` from which two texts are too alike; `alike_at_least_words` from which length;
    `alike_leave_out` words that do not count; a risk statement `risk_every` sessions;
    `ending_within` sessions is about to end; `sign_alone` letters need no co-signature. Notes are
    due `sign_within` the end of a session, a co-signature `co_sign_within` the first signature.
    """

    alike_percent: int
    alike_at_least_words: int
    alike_leave_out: frozenset[str]
    risk_every: int
    ending_within: int
    name_words: NameWords
    sign_alone: frozenset[str]
    sign_within: timedelta
    co_sign_within: timedelta


def read_note_rules(tables: Mapping[str, Any]) -> NoteRules:
    """Read the rules. Raises NoteError, naming the table that is wrong."""
    try:
        for name in ("alike", "risk", "board", "clock", "names", "signatures"):
            _check_source(name, tables[name])
        alike, names, clock = tables["alike"], tables["names"], tables["clock"]
        return NoteRules(
            alike_percent=_between(1, alike["threshold_percent"], 100),
            alike_at_least_words=_between(1, alike["at_least_words"], 1000),
            alike_leave_out=frozenset(alike["leave_out"]),
            risk_every=_between(1, tables["risk"]["every_sessions"], 1000),
            ending_within=_between(0, tables["board"]["ending_within_sessions"], 1000),
            name_words=NameWords(
                ordinary=frozenset(names["ordinary"]),
                doubtful=frozenset(names["doubtful"]),
                before_a_person=frozenset(names["before_a_person"]),
                particles=frozenset(names["particles"]),
            ),
            sign_alone=frozenset(tables["signatures"]["sign_alone"]),
            sign_within=_hours(clock["sign_within_hours"]),
            co_sign_within=_hours(clock["co_sign_within_hours"]),
        )
    except KeyError as missing:
        raise NoteError(f"the rules for notes: {missing} is missing") from missing


def _check_source(name: str, table: Mapping[str, Any]) -> None:
    if not table["source"] or table["tag"] not in TAGS or not isinstance(table["as_of"], date):
        raise NoteError(f"{name}: a source, a tag out of {', '.join(TAGS)}, and a date are needed")


def _hours(number: int) -> timedelta:
    return timedelta(hours=_between(1, number, 24 * 60))


def _between(least: int, number: int, most: int) -> int:
    if not least <= number <= most:
        raise NoteError(f"{number}: from {least} to {most} is possible")
    return number
