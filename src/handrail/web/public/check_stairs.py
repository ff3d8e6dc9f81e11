"""The small stairs on a result: what fits, what may, what leaves something out."""

from handrail.core.levels import Place
from handrail.core.placement.recommendation import FALLS_SHORT, MEETS, Recommendation, Verdict
from handrail.web.public.level_strip import Cell, Kind, Strip, tall_strip, wide_strip
from handrail.web.public.words import mark, say

_SHORT_NAMES = {
    "hospital_medical": mark("Hospital"),
    "hospital_psychiatric": mark("Hospital"),
    "crisis_observation": mark("Crisis care"),
    "on_my_own": mark("On my own"),
    "fellowship": mark("Fellowship"),
    "coaching": mark("Coaching"),
    "counseling": mark("Counseling"),
}

_SAID: dict[Kind, str] = {
    "more": mark("more than needed"),
    "meets": mark("fits"),
    "range": mark("possible, until the open questions are answered"),
    "short": mark("leaves something out"),
}


def stairs_of(found: Recommendation) -> tuple[Strip, Strip]:
    """The small stairs for a wide screen and for a phone; they say the same in a sentence."""
    care = found.care
    by_code = {verdict.code: verdict for verdict in found.levels}
    down = [_cell(care.levels[code], by_code[code], found) for code in reversed(care.spine)]
    beside = _beside(found)
    first = [
        say(
            "First, beside the stairs, {place}: {verdict}.",
            place=one.name,
            verdict=say(_SAID[one.kind]),
        )
        for one in beside
    ]
    groups = (
        (say(words), [cell.name for cell in down if cell.kind == kind])
        for kind, words in _SAID.items()
    )
    said = [f"{', '.join(names)}: {words}." for words, names in groups if names]
    label = " ".join([say("The levels of care as steps."), *first, *said])
    return wide_strip(down, beside, label=label), tall_strip(down, beside, label=label)


def _cell(place: Place, verdict: Verdict, found: Recommendation) -> Cell:
    name = place.acronym or say(_SHORT_NAMES.get(place.code, place.plain_name))
    if verdict.verdict == MEETS:
        return (
            Cell(name, "meets", say("fits")) if found.level else Cell(name, "range", say("perhaps"))
        )
    if verdict.verdict != FALLS_SHORT:
        return Cell(name, "more")
    return Cell(name, "short") if verdict.settled else Cell(name, "range", say("perhaps"))


def _beside(found: Recommendation) -> tuple[Cell, ...]:
    """The acute places that come first or may, the two hospitals as one."""
    if found.lowest is None or found.highest is None:
        return ()
    cells: dict[str, Cell] = {}
    for code in found.care.acute_places:
        if code in found.highest.acute:
            name = say(_SHORT_NAMES.get(code, found.care.name(code)))
            sure = code in found.lowest.acute or cells.get(name, Cell("", "more")).kind == "meets"
            first, perhaps = say("first"), say("perhaps")
            cells[name] = Cell(name, "meets", first) if sure else Cell(name, "range", perhaps)
    return tuple(cells.values())
