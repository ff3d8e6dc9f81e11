"""A kept recommendation in three voices: for a clinician, for family, for an insurer.

The same needs and verdicts stand behind all three; what differs is the words, the order, and how
much of what a person told is repeated.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handrail.areas.recommendations.models import Recommendation as Kept
from handrail.core.consents import Content
from handrail.core.findings import OPEN_WORDS, Open
from handrail.core.placement import words
from handrail.core.placement.recommendation import (
    ANOTHER_NEED,
    FALLS_SHORT,
    MEETS,
    MORE_THAN_NEEDED,
    NeedFound,
    Note,
    Recommendation,
    Verdict,
)
from handrail.data import criteria_set, findings_catalogue
from handrail.integrations import documents
from handrail.integrations.documents import Block
from handrail.web.staff.recommendations.view_models import Shown, shown


class Voice(StrEnum):
    """Whom a letter speaks to."""

    CLINICIAN = "clinician"
    FAMILY = "family"
    INSURER = "insurer"

    @property
    def words(self) -> str:
        """The voice as the form says it."""
        return _VOICES[self][0]

    @property
    def heading(self) -> str:
        """The title of the letter."""
        return _VOICES[self][1]

    @property
    def contents(self) -> frozenset[Content]:
        """What of the chart it tells."""
        return _VOICES[self][2]


_TAG = re.compile(r" \[[A-Z]\]$")
_WITH_FINDINGS = frozenset({Content.RECOMMENDATION, Content.ASSESSMENT})
_VOICES = {
    Voice.CLINICIAN: ("For a clinician", "Recommended level of care", _WITH_FINDINGS),
    Voice.FAMILY: (
        "For family, in plain words",
        "What kind of help fits",
        frozenset({Content.RECOMMENDATION}),
    ),
    Voice.INSURER: (
        "For an insurer",
        "Level of care: criteria, evidence and dates",
        _WITH_FINDINGS,
    ),
}
_VERDICTS = {
    MEETS: "meets the needs",
    FALLS_SHORT: "falls short on",
    MORE_THAN_NEEDED: "more than is needed",
    ANOTHER_NEED: "answers another need",
}
TO_ASK = (
    "How many hours a week is it, on which days, and for about how many weeks?",
    "Who decides when to step down or up, and what do they go by?",
    "What happens when someone misses a session, or drinks or uses again?",
    "Do you give medication for addiction, or know who does?",
    "How can family take part, and what may you tell us? What do you need from us for that?",
    "What will it cost us, and who asks the insurer for approval?",
    "Whom do we call at night or on a weekend?",
)
"""What family can ask any program."""

EMERGENCY = (
    "Call 911 for danger to life. Call or text 988 for thoughts of suicide. Stay with the person."
)


@dataclass(frozen=True, slots=True)
class Word:
    """A clinician's word on a recommendation: who and when, in words; `instead` are codes of
    levels and places put in its place, and why. `co_signed` is empty while that is still due.
    """

    by: str
    day: str
    instead: tuple[str, ...] = ()
    reason: str = ""
    needs_co_signature: bool = False
    co_signed: str = ""


def blocks_of(
    voice: Voice, found: Recommendation, kept: Kept, *, day: str, word: Word | None = None
) -> list[Block]:
    """The letter's blocks. `day` is when the recommendation was made, in words; `word` what a
    clinician said to it since.
    """
    first = [_said_since(word, found)]
    if voice is Voice.FAMILY:
        return first + _family(found, day)
    if voice is Voice.INSURER:
        return first + _insurer(found, kept, day)
    return first + _clinician(found, kept, day)


def _said_since(word: Word | None, found: Recommendation) -> Block:
    """Whose word stands behind the letter comes before what it says."""
    if word is None:
        return documents.note("Not confirmed by a clinician yet.")
    co_signed = f" Co-signed by {word.co_signed}." if word.co_signed else ""
    if word.needs_co_signature and not word.co_signed:
        co_signed = " The co-signature is still due."
    if not word.instead:
        return documents.small(f"Confirmed by {word.by}, {word.day}.{co_signed}")
    names = ", then ".join(_plain_name(found, code) for code in word.instead)
    why = f" Reason: {word.reason.rstrip('.')}." if word.reason else ""
    return documents.note(
        f"On {word.day} {word.by} decided otherwise than what is written below: {names}."
        f"{why}{co_signed}"
    )


# ---- for a clinician ---------------------------------------------------------------------------


def _clinician(found: Recommendation, kept: Kept, day: str) -> list[Block]:
    view = shown(found)
    blocks = [*_first_now(found, plain=False), documents.sum_of(view.where)]
    blocks.append(documents.text(f"By {view.criteria}, from findings of {day}, {kept.made_by}."))
    blocks += _provisional(found)
    if view.way_down:
        blocks.append(documents.text(f"The way down: {view.way_down}."))
    if view.packages:
        blocks.append(documents.text(f"With: {'; or '.join(view.packages)}."))
    blocks += [*_needs(found), *_areas(view), *_judged(found), *_open(found, most=12)]
    blocks += [*_findings(found), *_beside(view), *_made_by(kept)]
    return blocks


def _needs(found: Recommendation) -> list[Block]:
    if not found.needs:
        return []
    rows = []
    for because, needs in words.reasons(found):
        names = "; ".join(f"{one.name} (acute)" if one.acute else one.name for one in needs)
        rests = "; ".join(words.quoted(one) for one in needs[0].evidence)
        rows.append((names, " ".join(because), rests))
    head = ("Need", "Why", "Rests on")
    return [documents.heading("What care must provide"), documents.table(head, rows)]


def _areas(view: Shown) -> list[Block]:
    if not view.areas:
        return []
    rows = [(one.name.capitalize(), one.severity, one.rests_on or "–") for one in view.areas]
    return [
        documents.heading("By area"),
        documents.table(("Area", "How serious", "Rests on"), rows, widths=(2, 2, 4)),
    ]


def _judged(found: Recommendation) -> list[Block]:
    if not found.levels:
        return []
    rows = [(found.care.name(one.code), _verdict(found, one)) for one in found.levels]
    return [
        documents.heading("Each level, judged"),
        documents.table(("Level of care", "For these needs"), rows, widths=(2, 4)),
    ]


def _verdict(found: Recommendation, one: Verdict) -> str:
    said = _VERDICTS[one.verdict]
    if one.verdict == FALLS_SHORT:
        said += " " + "; ".join(found.care.needs[code].name for code in one.unmet)
    if not one.settled:
        said += " (could change with an open safety question)"
    return said[:1].upper() + said[1:] + "."


def _open(found: Recommendation, *, most: int) -> list[Block]:
    """Open questions: those of safety all, others up to so many rows; the rest is counted."""
    asked = sorted(found.would_change, key=lambda one: not one.safety)
    shown_ = [one for number, one in enumerate(asked) if one.safety or number < most]
    if not shown_:
        return []
    rows = [
        (one.question, OPEN_WORDS[Open(one.answer)], "yes" if one.safety else "no")
        for one in shown_
    ]
    blocks = [
        documents.heading("What could change this"),
        documents.table(("Open question", "Answer", "Safety"), rows, widths=(5, 2, 1)),
    ]
    more = len(asked) - len(shown_)
    return (
        [*blocks, documents.small(f"And {more} more that are not about safety.")]
        if more
        else blocks
    )


def _provisional(found: Recommendation) -> list[Block]:
    """That questions are open, and whether safety hangs on them."""
    if not found.provisional:
        return []
    of_safety = sum(1 for one in found.would_change if one.safety)
    said = f"{of_safety} of them about safety" if of_safety else "none of them about safety"
    return [
        documents.note(
            f"Provisional: {len(found.would_change)} questions are open, {said}. They were read"
            " with care: what is not known was not counted in favor of less."
        )
    ]


def _findings(found: Recommendation) -> list[Block]:
    catalogue = findings_catalogue()
    rows = [
        (catalogue[code].say(finding.answer), finding.evidence or "–")
        for code, finding in found.findings.items()
        if code in catalogue and finding.answer is not Open.NOT_ASKED
    ]
    if not rows:
        return []
    return [
        documents.heading("Findings"),
        documents.table(("Finding", "Rests on"), rows, widths=(3, 3)),
    ]


def _beside(view: Shown) -> list[Block]:
    found = []
    if view.beside:
        found += [documents.heading("Keep in mind"), documents.points(view.beside)]
    if view.requirements:
        found += [
            documents.heading("What this set also asks for"),
            documents.points(view.requirements),
        ]
    return found


def _made_by(kept: Kept) -> list[Block]:
    """Versions and fingerprints: enough to make the same answer again."""
    rows = [(name, sha) for name, sha in sorted(kept.texts.items())]
    return [
        documents.heading("Made by"),
        documents.small(
            f"Criteria {kept.criteria}, version {kept.criteria_version}."
            f" Fingerprint of the answer (SHA-256): {kept.answer_hash}."
        ),
        documents.lines_small([f"{name}: {sha}" for name, sha in rows]),
        documents.small(
            "It supports a professional’s judgment and does not replace it. The criteria are the"
            " program’s own, from public sources; no licensed instrument is reproduced."
        ),
    ]


# ---- for family --------------------------------------------------------------------------------


def _family(found: Recommendation, day: str) -> list[Block]:
    blocks = [*_first_now(found, plain=True), documents.sum_of(_plain_where(found))]
    blocks.append(
        documents.text(
            f"This is what was found on {day}. It is written so that you can"
            " talk about it, and ask about it."
        )
    )
    if found.outside:
        return [*blocks, *_to_ask()]
    blocks += _perhaps_first(found)
    if found.provisional:
        blocks.append(
            documents.note(
                "Some questions are not answered yet. Until they are, this errs on the side of"
                " more help."
            )
        )
    blocks += [*_week(found), *_plain_reasons(found), *_less(found), *_plain_open(found)]
    return [*blocks, *_to_ask()]


def _plain_where(found: Recommendation) -> str:
    if found.outside:
        return "No level can be named here"
    if found.at_least:
        codes = (*found.acute, found.at_least.level)
        least = ", then ".join(_plain_name(found, code) for code in codes)
        return f"At least {least}: an assessment comes before anything lower"
    if found.level is None and found.lowest and found.highest:
        low, high = (_plain_name(found, one.level) for one in (found.lowest, found.highest))
        if low == high:
            return f"Not settled yet: {low}"
        return f"Not settled yet: between {low} and {high}"
    codes = (*found.acute, found.level or "")
    return ", then ".join(_plain_name(found, code) for code in codes if code)


def _perhaps_first(found: Recommendation) -> list[Block]:
    """Acute places that come first today: for sure, or perhaps."""
    single = found.level is not None or found.at_least
    if single or found.lowest is None or found.highest is None:
        return []
    names = [_plain_name(found, code) for code in found.highest.acute]
    if not names:
        return []
    sure = set(found.highest.acute) == set(found.lowest.acute)
    said = (
        "Today first:" if sure else "Today first, perhaps, until the open questions are answered:"
    )
    return [documents.text(f"{said} {words.listing(names, 'and' if sure else 'or')}.")]


def _plain_name(found: Recommendation, code: str) -> str:
    care = found.care
    place = care.levels.get(code) or care.acute_places.get(code)
    if place is None:
        return care.name(code)
    return f"{place.plain_name} ({place.acronym})" if place.acronym else place.plain_name


def _week(found: Recommendation) -> list[Block]:
    place = found.care.levels.get(found.level or "")
    if place is None:
        return []
    return [
        documents.heading("What a week there is like"),
        documents.text(place.week),
        documents.text(f"{place.who_is_there} {place.costs_time} {place.costs_freedom}"),
    ]


def _plain_reasons(found: Recommendation) -> list[Block]:
    said = list(dict.fromkeys(words_ for one in found.needs for words_ in one.plain))
    if not said:
        return []
    return [documents.heading("Why"), documents.points(said)]


def _less(found: Recommendation) -> list[Block]:
    rows = [
        (
            _plain_name(found, one.code),
            ("" if one.settled else "perhaps ")
            + "; ".join(found.care.needs[code].leaves_out for code in one.unmet),
        )
        for one in reversed(found.levels)
        if one.verdict == FALLS_SHORT and one.unmet
    ]
    blocks = [documents.heading("If it is less than this")]
    if not rows:
        return [*blocks, documents.text("Nothing that was found would be left without an answer.")]
    floor = [one.leaves_out for one in found.needs if one.floor]
    blocks.append(documents.table(("With only", "This would be left out"), rows, widths=(2, 4)))
    if floor:
        blocks.append(
            documents.note(
                f"This cannot be bargained away, because a life may hang on it: {'; '.join(floor)}."
            )
        )
    return blocks


def _plain_open(found: Recommendation) -> list[Block]:
    if not found.would_change:
        return []
    asked = [one.question for one in sorted(found.would_change, key=lambda one: not one.safety)][:8]
    return [
        documents.heading("What is not known yet"),
        documents.text("An answer to these could change what fits:"),
        documents.points(asked),
    ]


def _to_ask() -> list[Block]:
    return [
        documents.heading("What to ask any program"),
        documents.points(TO_ASK),
        documents.small(
            "This page supports a talk with a professional. It is not a diagnosis, and less help"
            " than this is always better than none."
        ),
    ]


# ---- for an insurer ----------------------------------------------------------------------------


def _insurer(found: Recommendation, kept: Kept, day: str) -> list[Block]:
    view = shown(found)
    blocks = [
        *_first_now(found, plain=False),
        documents.sum_of(view.where),
        documents.facts(
            ("What", "Which"),
            [
                ("Criteria", view.criteria),
                ("Findings of", f"{day}, recorded by {kept.made_by}"),
                ("Version", f"answer {kept.answer_hash[:16]}, kept since {day}"),
            ],
        ),
    ]
    blocks += [*_provisional(found), *_by_heading(found, day), *_lower(found)]
    blocks += [*_asked_for(found), *_open(found, most=0)]
    blocks.append(
        documents.small(
            f"Criteria set {criteria_set(found.criteria[0]).title}, version {found.criteria[1]}."
            " Each criterion names its source. The recommendation can be made again from the same"
            " findings and rules, to the letter."
        )
    )
    return blocks


def _by_heading(found: Recommendation, day: str) -> list[Block]:
    """Criterion, evidence and date, under the heading of each area."""
    blocks = []
    severity = {one.area: one.severity for one in found.areas}
    for area in dict.fromkeys(name for one in found.needs for name in one.areas):
        needs = [one for one in found.needs if area in one.areas[:1]]
        if not needs:
            continue
        blocks.append(documents.heading(_area_title(area, severity.get(area, ""))))
        alike: dict[tuple[str, ...], list[NeedFound]] = {}
        for one in needs:
            alike.setdefault(one.because, []).append(one)
        rows = [_criterion(because, same, day) for because, same in alike.items()]
        head = ("Criterion", "Evidence", "Date")
        blocks.append(documents.table(head, rows, widths=(4, 4, 2)))
    return blocks


def _area_title(area: str, severity: str) -> str:
    name = area.replace("_", " ").capitalize()
    return f"{name}: {severity}" if severity and severity != "none" else name


def _criterion(
    because: Sequence[str], needs: Sequence[NeedFound], day: str
) -> tuple[str, str, str]:
    names = "; ".join(one.name for one in needs)
    sources = "; ".join(dict.fromkeys(_TAG.sub("", s) for one in needs for s in one.sources))
    said = f"{names[:1].upper()}{names[1:]}. {' '.join(because)}"
    evidence = "; ".join(words.quoted(one) for one in needs[0].evidence)
    return (f"{said} Source: {sources}." if sources else said), evidence, day


def _lower(found: Recommendation) -> list[Block]:
    rows = [
        (found.care.name(one.code), _verdict(found, one))
        for one in reversed(found.levels)
        if one.verdict == FALLS_SHORT
    ]
    if not rows:
        return []
    return [
        documents.heading("Why each lower level falls short"),
        documents.table(("Level of care", "What it does not provide"), rows, widths=(2, 4)),
    ]


def _asked_for(found: Recommendation) -> list[Block]:
    if not found.requirements:
        return []
    rows = [_requirement(one) for one in found.requirements]
    return [
        documents.heading("What the set asks for besides"),
        documents.table(("Requirement", "State", "Source"), rows, widths=(5, 2, 3)),
    ]


def _requirement(note: Note) -> Sequence[str]:
    return (note.because, note.status, _TAG.sub("", note.source))


# ---- for all -----------------------------------------------------------------------------------


def _first_now(found: Recommendation, *, plain: bool) -> list[Block]:
    """What cannot wait comes before anything else."""
    if found.emergency is None:
        return []
    said = found.emergency.plain if plain else found.emergency.because
    return [documents.note(" ".join(("First, now.", *said, EMERGENCY)))]
