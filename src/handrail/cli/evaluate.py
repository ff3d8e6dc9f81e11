"""`handrail evaluate`: how well a criteria set places decided cases, in both directions.

A folder holds the codings of the cases (`coding-*.json`, see docs/how-to/code-a-past-case.md) and,
unless --decisions names another file, `decisions.json`: a list of cases with `id`,
`requested_level` and `outcome` (`stated_level`, `stated_level_type`: affirmed or upper_bound).
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from handrail.cli.reading import BadInput, read_json
from handrail.core.findings import FindingError, Findings, as_past_case, read_stated
from handrail.core.placement.criteria import CriteriaError, CriteriaSet
from handrail.core.placement.evaluation import (
    AFFIRMED,
    JUDGEMENTS,
    MATCH,
    UPPER_BOUND,
    Decided,
    Judged,
    by_stratum,
    icc,
    intensity,
    judge,
    trivial,
)
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.data import GENERAL_ADMISSION, criteria_ids, criteria_set, findings_catalogue

YOUNG = "adolescent-admission"
"""Asked where the chosen set is for adults and the case is of someone of 13 to 17."""

DAY_AND_NIGHT = frozenset(
    {"rtc", "detox", "crisis_observation", "hospital_medical", "hospital_psychiatric"}
)
AFFIRMED_AS = (
    ("hospital inpatient withdrawal", "withdrawal, hospital", {"hospital_medical"}),
    ("withdrawal", "withdrawal, 24 hours", {"detox", "hospital_medical"}),
    ("inpatient psychiatric", "psychiatric ward", {"hospital_psychiatric"}),
    ("residential MH", "residential, mind", {"rtc"}),
    ("IOP", "IOP", {"iop", "php", "rtc"}),
    ("PHP", "PHP", {"php", "rtc"}),
    ("", "residential, use", {"rtc"}),
)
"""What an affirmed level is called, its stratum, and the places that are it or stand above it."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evaluate` to the commands."""
    parser = commands.add_parser(
        "evaluate", help="say how well decided cases are placed", description=__doc__
    )
    parser.add_argument("folder", metavar="FOLDER", help="folder with codings and decisions")
    parser.add_argument("--decisions", metavar="FILE", help="the decisions, if elsewhere")
    parser.add_argument(
        "--criteria",
        default=GENERAL_ADMISSION,
        metavar="ID",
        help=f"criteria set to ask: {', '.join(criteria_ids())}",
    )
    parser.add_argument("--cases", action="store_true", help="list the cases one by one")
    parser.add_argument(
        "--leave-one-out",
        action="store_true",
        help="say which cases hang on a single rule (asks the set once for each rule)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Place every coding of every decided case and print the table."""
    try:
        criteria = criteria_set(args.criteria)
        folder = Path(args.folder)
        decisions = read_decisions(args.decisions or str(folder / "decisions.json"))
        codings = read_codings(folder)
    except (BadInput, CriteriaError) as wrong:
        print(f"handrail evaluate: {wrong}", file=sys.stderr)
        return 2
    placed = place_all(decisions, codings, criteria)
    judged = [judge(case, found, coder) for case, coder, found in placed]
    hanging = leave_one_out(decisions, codings, criteria) if args.leave_one_out else None
    if args.json:
        print(json.dumps(as_data(judged, hanging), indent=2, ensure_ascii=False))
    else:
        lines = [*_table(judged, decisions), *_agreement(placed), *_hanging(hanging)]
        print("\n".join([*(_one_by_one(judged) if args.cases else ()), *lines]))
    return 0


# --- Reading ------------------------------------------------------------------------------------


def read_decisions(path: str) -> dict[str, tuple[Decided, str]]:
    """Decided cases by id, each with the level that had been asked for. Raises BadInput."""
    written = read_json(path)
    if not isinstance(written, list):
        raise BadInput(f"{path}: expected a list of decided cases")
    try:
        return {row["id"]: (_decided(row), str(row["requested_level"])) for row in written}
    except (KeyError, TypeError) as wrong:
        raise BadInput(f"{path}: a case lacks {wrong}") from wrong


def _decided(row: Mapping[str, Any]) -> Decided:
    outcome = row["outcome"]
    stated, kind = outcome["stated_level"], outcome["stated_level_type"]
    if kind == AFFIRMED:
        name = f"{stated} {'residential MH' if 'MH' in row['requested_level'] else ''}"
        _, stratum, places = next(each for each in AFFIRMED_AS if each[0] in name)
        return Decided(row["id"], stratum, AFFIRMED, frozenset(places))
    return Decided(row["id"], "less was enough", UPPER_BOUND, DAY_AND_NIGHT)


def read_codings(folder: Path) -> dict[str, dict[str, Findings]]:
    """The findings of every case by coder, completed as past cases. Raises BadInput."""
    catalogue = findings_catalogue()
    codings: dict[str, dict[str, Findings]] = {}
    for file in sorted(folder.glob("coding-*.json")):
        written = read_json(str(file))
        cases = written.get("cases") if isinstance(written, Mapping) else None
        if not isinstance(cases, Mapping):
            raise BadInput(f'{file}: expected {{"cases": {{…}}}}')
        coder = file.stem.removeprefix("coding-")
        try:
            codings[coder] = {
                id: as_past_case(read_stated(case["findings"], catalogue), catalogue)[0]
                for id, case in cases.items()
            }
        except FindingError as wrong:
            raise BadInput(f"{file}: {wrong}") from wrong
    if not codings:
        raise BadInput(f"{folder}: no coding-*.json there")
    return codings


# --- Placing ------------------------------------------------------------------------------------

Placed = list[tuple[Decided, str, Recommendation]]


def place_all(
    decisions: Mapping[str, tuple[Decided, str]],
    codings: Mapping[str, Mapping[str, Findings]],
    criteria: CriteriaSet,
    young: CriteriaSet | None = None,
) -> Placed:
    """Every coding of every decided case, placed; the young by the set for them."""
    young = young or criteria_set(YOUNG)
    placed = []
    for id, (case, _) in decisions.items():
        for coder, cases in codings.items():
            if id in cases:
                found = recommend(cases[id], criteria)
                if found.outside:
                    found = recommend(cases[id], young)
                placed.append((case, coder, found))
    return placed


def leave_one_out(
    decisions: Mapping[str, tuple[Decided, str]],
    codings: Mapping[str, Mapping[str, Findings]],
    criteria: CriteriaSet,
) -> dict[str, tuple[str, ...]]:
    """The rules without which a case that matched does not, by case and coder."""
    before = [judge(*_judged(one)) for one in place_all(decisions, codings, criteria)]
    matched = {(one.case.id, one.coder) for one in before if one.judgement == MATCH}
    hanging: dict[str, list[str]] = {}
    for rule in criteria.rules:
        for one in place_all(decisions, codings, criteria.without(rule.id)):
            after = judge(*_judged(one))
            if (after.case.id, after.coder) in matched and after.judgement != MATCH:
                hanging.setdefault(f"{after.case.id} ({after.coder})", []).append(rule.id)
    return {name: tuple(rules) for name, rules in sorted(hanging.items())}


def _judged(one: tuple[Decided, str, Recommendation]) -> tuple[Decided, Recommendation, str]:
    return one[0], one[2], one[1]


# --- Saying it ----------------------------------------------------------------------------------


def as_data(
    judged: Iterable[Judged], hanging: Mapping[str, tuple[str, ...]] | None
) -> dict[str, object]:
    """The evaluation as plain data."""
    judged = list(judged)
    return {
        "strata": [
            {"stratum": row.stratum, "count": row.count, **row.counts} for row in by_stratum(judged)
        ],
        "cases": [
            {
                "id": one.case.id,
                "coder": one.coder,
                "kind": one.case.kind,
                "stratum": one.case.stratum,
                "sent": list(one.sent),
                "judgement": one.judgement,
            }
            for one in judged
        ],
        "hang_on_one_rule": hanging,
    }


def _table(judged: list[Judged], decisions: Mapping[str, tuple[Decided, str]]) -> Iterator[str]:
    simple: dict[str, int] = {}
    for one in judged:
        case, requested = decisions[one.case.id]
        for stratum in (case.stratum, "all"):
            simple[stratum] = simple.get(stratum, 0) + (trivial(case, requested) == MATCH)
    yield f"| stratum | placed | {' | '.join(JUDGEMENTS)} | trivial rule matches |"
    yield "|---" * (len(JUDGEMENTS) + 3) + "|"
    for row in by_stratum(judged):
        counts = " | ".join(str(row.counts[each]) for each in JUDGEMENTS)
        yield f"| {row.stratum} | {row.count} | {counts} | {simple[row.stratum]} |"
    yield ""
    yield "Trivial rule: withdrawal care is necessary, anything else is not."


def _agreement(placed: Placed) -> Iterator[str]:
    ratings: dict[str, list[float]] = {}
    for case, _, found in placed:
        ratings.setdefault(case.id, []).append(intensity(found, found.care))
    whole = [row for row in ratings.values() if len(row) == max(map(len, ratings.values()))]
    if len(whole) > 1 and len(whole[0]) > 1:
        yield f"Agreement of the coders' placements, ICC(2,1): {icc(whole):.2f}"


def _hanging(hanging: Mapping[str, tuple[str, ...]] | None) -> Iterator[str]:
    if hanging is None:
        return
    yield f"Cases that hang on a single rule: {len(hanging)}"
    yield from (f"  {name}: {', '.join(rules)}" for name, rules in hanging.items())


def _one_by_one(judged: list[Judged]) -> Iterator[str]:
    yield "| case | decided | coding | placed | |"
    yield "|---|---|---|---|---|"
    for one in judged:
        kind = one.case.kind.replace("_", " ")
        way = ", then ".join(one.sent) or "a range"
        cells = (one.case.id, f"{one.case.stratum} ({kind})", one.coder, way, one.judgement)
        yield f"| {' | '.join(cells)} |"
    yield ""
