"""`handrail place`: where a person's needs would be met, why, and what would change it.

The formats are described in docs/reference/place-format.md.
"""

import argparse
import json
import sys
from collections.abc import Iterator

from handrail.cli.case import Case, read_case
from handrail.cli.reading import BadInput
from handrail.core.placement import words
from handrail.core.placement.criteria import CriteriaError
from handrail.core.placement.plain import plain
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import (
    FALLS_SHORT,
    Recommendation,
)
from handrail.core.placement.side_by_side import SideBySide, side_by_side
from handrail.data import GENERAL_ADMISSION, care_catalogue, criteria_ids, criteria_set

EMERGENCY_WORDS = (
    "Call 911 for danger to life; call or text 988 for thoughts of suicide. "
    "Stay with the person. On a call: who was told, when, then go on."
)


CHANGED = {
    "acute": "the place needed today",
    "level": "the level",
    "facets": "what should come with it",
}


FIRST_OPEN = 5
"""How many open questions are shown: those that could move the answer furthest."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `place` to the commands."""
    parser = subparsers.add_parser(
        "place", help="recommend a level of care for a case", description=__doc__
    )
    add_case_arguments(parser)
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="FACET",
        help="a facet that cannot be had; say what there is instead",
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.set_defaults(run=run)


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every command about a case takes: the file, the criteria and how to read it."""
    parser.add_argument("file", metavar="FILE", help="JSON file of a case, or - for standard input")
    parser.add_argument(
        "--criteria",
        action="append",
        metavar="ID",
        help=f"criteria set to ask, again for several: {', '.join(criteria_ids())}",
    )
    parser.add_argument(
        "--retrospective",
        action="store_const",
        const="past case",
        default="",
        help="the file of a past case: dangers it never mentions were not there",
    )


def recommendations(
    args: argparse.Namespace, without: tuple[str, ...] = ()
) -> tuple[Case, list[Recommendation]]:
    """Read the case and ask each criteria set. Raises BadInput."""
    care = care_catalogue()
    for facet in without:
        if facet not in care.facets:
            known = ", ".join(care.facets)
            raise BadInput(f"--without {facet}: not a facet; expected one of {known}")
    try:
        sets = [criteria_set(id) for id in args.criteria or [GENERAL_ADMISSION]]
    except CriteriaError as wrong:
        raise BadInput(f"--criteria: {wrong}") from wrong
    case = read_case(args.file, retrospective=args.retrospective)
    return case, [recommend(case.findings, each, without=without) for each in sets]


def run(args: argparse.Namespace) -> int:
    """Place the case and print the answer."""
    try:
        case, found = recommendations(args, tuple(args.without))
    except BadInput as wrong:
        print(f"handrail place: {wrong}", file=sys.stderr)
        return 2
    if args.json:
        answers: list[object] = [as_data(each, case) for each in found]
        beside = {"recommendations": answers, "side_by_side": _beside(side_by_side(found))}
        told: object = answers[0] if len(found) == 1 else beside
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    print("\n\n".join("\n".join(_as_text(each, case)) for each in found))
    if len(found) > 1:
        print("\n" + "\n".join(_beside_text(side_by_side(found))))
    return 0


# --- JSON ---------------------------------------------------------------------------------------


def as_data(found: Recommendation, case: Case) -> dict[str, object]:
    """Give a recommendation as plain data, with the names of the JSON format."""
    told = plain(found)
    if isinstance(told["emergency"], dict):
        told["emergency"] = {"now": EMERGENCY_WORDS, **told["emergency"]}
    return {**told, "assumed": list(case.assumed), "problems": list(case.problems)}


def _beside(beside: SideBySide) -> dict[str, object]:
    return {
        "agree": beside.agree,
        "levels": dict(beside.levels),
        "acute": {id: list(places) for id, places in beside.acute},
        "agreed_needs": list(beside.agreed_needs),
        "needs_only_in": {id: list(needs) for id, needs in beside.needs_only_in},
    }


# --- Words --------------------------------------------------------------------------------------


def _as_text(found: Recommendation, case: Case) -> Iterator[str]:
    """Say where, why, what lower levels leave unmet and what would change it, in that order."""
    yield f"{found.criteria[0]} (version {found.criteria[1]})"
    if found.emergency:
        yield "EMERGENCY FIRST: " + " ".join(found.emergency.because)
        yield f"  {EMERGENCY_WORDS}"
    yield f"Where: {words.where(found)}" if found.level else words.where(found)
    yield from _packages_text(found)
    yield from _why(found)
    yield from _levels_text(found)
    yield from _open_text(found)
    for title, notes in (("Offered as well", found.offers), ("Keep in mind", found.flags)):
        yield from (f"{title}: {note.because}" for note in notes)
    if found.requirements:
        yield "Requirements:"
        yield from (f"  {note.status}: {note.because}" for note in found.requirements)
    yield from (f"Problem: {problem}" for problem in case.problems)
    if case.assumed:
        count = len(case.assumed)
        yield f"Assumed absent, because the file never mentions them: {count} dangers (see --json)."
    yield "It supports a professional's judgement and does not replace it."


def _why(found: Recommendation) -> Iterator[str]:
    reasons = words.reasons(found)
    if reasons:
        yield "Why:"
    for because, needs in reasons:
        names = (f"{need.name}{' (acute)' if need.acute else ''}" for need in needs)
        yield "  " + "; ".join(names)
        yield from (f"    {reason}" for reason in because)
        yield "    rests on: " + "; ".join(words.quoted(each) for each in needs[0].evidence)


def _packages_text(found: Recommendation) -> Iterator[str]:
    care = found.care
    for package in found.packages:
        added = " + ".join(care.facets[code].name for code in package.facets)
        yield f"  with: {added}" if added else "  nothing to be added"
    if found.at_least:
        yield from (f"  because: {reason}" for reason in found.at_least.because)
    if found.pathway:
        steps = (
            " and ".join(care.name(code) for code in step.split("+")) for step in found.pathway
        )
        yield "  way down: " + " → ".join(steps)
    if found.supply:
        missing = ", ".join(care.facets[code].name for code in found.supply.without)
        instead = found.supply.packages[0].facets
        have = ", ".join(care.facets[code].name for code in instead) or "nothing added"
        gaps = ", ".join(care.needs[code].name for code in found.supply.gaps) or "none"
        yield f"Not to be had: {missing}. The level stays indicated; meanwhile: {have}."
        yield f"  gaps: {gaps}. Whoever placed the person keeps looking and says when."


def _levels_text(found: Recommendation) -> Iterator[str]:
    lower = [each for each in found.levels if each.verdict == FALLS_SHORT]
    if lower:
        yield "Lower levels leave unmet:"
    if lower and found.acute:
        places = " and ".join(found.care.name(code) for code in found.acute)
        yield f"  (whatever the level, first: {places})"
    for each in reversed(lower):
        unmet = "; ".join(found.care.needs[code].name for code in each.unmet)
        doubt = "" if each.settled else " (if the open safety questions turn out badly)"
        yield f"  {found.care.name(each.code)}: {unmet}{doubt}"


def _open_text(found: Recommendation) -> Iterator[str]:
    """The open questions that matter most, and how many more there are."""
    if found.would_change:
        yield "What would change this:"
    for each in found.would_change[:FIRST_OPEN]:
        mark = "safety: " if each.safety else ""
        yield f"  {mark}{each.question} ({each.answer}; could change {CHANGED[each.changes]})"
    if len(found.would_change) > FIRST_OPEN:
        yield f"  … and {len(found.would_change) - FIRST_OPEN} more (see --json)"


def _beside_text(beside: SideBySide) -> Iterator[str]:
    yield "Side by side: " + ("the sets agree." if beside.agree else "the sets differ.")
    for id, level in beside.levels:
        acute = " + ".join(dict(beside.acute)[id])
        only = ", ".join(dict(beside.needs_only_in)[id])
        yield f"  {id}: {acute + ', then ' if acute else ''}{level or 'no single level'}"
        if only:
            yield f"    needs not found by all: {only}"
