"""A recommendation as the chart shows it: where, why, what less would leave unmet, what is open."""

import re
from dataclasses import dataclass

from handrail.core.findings import OPEN_WORDS, Area, Open
from handrail.core.placement import words
from handrail.core.placement.criteria import TAGS
from handrail.core.placement.recommendation import FALLS_SHORT, AreaFound, Evidence, Recommendation
from handrail.data import criteria_set, findings_catalogue
from handrail.web.public.check_stairs import stairs_of
from handrail.web.public.level_strip import Strip

_SHOWN_OPEN = 12
_TAG = re.compile(r" \[([A-Z])\]$")


@dataclass(frozen=True, slots=True)
class Reason:
    """Some needs, why they are there, what that rests on, and where the rule comes from."""

    needs: str
    because: tuple[str, ...]
    rests_on: str
    sources: str


@dataclass(frozen=True, slots=True)
class AreaShown:
    """How serious one area is, in words, and what that rests on."""

    name: str
    severity: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class Lower:
    """A lower level, and what it would leave unmet."""

    name: str
    unmet: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that could change the answer, and how it stands."""

    question: str
    answer: str
    safety: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page says of one recommendation."""

    criteria: str
    where: str
    single: bool
    provisional: bool
    emergency: tuple[str, ...]
    wide: Strip | None
    tall: Strip | None
    packages: tuple[str, ...]
    way_down: str
    areas: tuple[AreaShown, ...]
    reasons: tuple[Reason, ...]
    lower: tuple[Lower, ...]
    open: tuple[OpenQuestion, ...]
    more_open: int
    beside: tuple[str, ...]
    requirements: tuple[str, ...]


def shown(found: Recommendation) -> Shown:
    """Put a recommendation into the words and lengths of the page."""
    strips = stairs_of(found) if found.lowest else None
    return Shown(
        criteria=f"{criteria_set(found.criteria[0]).title}, version {found.criteria[1]}",
        where=words.where(found),
        single=found.level is not None,
        provisional=found.provisional,
        emergency=found.emergency.because if found.emergency else (),
        wide=strips[0] if strips else None,
        tall=strips[1] if strips else None,
        packages=_packages(found),
        way_down=_way_down(found),
        areas=_areas(found),
        reasons=_reasons(found),
        lower=_lower(found),
        open=tuple(
            OpenQuestion(one.question, OPEN_WORDS[Open(one.answer)], one.safety)
            for one in found.would_change[:_SHOWN_OPEN]
        ),
        more_open=max(0, len(found.would_change) - _SHOWN_OPEN),
        beside=tuple(note.because for note in (*found.offers, *found.flags)),
        requirements=tuple(f"{note.status}: {note.because}" for note in found.requirements),
    )


def _areas(found: Recommendation) -> tuple[AreaShown, ...]:
    """Each area; none of them for someone whom the set is not made for."""
    if found.outside:
        return ()
    asked = _areas_asked(found)
    return tuple(
        AreaShown(one.area, _how_serious(one, asked), _quotes(one.evidence)) for one in found.areas
    )


def _areas_asked(found: Recommendation) -> frozenset[Area]:
    """The areas in which at least one question has an answer, be it "not known"."""
    catalogue = findings_catalogue()
    return frozenset(
        catalogue[code].area
        for code, finding in found.findings.items()
        if code in catalogue and finding.answer is not Open.NOT_ASKED
    )


def _how_serious(one: AreaFound, asked: frozenset[Area]) -> str:
    """Never "none" where nothing was asked, or where an open safety question could say more."""
    if one.severity == "none" and Area(one.area) not in asked:
        return OPEN_WORDS[Open.NOT_ASKED]
    if not one.open:
        return one.severity
    return "not known yet" if one.severity == "none" else f"{one.severity}, or worse"


def _packages(found: Recommendation) -> tuple[str, ...]:
    facets = found.care.facets
    return tuple(
        " + ".join(facets[code].name for code in package.facets) or "nothing to be added"
        for package in found.packages
    )


def _way_down(found: Recommendation) -> str:
    return " → ".join(
        " and ".join(found.care.name(code) for code in step.split("+")) for step in found.pathway
    )


def _reasons(found: Recommendation) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            needs="; ".join(f"{one.name} (acute)" if one.acute else one.name for one in needs),
            because=because,
            rests_on=_quotes(needs[0].evidence),
            sources="; ".join(dict.fromkeys(_source(s) for one in needs for s in one.sources)),
        )
        for because, needs in words.reasons(found)
    )


def _source(text: str) -> str:
    """A source with how sure it is in words instead of its letter."""
    return _TAG.sub(lambda found: f" ({TAGS.get(found[1], found[1])})", text)


def _quotes(evidence: tuple[Evidence, ...]) -> str:
    return "; ".join(words.quoted(one) for one in evidence)


def _lower(found: Recommendation) -> tuple[Lower, ...]:
    return tuple(
        Lower(
            found.care.name(one.code),
            "; ".join(found.care.needs[code].name for code in one.unmet),
            not one.settled,
        )
        for one in reversed(found.levels)
        if one.verdict == FALLS_SHORT
    )
