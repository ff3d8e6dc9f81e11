"""`handrail compare`: what something else would give up, or that it is reasonable."""

import argparse
import json
import sys
from collections.abc import Iterator

from handrail.cli.place import add_case_arguments, recommendations
from handrail.cli.reading import BadInput
from handrail.core.levels import Care
from handrail.core.placement.compare import (
    GIVES_UP,
    OPEN,
    REASONABLE,
    AskedError,
    Comparison,
    compare,
    read_asked,
)
from handrail.core.placement.recommendation import Recommendation
from handrail.data import care_catalogue

WORDS = {
    REASONABLE: "What is asked for is reasonable: it provides everything found to be needed.",
    GIVES_UP: "What is asked for gives up:",
    OPEN: "It cannot be called reasonable yet. It may give up, while safety questions are open:",
    "more_than_needed": "It is more than the findings ask for; whoever asks owes a reason.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `compare` to the commands."""
    parser = subparsers.add_parser(
        "compare", help="say what another level would give up", description=__doc__
    )
    add_case_arguments(parser)
    parser.add_argument(
        "level",
        metavar="LEVEL",
        help='what is asked for: a level, or a sequence such as "detox,iop+recovery_residence"',
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare what is asked for with the recommendation and print what follows."""
    try:
        asked = read_asked(args.level, care_catalogue())
        _, found = recommendations(args)
    except (AskedError, BadInput) as wrong:
        print(f"handrail compare: {wrong}", file=sys.stderr)
        return 2
    pairs = [(each, compare(each, asked)) for each in found]
    if args.json:
        told = [as_data(each, comparison) for each, comparison in pairs]
        print(json.dumps(told[0] if len(told) == 1 else told, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(_as_text(*pair)) for pair in pairs))
    return 0


def as_data(found: Recommendation, comparison: Comparison) -> dict[str, object]:
    """Give a comparison as plain data, with the names of the JSON format."""
    return {
        "criteria": {"id": found.criteria[0], "version": found.criteria[1]},
        "asked": list(comparison.asked.steps),
        "level": comparison.asked.package.level,
        "verdict": comparison.verdict,
        "gives_up": [
            {
                "code": need.code,
                "floor": need.floor,
                "because": list(need.because),
                "plain": list(need.plain),
                "leaves_out": need.leaves_out,
            }
            for need in comparison.gives_up
        ],
        "may_give_up": list(comparison.may_give_up),
        "floor": list(comparison.floor),
        "comes_with": list(comparison.comes_with),
        "beyond": list(comparison.beyond),
    }


def _as_text(found: Recommendation, comparison: Comparison) -> Iterator[str]:
    care = found.care
    if found.emergency:
        yield "An emergency comes first: " + " ".join(found.emergency.because)
    if found.outside:
        yield f"No level, so nothing to compare with: {found.outside}"
        return
    steps = ", then ".join(_step(step, care) for step in comparison.asked.steps)
    yield f"Asked for: {steps}"
    yield WORDS[comparison.verdict]
    for need in comparison.gives_up:
        yield f"  {need.name}" + (" (the floor: cannot be agreed away)" if need.floor else "")
        yield from (f"    for clinicians: {reason}" for reason in need.because)
        yield f"    in plain words: it leaves out {need.leaves_out}."
        yield from (f"      {reason}" for reason in need.plain)
    if comparison.comes_with:
        added = ", ".join(care.facets[code].name for code in comparison.comes_with)
        yield f"  It has to come with: {added}."
    for code in comparison.may_give_up:
        perhaps = care.needs[code]
        yield f"  perhaps: {perhaps.name} – in plain words, {perhaps.leaves_out}"
    if comparison.floor:
        yield "Going without the floor is an informed refusal: record what was explained, by whom,"
        yield "that the physician was told, what is offered instead and when we call again."
    if comparison.beyond and comparison.verdict != "more_than_needed":
        yield "It also asks for more than was found: " + ", ".join(
            care.name(code) for code in comparison.beyond
        )


def _step(step: str, care: Care) -> str:
    first, *added = (care.name(part.strip()) for part in step.split("+"))
    return f"{first} with {' and '.join(added)}" if added else first
