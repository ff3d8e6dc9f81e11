"""What a check's result says, in plain words: from a recommendation to a page.

Everything here is wording and order; what fits was decided by the core.
"""

from dataclasses import dataclass
from datetime import datetime

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import LATER, Voice, words
from handrail.core.placement.recommendation import Recommendation
from handrail.web.public.check_certain import Night, night_of
from handrail.web.public.check_help import Help, help_in_case
from handrail.web.public.check_leads import lead_of, watch_of
from handrail.web.public.check_next import (
    Change,
    Today,
    Wish,
    ask_again_of,
    changes_of,
    decisions_of,
    left_unsaid,
    notes_of,
    take_along,
    today_of,
    wishes_shown,
)
from handrail.web.public.check_reasons import Reason, reasons_of
from handrail.web.public.check_stairs import stairs_of
from handrail.web.public.check_steps import (
    EndOfRange,
    Row,
    ends_of,
    extras_of,
    first_rows,
    pathway_of,
    row_of,
)
from handrail.web.public.check_words import left, place_names, question_address
from handrail.web.public.level_strip import Strip
from handrail.web.public.words import check_table, criteria_set, day, either, mark, say, small

FIRST_SHOWN = 5
"""How many open questions a result shows before the rest is folded away."""

REASONS_SHOWN = 4
"""How many reasons a result gives before the rest is folded away."""

OF_THE_MIND = frozenset({"suicide", "harm", "psychosis", "violence", "child"})
"""Dangers that a look at the body does not settle."""

NO_PROFESSIONAL = frozenset({"on_my_own", "fellowship", "coaching"})
"""Levels at which nobody with a license looks."""

NO_LOOK = frozenset({"motivational_counseling", "case_management"})
"""What can be added to no care at all without a closer look being meant."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a result page says, in the order it says it."""

    voice: str
    answered: str
    standing: str
    headline: str
    lead: str
    outside: str
    emergency: bool
    later_title: str
    helps: tuple[Help, ...]
    today: tuple[Today, ...]
    night: Night | None
    watch: tuple[str, ...]
    strips: tuple[Strip, Strip] | None
    reasons: tuple[Reason, ...]
    more_reasons: tuple[Reason, ...]
    ends: tuple[EndOfRange, ...]
    first_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    lower: bool
    may_want_less: bool
    extras: tuple[tuple[str, str], ...]
    choices: str
    changes: tuple[Change, ...]
    more_changes: tuple[Change, ...]
    for_professional: tuple[str, ...]
    ask_again: tuple[str, ...]
    notes: tuple[str, ...]
    pathway: tuple[str, ...]
    take_along: tuple[str, ...]
    wishes: tuple[Wish, ...]
    later: int
    later_address: str
    unseen: int
    unseen_address: str
    criteria: str
    outside_steps: tuple[str, ...]


def result_of(draft: Draft, found: Recommendation, *, at: datetime) -> Result:
    """Put a recommendation in words, for the person or for someone who cares about them."""
    voice = draft.voice
    helps = help_in_case(draft)
    today = today_of(draft, found)
    emergency = not found.outside and any(help.sure for help in helps)
    headline, lead = headline_of(draft, found)
    if emergency:
        first = next(help for help in helps if help.sure)
        headline, lead = first.title, words(check_table()["emergency"]["lead"]).to(voice)
    changes, for_professional = changes_of(draft, found)
    later, unseen = left(draft, LATER), left(draft, "")
    unsaid, plain = left_unsaid(draft, found), "plain-lead" in decisions_of(draft, found)
    extras, choices = extras_of(found, voice, unsaid)
    reasons = reasons_of(draft, found)
    by_code = {verdict.code: verdict for verdict in found.levels}
    return Result(
        voice=voice.value,
        answered=day(at.date()),
        standing=(
            say("this cannot wait") if emergency else _standing(draft, found, answered=not changes)
        ),
        headline=headline,
        lead=lead,
        outside=found.outside,
        emergency=emergency,
        later_title=check_table()["emergency"]["later"],
        helps=helps,
        today=today,
        night=night_of(today, helps),
        watch=() if emergency or _look_first(draft, found) else watch_of(draft, found),
        strips=None if found.outside else stairs_of(found),
        reasons=reasons[:REASONS_SHOWN],
        more_reasons=reasons[REASONS_SHOWN:],
        ends=ends_of(found),
        first_rows=tuple(first_rows(found)),
        rows=tuple(
            row_of(found, by_code[code], voice, plain=plain, unsaid=unsaid)
            for code in reversed(found.care.spine)
            if by_code
        ),
        lower=found.level not in (None, found.care.spine[0]),
        may_want_less=found.level != found.care.spine[0],
        extras=extras,
        choices=choices,
        changes=changes[:FIRST_SHOWN],
        more_changes=changes[FIRST_SHOWN:],
        for_professional=for_professional,
        ask_again=ask_again_of(draft, found),
        notes=notes_of(found, voice),
        pathway=pathway_of(draft, found),
        take_along=take_along(draft, found),
        wishes=wishes_shown(draft, "", found=found),
        later=len(later),
        later_address=question_address(draft, later[0]) if later else "",
        unseen=len(unseen),
        unseen_address=question_address(draft, unseen[0]) if unseen else "",
        criteria=say(
            "{rules}, version {version}",
            rules=criteria_set().title,
            version=criteria_set().version,
        ),
        outside_steps=tuple(check_table()["outside"]["steps"][voice.value]),
    )


