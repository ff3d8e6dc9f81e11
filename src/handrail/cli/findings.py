"""`handrail findings`: every finding that a case can be coded into, and what it may be."""

import argparse
import json
from itertools import groupby

from handrail.core.findings import Definition
from handrail.data import findings_catalogue


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `findings` to the commands."""
    parser = subparsers.add_parser(
        "findings", help="list the findings a case can be coded into", description=__doc__
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the catalogue."""
    catalogue = findings_catalogue().values()
    if args.json:
        print(json.dumps([as_data(each) for each in catalogue], indent=2, ensure_ascii=False))
        return 0
    for area, definitions in groupby(catalogue, key=lambda each: each.area):
        print(f"\n{area.value.upper()}")
        for definition in definitions:
            print(_as_text(definition))
    return 0


def as_data(definition: Definition) -> dict[str, object]:
    """Give one finding as plain data, with the names of the JSON format."""
    data: dict[str, object] = {
        "code": definition.code,
        "question": definition.question,
        "label": definition.label,
        "area": definition.area.value,
        "type": definition.type,
        "kind": definition.kind.value,
        "safety_critical": definition.safety_critical,
        "measured": definition.measured,
        "values": _allowed(definition),
        "expected": definition.expected(),
    }
    if definition.type == "number":
        data |= {"unit": definition.unit, "worse": definition.worse}
        data |= {"min": definition.minimum, "max": definition.maximum}
    if definition.note:
        data["note"] = definition.note
    return data


def _allowed(definition: Definition) -> list[object]:
    """The answers that can be listed; a number has bounds instead."""
    known: dict[str, list[object]] = {
        "yes_no": [True, False],
        "choice": list(definition.values),
        "number": [],
    }
    return [*known[definition.type], "refused", "unknown", None]


def _as_text(definition: Definition) -> str:
    safety = ", safety-critical" if definition.safety_critical else ""
    lines = [
        f"  {definition.code}  ({definition.kind.value}{safety})",
        f"      {definition.question}",
        f"      answer: {definition.expected()}",
    ]
    if definition.note:
        lines.append(f"      {definition.note}")
    return "\n".join(lines)
