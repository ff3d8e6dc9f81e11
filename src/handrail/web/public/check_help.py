"""The help that a check shows at once: what to do now, for danger that is sure or may be there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import LATER, REFUSED, UNKNOWN, Voice, alarms, findings_from, words
from handrail.core.findings import Kind, Open
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.web.public.words import check_table, criteria_set, private_check


@dataclass(frozen=True, slots=True)
class Help:
    """What to do at once for one kind of danger.

    `sure`: an answer says it is so. `gentle`: it deserves help today and is no emergency.
    """

    kind: str
    key: str
    title: str
    say: str
    steps: tuple[str, ...]
    sure: bool
    gentle: bool


def place(draft: Draft) -> Recommendation:
    """Where the needs that the answers tell of would be met."""
    return recommend(findings_from(private_check(), draft.answers, draft.voice), criteria_set())


def help_needed(draft: Draft) -> tuple[Help, ...]:
    """The help to show at once for the answers so far, bodies first."""
    return _helps(_raised(draft), draft.voice)


def help_in_case(draft: Draft) -> tuple[Help, ...]:
    """The help on a result: also for safety questions that stayed open, and for a passive wish."""
    raised, chosen = _raised(draft), draft.answers
    for row in check_table()["alarm"]:
        kind = row["kind"]
        still_open = any(
            {UNKNOWN, REFUSED, LATER} & set(chosen.get(slug, ())) for slug in row["in_case"]
        )
        gently = (said.split(":") for said in row.get("gently", ()))
        if still_open and raised.get(kind) != "sure":
            raised[kind] = "unsure"
        elif any(key in chosen.get(slug, ()) for slug, key in gently):
            raised.setdefault(kind, "gentle")
    return _helps(raised, draft.voice)


def _raised(draft: Draft) -> dict[str, str]:
    """The kinds of danger that the answers raise, each as sure, unsure or gentle."""
    check = private_check()
    findings = findings_from(check, draft.answers, draft.voice)
    emergency = recommend(findings, criteria_set()).emergency
    raised = dict.fromkeys(alarms(check, draft.answers), "gentle")
    for evidence in emergency.evidence if emergency else ():
        definition = check.catalogue[evidence.finding]
        if definition.kind is not Kind.DANGER:
            continue
        kind = "mind" if definition.area.value == "mind" else "body"
        known = not isinstance(findings[evidence.finding].answer, Open)
        if known or raised.get(kind) != "sure":
            raised[kind] = "sure" if known else "unsure"
    return raised


def _helps(raised: Mapping[str, str], voice: Voice) -> tuple[Help, ...]:
    return tuple(_help(row, raised[row["kind"]], voice) for row in _rows("alarm", raised))


def _rows(table: str, kinds: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    return (row for row in check_table()[table] if row["kind"] in kinds)


def _help(row: Mapping[str, Any], how: str, voice: Voice) -> Help:
    return Help(
        kind=row["kind"],
        key=f"{row['kind']}-{how}",
        title=words(row["title" if how == "sure" else how]).to(voice),
        say=words(row["say"]).to(voice),
        steps=_steps(row, how, voice),
        sure=how == "sure",
        gentle=how == "gentle",
    )


def _steps(row: Mapping[str, Any], how: str, voice: Voice) -> tuple[str, ...]:
    """What to do; where it is not known, first how to ask, said to the one who can ask."""
    steps, asking = row["steps"][voice.value], row.get("ask", {}).get(voice.value, ())
    if how != "unsure" or not asking:
        return tuple(steps)
    rest = (step for at, step in enumerate(steps) if at != row["asked_in"])
    return (*asking, *rest)
