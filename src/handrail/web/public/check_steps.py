"""The steps of a result: what each level gives and leaves out, what comes with it, the way down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import Voice
from handrail.core.levels import Care, Place
from handrail.core.placement.recommendation import (
    FALLS_SHORT,
    MEETS,
    End,
    Recommendation,
    Verdict,
)
from handrail.web.public.check_words import (
    as_said,
    has_use,
    leaves_out,
    one_may_do,
    or_both,
    place_names,
)
from handrail.web.public.words import capital, check_table, either, listed, mark, say, small


@dataclass(frozen=True, slots=True)
class Row:
    """A level of care and how it answers: kind is meets, short, more, other or range."""

    name: str
    small: str
    kind: str
    verdict: str
    detail: str


@dataclass(frozen=True, slots=True)
class EndOfRange:
    """One end of a range in words."""

    title: str
    says: str


def ends_of(found: Recommendation) -> tuple[EndOfRange, ...]:
    """Both ends of a range in words; nothing where there is one level."""
    single = found.level is not None or found.at_least
    if single or found.lowest is None or found.highest is None:
        return ()
    titles = (say("If all of it turns out well"), say("If any of it does not"))
    return tuple(
        EndOfRange(title=title, says=_end_says(end, found.care))
        for title, end in zip(titles, (found.lowest, found.highest), strict=True)
    )


def _end_says(end: End, care: Care) -> str:
    """What comes first, the level, and what comes with it, in a sentence."""
    names = place_names(end.acute)
    first, level = or_both(names) if names else "", care.name(end.level)
    extras = ", ".join(small(care.name(code)) for code in end.packages[0].facets)
    if first and extras:
        said = mark("First {first}. Then {level}, with {extras}.")
    elif first:
        said = mark("First {first}. Then {level}.")
    else:
        said = mark("{level}, with {extras}.") if extras else mark("{level}.")
    return say(said, first=first, level=small(level) if first else level, extras=extras)


def first_rows(found: Recommendation) -> Iterable[Row]:
    """The acute places that come first, or may: several in one row, for one may do for all."""
    if found.lowest is None or found.highest is None:
        return
    sure = [code for code in found.care.acute_places if code in found.lowest.acute]
    may = [code for code in found.care.acute_places if code in set(found.highest.acute) - set(sure)]
    for codes, kind, verdict in (
        (sure, "meets", say("Comes first")),
        (may, "other", say("Not known yet: may come first")),
    ):
        if codes:
            places = [found.care.acute_places[code] for code in codes]
            names = place_names(codes)
            name = places[0].plain_name if len(codes) == 1 else capital(either(names))
            detail = f"{one_may_do(names)} {places[-1].week}".strip()
            yield Row(name, places[0].hours, kind, verdict, detail)


def row_of(
    found: Recommendation,
    verdict: Verdict,
    voice: Voice,
    *,
    plain: bool = False,
    unsaid: frozenset[str] = frozenset(),
) -> Row:
    """A level of care, and how it answers what was found.

    `plain`: without a word of living at home and going to work; `unsaid`: needs not spoken of.
    """
    level = as_said(found.care.levels[verdict.code], voice, plain=plain)
    small = " · ".join(part for part in (level.acronym, level.hours) if part)
    unmet = [code for code in verdict.unmet if code not in unsaid] or verdict.unmet
    kind, says, detail = _says(found, replace(verdict, unmet=tuple(unmet)), level, voice)
    return Row(level.plain_name, small, kind, says, detail)


def _says(
    found: Recommendation, verdict: Verdict, level: Place, voice: Voice
) -> tuple[str, str, str]:
    left_out = [leaves_out(code, found, voice) for code in verdict.unmet]
    if verdict.verdict == MEETS:
        return _meets(found, level)
    if verdict.verdict != FALLS_SHORT:
        costs = level.costs_freedom
        return "more", say("More than needed"), costs if " " in costs else ""  # not a bare "None."
    also = say("Also {what}.", what=listed(left_out[1:])) if left_out[1:] else ""
    places, what = either(place_names(found.acute)), left_out[0]
    if not verdict.settled:
        said = mark("Not known yet. It may leave out {what}")
        if places:
            said = mark("First {places}, whatever the step. Not known yet. It may leave out {what}")
        return "other", say(said, places=places, what=what), also
    said = mark("Leaves out {what}")
    if places:
        said = mark("First {places}, whatever the step. Then it leaves out {what}")
    return "short", say(said, places=places, what=what), also


def _meets(found: Recommendation, level: Place) -> tuple[str, str, str]:
    """The step that is enough; while safety is open it is not held out as the answer."""
    if found.level is not None:
        return (
            "meets",
            say("Meets every need after that") if found.acute else say("Meets every need"),
            level.week,
        )
    same = found.lowest is not None and found.lowest.level == level.code
    likely = say("After that, most likely this") if same else say("Enough in any case")
    return "other", likely, level.week


def extras_of(
    found: Recommendation, voice: Voice, unsaid: frozenset[str] = frozenset()
) -> tuple[tuple[tuple[str, str], ...], str]:
    """What comes with the level, and where there is a choice, the choices in words.

    While there is no single level: what comes with it at both ends.
    """
    care, ends = found.care, [end for end in (found.lowest, found.highest) if end]
    packages = found.packages or tuple(package for end in ends for package in end.packages)
    if not packages:
        return (), ""
    common = [
        code
        for code in packages[0].facets
        if code not in unsaid and all(code in package.facets for package in packages)
    ]
    own = {} if voice is Voice.ME else check_table()["someone_facets"]
    extras = tuple(
        (care.facets[code].plain_name, own.get(code, care.facets[code].plain)) for code in common
    )
    choices = ""
    for package in found.packages:
        choice = listed([care.name(code) for code in package.facets if code not in common])
        if choice and choices:
            choices = say("{one}; or {other}", one=choices, other=choice)
        choices = choices or choice
    return extras, choices


def pathway_of(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """The way down; meetings for recovery only where there is something to recover from."""
    first = [code for code in found.pathway if code in found.care.acute_places]
    steps = [step for step in found.pathway if step not in first]
    names = (capital(or_both(place_names(first))),) if first[1:] else ()
    steps = steps if first[1:] else [*first, *steps]
    if not has_use(draft):
        parts = ([part for part in step.split("+") if part != "fellowship"] for step in steps)
        steps = ["+".join(part) for part in parts if part]
    return (*names, *(_step_name(step, found) for step in steps))


def _step_name(step: str, found: Recommendation) -> str:
    first, *more = (found.care.name(code) for code in step.split("+"))
    return listed([first, *map(small, more)])
