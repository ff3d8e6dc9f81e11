"""A recommendation as plain data and as bytes: for files, for keeping, for replaying later."""

import json
from hashlib import sha256

from handrail.core.placement.packages import Package
from handrail.core.placement.recommendation import (
    AtLeast,
    Emergency,
    End,
    Evidence,
    Note,
    Recommendation,
)


def canonical(found: Recommendation) -> str:
    """The text of a recommendation that is kept: the same answer gives the same characters."""
    return json.dumps(plain(found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a kept text, as hexadecimal digits: a changed character changes it."""
    return sha256(text.encode()).hexdigest()


def plain(found: Recommendation) -> dict[str, object]:
    """A recommendation as plain data, with the names of docs/reference/place-format.md."""
    return {
        "criteria": {"id": found.criteria[0], "version": found.criteria[1]},
        "emergency": _emergency(found.emergency),
        "acute": list(found.acute),
        "level": found.level,
        "at_least": _at_least(found.at_least),
        "range": {"lowest": _end(found.lowest), "highest": _end(found.highest)},
        "provisional": found.provisional,
        "outside_population": found.outside or None,
        "packages": [_package(each) for each in found.packages],
        "supply": None
        if found.supply is None
        else {
            "without": list(found.supply.without),
            "packages": [_package(each) for each in found.supply.packages],
            "gaps": list(found.supply.gaps),
        },
        "areas": [
            {
                "area": each.area,
                "severity": each.severity,
                "open": each.open,
                "evidence": _evidence(each.evidence),
            }
            for each in found.areas
        ],
        "needs": [
            {
                "code": each.code,
                "name": each.name,
                "areas": list(each.areas),
                "acute": each.acute,
                "floor": each.floor,
                "because": list(each.because),
                "plain": list(each.plain),
                "sources": list(each.sources),
                "evidence": _evidence(each.evidence),
            }
            for each in found.needs
        ],
        "may_be_needed": list(found.possible_needs),
        "levels": [
            {
                "code": each.code,
                "verdict": each.verdict,
                "unmet": list(each.unmet),
                "settled": each.settled,
            }
            for each in found.levels
        ],
        "pathway": list(found.pathway),
        "would_change": [
            {
                "finding": each.finding,
                "question": each.question,
                "answer": each.answer,
                "safety_critical": each.safety,
                "changes": each.changes,
                "needs": list(each.needs),
            }
            for each in found.would_change
        ],
        "offers": [{**_note(each), "offers": list(each.offers)} for each in found.offers],
        "requirements": [{**_note(each), "status": each.status} for each in found.requirements],
        "flags": [_note(each) for each in found.flags],
    }


def _emergency(emergency: Emergency | None) -> dict[str, object] | None:
    if emergency is None:
        return None
    return {
        "because": list(emergency.because),
        "plain": list(emergency.plain),
        "evidence": _evidence(emergency.evidence),
    }


def _at_least(at_least: AtLeast | None) -> dict[str, object] | None:
    if at_least is None:
        return None
    return {
        "level": at_least.level,
        "because": list(at_least.because),
        "plain": list(at_least.plain),
    }


def _end(end: End | None) -> dict[str, object] | None:
    return None if end is None else {"acute": list(end.acute), "level": end.level}


def _package(package: Package) -> dict[str, object]:
    return {"level": package.level, "facets": list(package.facets)}


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, str]]:
    return [
        {"finding": each.finding, "says": each.says, "rests_on": each.rests_on} for each in evidence
    ]


def _note(note: Note) -> dict[str, object]:
    return {
        "id": note.id,
        "because": note.because,
        "plain": note.plain,
        "source": note.source,
    }
