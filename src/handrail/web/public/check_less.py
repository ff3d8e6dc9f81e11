"""What something less would give up, or that it is reasonable: words for a hard talk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import Voice, words
from handrail.core.placement.compare import (
    GIVES_UP,
    MORE_THAN_NEEDED,
    OPEN,
    REASONABLE,
    Comparison,
    compare,
    read_asked,
)
from handrail.core.placement.recommendation import NeedFound, Recommendation
from handrail.data.wording import Source
from handrail.web.public.check_help import Help, help_in_case
from handrail.web.public.check_next import (
    Wish,
    left_unsaid,
    take_along,
    today_of,
    wishes_shown,
)
from handrail.web.public.check_result import headline_of
from handrail.web.public.check_words import leaves_out, plain_words
from handrail.web.public.words import check_table, listed, small, sources

_FOR_OPIOIDS = ("overdose_prevention", "medication_for_addiction")
"""What goes with every choice where opioids are taken: it keeps people alive at any level."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A need that would be left out, in plain words; of the floor: it is not up for bargaining."""

    leaves_out: str
    why: str
    floor: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask, and where the right behind it comes from, if it has one."""

    text: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Less:
    """What someone would rather have, held against what is needed."""

    voice: str
    wishes: tuple[Wish, ...]
    asked: str
    kind: str
    verdict: str
    explained: str
    given_up: tuple[GivenUp, ...]
    may_give_up: tuple[str, ...]
    comes_with: str
    whatever: tuple[str, ...]
    say: str
    do: tuple[str, ...]
    not_to_argue: tuple[str, ...]
    ask: tuple[str, ...]
    ask_insurer: tuple[Question, ...]
    sources: tuple[Source, ...]
    helps: tuple[Help, ...]
    fits: str


def wishes() -> tuple[str, ...]:
    """The keys of everything less that can be asked for."""
    return tuple(row["key"] for row in check_table()["less"])


def less_of(draft: Draft, found: Recommendation) -> Less:
    """Hold what someone would rather have against what is needed."""
    voice, table = draft.voice, check_table()
    wish = next((row for row in table["less"] if row["key"] == draft.less), None)
    kind, verdict, explained, say, comes_with = "", "", "", "", ""
    given_up: tuple[GivenUp, ...] = ()
    may_give_up: tuple[str, ...] = ()
    if wish:
        compared = compare(found, read_asked(wish["asked"], found.care))
        given_up = _given_up(compared.gives_up, found, voice)
        may_give_up = tuple(leaves_out(code, found, voice) for code in compared.may_give_up)
        comes_with = _comes_with(compared, found)
        kind = "floor" if compared.floor else compared.verdict
        verdict, explained = table["verdict"][kind]["title"], table["verdict"][kind]["explained"]
        codes = [need.code for need in compared.gives_up] or list(compared.may_give_up)
        if kind == GIVES_UP and "overdose_prevention" in found.need_codes:
            home = wish.get("then_home")
            codes.insert(0, "medication_for_addiction" if home else "overdose_prevention")
        cannot_wait = {box.kind for box in today_of(draft, found)} & {"withdrawal", "ghb"}
        if cannot_wait and kind in (GIVES_UP, REASONABLE):
            kind_said, codes = "floor", ["withdrawal_assessment"]  # no two weeks for a body at risk
        else:
            kind_said = kind
        say = _say(kind_said, codes, voice)
        if kind_said not in ("floor", OPEN):  # nobody waits patiently with what cannot wait
            say = say if voice is Voice.ME else wish.get("kitchen", say)
    headline, _ = headline_of(draft, found)
    return Less(
        voice=voice.value,
        wishes=wishes_shown(draft, draft.less, found=found),
        asked=words(wish).to(voice) if wish else "",
        kind=kind,
        verdict=verdict,
        explained=explained,
        given_up=given_up,
        may_give_up=may_give_up,
        comes_with=comes_with,
        whatever=_whatever(draft, found, wish or {}),
        say=say,
        do=tuple(wish.get("do", ())) if wish else (),
        not_to_argue=not_to_argue(),
        ask=take_along(draft, found),
        ask_insurer=ask_insurer(),
        sources=cited(ask_insurer()),
        helps=help_in_case(draft),
        fits=headline,
    )


def not_to_argue() -> tuple[str, ...]:
    """When not to argue."""
    return tuple(row["text"] for row in check_table()["not_to_argue"])


def ask_insurer() -> tuple[Question, ...]:
    """What to ask an insurer, whatever is chosen."""
    return tuple(Question(row["text"], source_of(row)) for row in check_table()["ask_insurer"])


def source_of(row: Mapping[str, Any]) -> Source | None:
    """Where the fact in a row comes from, if it names a source."""
    return next((one for one in sources("less") if one.id == row.get("source")), None)


def cited(questions: Iterable[Question]) -> tuple[Source, ...]:
    """The sources that questions rest on."""
    return tuple(one.source for one in questions if one.source)


def _comes_with(compared: Comparison, found: Recommendation) -> str:
    """What has to come with it, where it is enough then."""
    if compared.verdict not in (REASONABLE, MORE_THAN_NEEDED):
        return ""
    return listed([small(found.care.name(code)) for code in compared.comes_with])


def _whatever(draft: Draft, found: Recommendation, wish: Mapping[str, Any]) -> tuple[str, ...]:
    """What goes with every choice: medicine, naloxone, and a word about the weeks after detox."""
    table, said = check_table()["whatever"], draft.answers.get("substances", ())
    unsaid = left_unsaid(draft, found)
    codes = [code for code in table if code in found.need_codes and code not in unsaid]
    if "opioids" in said:  # whatever level the rules find
        codes = [*(code for code in _FOR_OPIOIDS if code not in codes), *codes]
    if "opioids" in said and wish.get("then_home"):
        codes.append("after_detox")
    return tuple(words(table[code]).to(draft.voice) for code in codes)


def _given_up(
    needs: Iterable[NeedFound], found: Recommendation, voice: Voice
) -> tuple[GivenUp, ...]:
    """Needs that are left out; those with the same reason stand together."""
    together: dict[tuple[str, bool], list[str]] = {}
    for need in needs:
        left = leaves_out(need.code, found, voice)
        together.setdefault((plain_words(need.plain[0], voice), need.floor), []).append(left)
    return tuple(GivenUp(listed(left), why, floor) for (why, floor), left in together.items())


def _say(kind: str, needs: list[str], voice: Voice) -> str:
    table = check_table()
    if voice is Voice.ME:
        own = {"floor": "floor", GIVES_UP: "gives_up", OPEN: "floor", MORE_THAN_NEEDED: kind}
        return str(table["kitchen_me"][own.get(kind, "reasonable")])
    kitchen = table["kitchen"]
    if not needs:
        return str(kitchen.get(kind, kitchen["reasonable"]))
    return str(next((kitchen[code] for code in needs if code in kitchen), kitchen["anything"]))
