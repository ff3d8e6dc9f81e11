"""What a recommendation says in a clinician's words, wherever it is shown."""

from collections.abc import Sequence

from handrail.core.findings import NOT_MENTIONED
from handrail.core.levels import Care
from handrail.core.placement.recommendation import End, Evidence, NeedFound, Recommendation


def where(found: Recommendation) -> str:
    """Where someone's needs would be met, in a sentence; or why no single level can be said."""
    care = found.care
    if found.outside:
        return f"No level: {found.outside}"
    if found.at_least:
        least = named(End(found.acute, found.at_least.level, ()), care)
        return f"At least {least}: an assessment by a professional comes before anything lower."
    if found.level is None and found.lowest and found.highest:
        if _same_place(found.lowest, found.highest):
            place = named(found.lowest, care)
            return f"No level yet: {place}, unless an open safety question makes it an emergency."
        return _between(found.lowest, found.highest, care)
    end = End(found.acute, found.level or "", found.packages)
    return named(end, care)


def named(end: End, care: Care) -> str:
    """Acute places and level by name, in the order they come."""
    return ", then ".join(care.name(code) for code in (*end.acute, end.level))


def _same_place(low: End, high: End) -> bool:
    return (low.acute, low.level) == (high.acute, high.level)


def _between(low: End, high: End, care: Care) -> str:
    """What comes first today for sure, then the two levels, then what perhaps comes first."""
    sure = [code for code in high.acute if code in low.acute]
    perhaps = [code for code in (*high.acute, *low.acute) if code not in sure]
    said = _range(care.name(low.level), care.name(high.level))
    if sure:
        first = listing([care.name(code) for code in sure], "and")
        said = f"Today first: {first}. After that, {said[0].lower()}{said[1:]}"
    if perhaps:
        also = "perhaps also today" if sure else "today first, perhaps"
        said += f"; {also}: {listing([care.name(code) for code in perhaps], 'or')}"
    return f"{said}."


def _range(low: str, high: str) -> str:
    if low == high:
        return f"Not settled while safety questions are open: {low}"
    return f"No single level while safety questions are open: between {low} and {high}"


def listing(names: Sequence[str], last: str) -> str:
    """A; A or B; A, B or C. Names that hold a comma are set apart by semicolons."""
    apart = "; " if any("," in one for one in names) else ", "
    if len(names) < 2:
        return "".join(names)
    return f"{apart.join(names[:-1])}{';' if apart == '; ' else ''} {last} {names[-1]}"


def reasons(
    found: Recommendation,
) -> tuple[tuple[tuple[str, ...], tuple[NeedFound, ...]], ...]:
    """Each set of reasons once, with all the needs that follow from it."""
    alike: dict[tuple[str, ...], tuple[NeedFound, ...]] = {}
    for need in found.needs:
        alike[need.because] = (*alike.get(need.because, ()), need)
    return tuple(alike.items())


def quoted(evidence: Evidence) -> str:
    """A finding in words, with the words of the record behind it when they were given."""
    said = evidence.rests_on
    return evidence.says if said in ("", NOT_MENTIONED) else f"{evidence.says} (“{said}”)"
