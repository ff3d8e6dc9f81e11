"""External appeals: how far two codings agree, and where each of them is placed.

Prints the tables of docs/explanation/external-appeals.md:

    python -m tests.real_inputs.appeals.agreement ../shared/data/cases/external-appeals.json
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from handrail.core.findings import as_past_case, read_findings
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.data import care_catalogue, criteria_set, findings_catalogue

CODERS = ("a", "b")
CODINGS_FOLDER = Path(__file__).parent
"""Where the codings of all 33 cases lie: coding-a.json and coding-b.json."""

CATALOGUE = findings_catalogue()
SPINE = care_catalogue().spine
DAY_AND_NIGHT = {"rtc", "detox", "crisis_observation", "hospital_medical", "hospital_psychiatric"}

AFFIRMED = {
    "IOP": {"iop", "php", "rtc"},
    "residential 24h": {"rtc"},
    "inpatient withdrawal management": {"detox", "hospital_medical"},
    "hospital inpatient withdrawal management": {"hospital_medical"},
    "inpatient psychiatric": {"hospital_psychiatric"},
}
"""What each affirmed level is here, and what stands above it on the same stairs."""


@dataclass(frozen=True)
class Agreement:
    """How two codings of the same cases compare. `kappa`: coded or not, corrected for chance."""

    either: int
    both: int
    equal: int
    kappa: float

    @property
    def percent_coded(self) -> float:
        """Of the findings that either coder saw, the share that both saw."""
        return 100 * self.both / self.either

    @property
    def percent_equal(self) -> float:
        """Of the findings that both coders saw, the share with the same value."""
        return 100 * self.equal / self.both


@dataclass(frozen=True)
class Placed:
    """One case as one coder saw it, placed."""

    case: str
    stated: str
    kind: str
    coder: str
    found: Recommendation

    @property
    def places(self) -> set[str]:
        """Everywhere the person is sent: acute places now, and the level."""
        return {*self.found.acute, self.found.level}

    @property
    def agrees(self) -> bool:
        """Not below what was affirmed; not in 24-hour care where less was found enough."""
        if self.kind == "affirmed":
            return bool(self.places & AFFIRMED[self.stated])
        return not self.places & DAY_AND_NIGHT


def read_cases(path: Path) -> dict[str, dict]:
    """The published cases, by their number."""
    return {case["id"]: case for case in json.loads(path.read_text(encoding="utf-8"))}


def read_coding(coder: str) -> dict[str, dict[str, dict]]:
    """What one coder found in each case: code, value and the words it rests on."""
    path = Path(__file__).with_name(f"coding_{coder}.json")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return {case: coded["findings"] for case, coded in cases.items()}


def texts(written: object) -> list[str]:
    """Every text in a case."""
    if isinstance(written, dict):
        return [text for value in written.values() for text in texts(value)]
    return [written] if isinstance(written, str) else []


def agreement(cases: list[str], first: dict, second: dict) -> Agreement:
    """Compare two codings over some cases."""
    pairs = [(first[case], second[case]) for case in cases]
    both = [(a[code], b[code]) for a, b in pairs for code in a.keys() & b.keys()]
    either = sum(len(a.keys() | b.keys()) for a, b in pairs)
    cells = len(CATALOGUE) * len(cases)
    shares = [sum(len(coding) for coding in side) / cells for side in zip(*pairs, strict=True)]
    observed = (cells - either + len(both)) / cells
    chance = shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1])
    equal = sum(a["value"] == b["value"] for a, b in both)
    return Agreement(either, len(both), equal, (observed - chance) / (1 - chance))


def place(case: dict, coder: str, coded: dict) -> Placed:
    """Place a past case from what one coder found: what it never mentions was not there."""
    stated = read_findings({code: one["value"] for code, one in coded.items()}, CATALOGUE)
    complete, _ = as_past_case(stated, CATALOGUE)
    found = recommend(complete, criteria_set())
    return Placed(case["id"], case["stated_level"], case["stated_level_type"], coder, found)


def everyone(cases: dict[str, dict]) -> list[Placed]:
    """Every case by every coder, placed."""
    codings = {coder: read_coding(coder) for coder in CODERS}
    return [
        place(case, coder, codings[coder][id]) for id, case in cases.items() for coder in CODERS
    ]


def as_markdown(cases: dict[str, dict]) -> str:
    """The tables of agreement and of placement, in Markdown."""
    codings = [read_coding(coder) for coder in CODERS]
    lines = ["| case | coded by either | by both | equal values | kappa |", "|---|---|---|---|---|"]
    lines += [_agreement_row(id, agreement([id], *codings)) for id in cases]
    lines += [_agreement_row("all ten", agreement(list(cases), *codings)), ""]
    lines += ["| case | decided | coding | placed | agrees |", "|---|---|---|---|---|"]
    for each in everyone(cases):
        way = ", then ".join((*each.found.acute, str(each.found.level)))
        agrees = "yes" if each.agrees else "**no**"
        decided = f"{each.stated} ({each.kind.replace('_', ' ')})"
        lines.append(f"| {each.case} | {decided} | {each.coder} | {way} | {agrees} |")
    return "\n".join(lines)


def _agreement_row(name: str, found: Agreement) -> str:
    both = f"{found.both} ({found.percent_coded:.0f} %)"
    equal = f"{found.equal} ({found.percent_equal:.0f} %)"
    return f"| {name} | {found.either} | {both} | {equal} | {found.kappa:.2f} |"


if __name__ == "__main__":
    print(as_markdown(read_cases(Path(sys.argv[1]))))
