"""What a recommendation says in a clinician's words, wherever it is shown."""

from handrail.core.findings import NOT_MENTIONED
from handrail.core.levels import Care
from handrail.core.placement.recommendation import End, Evidence, NeedFound, Recommendation


def where(found: Recommendation) -> str:
    """Where someone's needs would be met, in a sentence; or why no single level can be said."""
    care = found.care
    if found.outside:
        return f"No level: {found.outside}"
    if found.level is None and found.lowest and found.highest:
        low, high = named(found.lowest, care), named(found.highest, care)
        if low == high:
            return f"No level yet: {low}, unless an open safety question makes it an emergency."
        return f"No single level while safety questions are open: between {low} and {high}."
    end = End(found.acute, found.level or "", found.packages)
    return named(end, care)


def named(end: End, care: Care) -> str:
    """Acute places and level by name, in the order they come."""
    return ", then ".join(care.name(code) for code in (*end.acute, end.level))


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