def _standing(draft: Draft, found: Recommendation, *, answered: bool) -> str:
    if left(draft, ""):
        return say("not finished yet")
    if found.level is None and not found.at_least and not found.outside:
        return say("safety questions are open")
    if not found.provisional:
        return say("nothing open that could change it")
    return say("every question answered") if answered else say("some questions are open")


def headline_of(draft: Draft, found: Recommendation) -> tuple[str, str]:
    """The one line that says what fits, and the sentence below it."""
    table, voice = check_table(), draft.voice
    if found.outside:
        return words(table["outside"]["title"]).to(voice), table["outside"]["lead"]
    if found.level is None and not found.at_least:
        return _range_headline(draft, found)
    row = next((row for row in table["headline"] if row["level"] == found.level), None)
    if row is None or _look_first(draft, found):
        row = table["closer_look"]
    headline = words(row).to(voice)
    lead = lead_of(draft, found, words(row["gives"]).to(voice))
    first = _first(found.acute, voice) if found.acute else _today_first(draft, found)
    if not first:
        return headline, lead
    after = say("After that, {lead}", lead=small(lead))
    return say("{first} Then {then}", first=first, then=small(headline)), after


def _look_first(draft: Draft, found: Recommendation) -> bool:
    """Whether someone looks before so little is called enough."""
    if found.level not in NO_PROFESSIONAL:
        return False
    extra = found.level == found.care.spine[0] and set(found.packages[0].facets) - NO_LOOK
    return bool(extra) or "look-first" in decisions_of(draft, found)


def _today_first(draft: Draft, found: Recommendation) -> str:
    """What is certain for today, in a sentence, or nothing: it stands before any level."""
    seen = next((help.title for help in help_in_case(draft) if help.today), "")
    boxes = (box.first for box in today_of(draft, found) if not box.gentle)
    return say("{sentence}.", sentence=seen) if seen else next(boxes, "")


def _range_headline(draft: Draft, found: Recommendation) -> tuple[str, str]:
    """Without a level: someone medical looks where the open danger is one of withdrawal alone."""
    row, voice = check_table()["range"], draft.voice
    if left(draft, ""):
        return row["safety"], words(row["early"]).to(voice)
    medical = any(box.kind == "withdrawal" for box in today_of(draft, found))
    of_the_mind = any(help.kind in OF_THE_MIND and not help.gentle for help in help_in_case(draft))
    what = "medical" if medical and not of_the_mind else "safety"
    return row[what], words(row["lead"]).to(voice)


def _first(acute: tuple[str, ...], voice: Voice) -> str:
    """What comes first, in one sentence; several places are often one."""
    names, first = place_names(acute), check_table()["first"]
    if len(names) > 1:
        said = mark("First {places}; one place may do both.")
        if len(names) > 2:
            said = mark("First {places}; one place may do all of it.")
        return say(said, places=either(names))
    if len(acute) > 1:
        return str(first["body_and_mind"])
    return str(first.get(f"{acute[0]}_{voice.value}", first[acute[0]]))
