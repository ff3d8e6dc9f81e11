"""Danger in a private check: of which kind, how sure, and what is said to whom at once.

Each kind of danger has a way of its own (data/dangers.toml): whom to call, what to say, what to do
until help is there. What an answer means is decided here, over that table; pages only say it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from handrail.core.check import LATER, REFUSED, UNKNOWN, Answers, Check, Voice, Words, words


class How(Enum):
    """How a kind of danger stands.

    `SURE`: an answer says it is so, and everything else can wait. `TODAY`: someone trained looks
    today. `GENTLE`: it deserves help without being an emergency. `UNSURE`: the question is open.
    """

    SURE = "sure"
    TODAY = "today"
    UNSURE = "unsure"
    GENTLE = "gentle"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: in a few words, in a sentence or two, and a note set apart.

    `stay` marks a step that asks to stay with the person; `short` one that a result says too.
    """

    do: str
    text: str
    note: str
    only: str
    stay: bool
    short: bool


@dataclass(frozen=True, slots=True)
class Way:
    """What is said about one kind of danger, and the answers that raise it."""

    kind: str
    texts: Mapping[str, Words]
    call: tuple[str, ...]
    steps: tuple[Step, ...]
    ask: tuple[str, ...]
    dont: Mapping[Voice, tuple[str, ...]]
    sure: Mapping[Voice, frozenset[str]]
    calmed: frozenset[str]
    today: tuple[frozenset[str], ...]
    gently: frozenset[str]
    in_case: frozenset[str]
    threatens: bool
    covers: frozenset[str]
    sources: tuple[str, ...]

    def says(self, name: str, voice: Voice) -> str:
        """One of the way's texts (title, lead, say, until, …), or empty where it has none."""
        return self.texts[name].to(voice) if name in self.texts else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the steps of a way come from, and when it was read."""

    id: str
    cited: str


@dataclass(frozen=True, slots=True)
class Dangers:
    """Every kind of danger, in the order they are told, and which finding goes which way."""

    version: str
    ways: tuple[Way, ...]
    by_finding: Mapping[str, str]
    sources: tuple[Source, ...]

    def way(self, kind: str) -> Way:
        """The way for a kind of danger."""
        return next(one for one in self.ways if one.kind == kind)


@dataclass(frozen=True, slots=True)
class Danger:
    """A kind of danger that the answers tell of, and how it stands."""

    kind: str
    how: How


@dataclass(frozen=True, slots=True)
class Told:
    """A danger as it is said to one reader.

    Nobody is told to stay with someone who threatens: those steps are left out then.
    """

    kind: str
    how: How
    title: str
    lead: str
    because: str
    call: tuple[str, ...]
    say: str
    say_more: str
    steps: tuple[Step, ...]
    ask: tuple[str, ...]
    dont: tuple[str, ...]
    until: str
    sources: tuple[Source, ...]


def dangers_of(
    dangers: Dangers,
    answers: Answers,
    voice: Voice,
    *,
    emergency: Mapping[str, bool],
    all_open: bool = False,
) -> tuple[Danger, ...]:
    """The dangers that the answers tell of, in the order they are told.

    `emergency` holds the findings that the rules call an emergency, and whether each is known. With
    `all_open`, also those whose question was answered with "I do not know" or left for later.
    """
    said = {f"{slug}:{key}" for slug, keys in answers.items() for key in keys}
    by_rule: dict[str, bool] = {}
    named = [one for one in emergency if one in dangers.by_finding]
    for finding in named or emergency:  # what goes along with a named one has no way of its own
        kind = dangers.by_finding.get(finding, "body")
        by_rule[kind] = by_rule.get(kind, False) or emergency[finding]
    for way in dangers.ways:
        if said & way.sure[voice]:  # it says all of that itself, and more exactly
            by_rule = {kind: known for kind, known in by_rule.items() if kind not in way.covers}
    found = ((way, _stands(way, said, voice, by_rule, all_open=all_open)) for way in dangers.ways)
    return tuple(Danger(way.kind, how) for way, how in found if how)


def _stands(
    way: Way, said: set[str], voice: Voice, by_rule: Mapping[str, bool], *, all_open: bool
) -> How | None:
    if by_rule.get(way.kind):
        return How.SURE
    if said & way.sure[voice]:
        return How.GENTLE if said & way.calmed else How.SURE
    if way.today and all(said & line for line in way.today) and not said & way.calmed:
        return How.TODAY
    opens = (REFUSED, UNKNOWN, LATER) if all_open else (REFUSED,)
    is_open = any(f"{slug}:{key}" in said for slug in way.in_case for key in opens)
    if is_open or way.kind in by_rule:
        return How.UNSURE
    return How.GENTLE if said & way.gently else None


def tell(dangers: Dangers, found: Sequence[Danger], voice: Voice) -> tuple[Told, ...]:
    """Say each danger to a reader."""
    threatened = voice is Voice.SOMEONE and any(
        one.how is How.SURE and dangers.way(one.kind).threatens for one in found
    )
    return tuple(_told(dangers, one, voice, threatened=threatened) for one in found)


_TITLES = {
    How.SURE: "title",
    How.TODAY: "today_title",
    How.UNSURE: "unsure",
    How.GENTLE: "gentle",
}


def _told(dangers: Dangers, danger: Danger, voice: Voice, *, threatened: bool) -> Told:
    way = dangers.way(danger.kind)
    title, lead = way.says(_TITLES[danger.how], voice), way.says("lead", voice)
    if threatened:
        lead = way.says("lead_threat", voice) or lead
        if danger.how is How.SURE:
            title = way.says("title_threat", voice) or title
    asking = danger.how is How.UNSURE and voice is Voice.SOMEONE
    return Told(
        kind=way.kind,
        how=danger.how,
        title=title,
        lead=lead,
        because=way.says("today_because", voice) if danger.how is How.TODAY else "",
        call=way.call,
        say=way.says("say", voice),
        say_more=way.says("say_more", voice),
        steps=tuple(
            one
            for one in way.steps
            if one.only in ("", voice.value) and not (threatened and one.stay)
        ),
        ask=way.ask if asking else (),
        dont=way.dont[voice],
        until=way.says("until", voice),
        sources=tuple(one for one in dangers.sources if one.id in way.sources),
    )


# ---- reading ---------------------------------------------------------------------------------

_TEXTS = (
    *("name", "title", "lead", "say", "say_more", "unsure", "gentle", "until"),
    *("today_title", "today_because", "title_threat", "lead_threat"),
)


class DangerError(ValueError):
    """A way that cannot be told; the message names it."""


def read_dangers(table: Mapping[str, Any], check: Check) -> Dangers:
    """Read the ways from their table and check that each can be reached and told.

    Raises DangerError, naming the way and what is wrong with it.
    """
    choices = {f"{one.slug}:{choice.key}" for one in check.questions for choice in one.choices}
    slugs = {one.slug for one in check.questions}
    sources = tuple(Source(row["id"], row["cited"]) for row in table["source"])
    ways: list[Way] = []
    for row in table["danger"]:
        try:
            way = _way(row)
            _require(way, choices, slugs, {one.id for one in sources})
        except (KeyError, TypeError, ValueError) as wrong:
            raise DangerError(f"danger {row.get('kind', 'without a kind')}: {wrong}") from wrong
        ways.append(way)
    unknown = set(table["findings"].values()) - {way.kind for way in ways}
    if unknown:
        raise DangerError(f"findings: there is no danger {', '.join(sorted(unknown))}")
    return Dangers(table["version"], tuple(ways), dict(table["findings"]), sources)


def _way(row: Mapping[str, Any]) -> Way:
    return Way(
        kind=row["kind"],
        texts={name: words(row[name]) for name in _TEXTS if name in row},
        call=tuple(row["call"]),
        steps=tuple(
            Step(
                one["do"],
                one["text"],
                one.get("note", ""),
                one.get("only", ""),
                one.get("stay", False),
                one.get("short", False),
            )
            for one in row["step"]
        ),
        ask=tuple(one["text"] for one in row.get("ask", ())),
        dont=_by_voice(row["dont"], tuple),
        sure=_by_voice(row["sure"], frozenset),
        calmed=frozenset(row.get("calmed", ())),
        today=tuple(frozenset(line) for line in row.get("today", ())),
        gently=frozenset(row.get("gently", ())),
        in_case=frozenset(row.get("in_case", ())),
        threatens=row.get("threatens", False),
        covers=frozenset(row.get("covers", ())),
        sources=tuple(row["sources"]),
    )


def _by_voice(row: Any, make: Any) -> Any:
    """A list for both voices, or one for each."""
    if isinstance(row, Mapping):
        return {voice: make(row[voice.value]) for voice in Voice}
    return dict.fromkeys(Voice, make(row))


def _require(way: Way, choices: set[str], slugs: set[str], sources: set[str]) -> None:
    named: set[str] = set().union(*way.sure.values(), *way.today, way.calmed, way.gently)
    _all_known("answer", named, choices)
    _all_known("question", way.in_case, slugs)
    _all_known("source", way.sources, sources)
    if not way.sources:
        raise ValueError("says where nothing of it comes from")
    if way.today and "today_title" not in way.texts:
        raise ValueError("has no title for today")


def _all_known(what: str, named: Iterable[str], known: set[str]) -> None:
    missing = set(named) - known
    if missing:
        raise ValueError(f"there is no {what} {', '.join(sorted(missing))}")


def shortened(told: Told) -> Told:
    """The same with the steps that matter most, where there is little room."""
    return replace(told, steps=tuple(one for one in told.steps if one.short))
