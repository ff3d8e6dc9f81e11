"""What a private check advises beside a level: who is seen today, what is never said to whom.

Pure: the decisions are rows of a dated table (data/check_advice.toml), each with its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.core.check import (
    LATER,
    REFUSED,
    UNKNOWN,
    Answers,
    Check,
    Choice,
    Question,
    on_the_way,
)
from handrail.core.findings import Open
from handrail.core.placement.recommendation import Recommendation

TODAY = ("overdose", "ghb", "withdrawal", "pregnancy", "taper", "gambling")
"""The decisions that have a box of their own on a result, the most pressing first."""

_OPEN = {UNKNOWN, REFUSED, LATER}


class AdviceError(ValueError):
    """A decision that can never be taken; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way to come to a decision: everything it asks for holds together."""

    all_of: tuple[frozenset[str], ...] = ()
    none_of: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    may_need: frozenset[str] = frozenset()
    because: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Something to advise, where it comes from, and the ways that lead to it."""

    name: str
    source: str
    lines: tuple[Line, ...]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """Every decision, in the order they are taken."""

    version: str
    decisions: tuple[Decision, ...]


def decided(
    advice: Advice,
    check: Check,
    answers: Answers,
    found: Recommendation,
    *,
    certain: bool = False,
) -> frozenset[str]:
    """The decisions that the answers and what was found of them lead to, by name.

    `certain`: only those that rest on what was said, and on nothing that is still open.
    """
    chosen, said = _said(check, answers)
    taken: set[str] = set()
    for decision in advice.decisions:
        lines = [line for line in decision.lines if not certain or _is_certain(line, found)]
        if not taken & decision.unless and any(_holds(line, chosen, said, found) for line in lines):
            taken.add(decision.name)
    return frozenset(taken)


def behind(
    advice: Advice, name: str, check: Check, answers: Answers, found: Recommendation
) -> tuple[tuple[Question, Choice], ...]:
    """The choices that led to a decision, in the order they were asked."""
    chosen, said = _said(check, answers)
    decision = next(one for one in advice.decisions if one.name == name)
    lines = [line for line in decision.lines if _holds(line, chosen, said, found)]
    named = {one for line in lines for group in line.all_of for one in group}
    findings = {code for line in lines for code in _evidence(line, found)}
    return tuple(
        (question, choice)
        for question in check.questions
        for choice in question.choices
        if choice.key in chosen.get(question.slug, ())
        and (f"{question.slug}:{choice.key}" in named or _speaks(choice, findings, found))
    )


def _said(check: Check, answers: Answers) -> tuple[dict[str, set[str]], set[str]]:
    chosen = {slug: set(keys) for slug, keys in on_the_way(check, answers).items()}
    return chosen, {f"{slug}:{key}" for slug, keys in chosen.items() for key in keys}


def _evidence(line: Line, found: Recommendation) -> set[str]:
    """The findings that a line's needs rest on; with `because`, those of them it names."""
    needs = [need for need in found.needs if need.code in line.needs]
    codes = {one.finding for need in needs for one in need.evidence}
    return codes & line.because if line.because else codes


def _is_certain(line: Line, found: Recommendation) -> bool:
    """Whether a line rests on nothing open: a refused answer is planned for, and is no fact."""
    known = (not isinstance(found.findings[code].answer, Open) for code in _evidence(line, found))
    return not line.may_need and (not line.needs or any(known))


def _speaks(choice: Choice, codes: set[str], found: Recommendation) -> bool:
    """Whether a choice said one of the findings as it stands."""
    return any(code in codes and found.findings[code].answer == one for code, one in choice.sets)


def _holds(
    line: Line, chosen: Mapping[str, set[str]], said: set[str], found: Recommendation
) -> bool:
    return (
        all(said & one for one in line.all_of)
        and not said & line.none_of
        and all(_only(chosen.get(slug), keys) for slug, keys in line.only.items())
        and not any(_only(chosen.get(slug), keys) for slug, keys in line.not_only.items())
        and _needed(line, found)
        and (not line.may_need or bool(line.may_need & set(found.possible_needs)))
    )


def _only(chosen: set[str] | None, keys: frozenset[str]) -> bool:
    """Whether a question was answered with nothing but these; what is open may be anything."""
    return bool(chosen) and not chosen & _OPEN and chosen <= keys  # type: ignore[operator]


def _needed(line: Line, found: Recommendation) -> bool:
    """Whether one of the needs was found; with `because`, for one of these findings."""
    if line.because:
        return bool(_evidence(line, found))
    return not line.needs or bool(line.needs & set(found.need_codes))


# ---- reading ---------------------------------------------------------------------------------


def read_advice(table: Mapping[str, Any], check: Check) -> Advice:
    """Read the decisions and check that each names answers that can be given.

    Raises AdviceError, naming the decision.
    """
    slugs = {one.slug: {choice.key for choice in one.choices} for one in check.questions}
    decisions: list[Decision] = []
    for row in table["decision"]:
        decision = Decision(
            row["name"],
            row["source"],
            tuple(_line(line) for line in row["when"]),
            frozenset(row.get("unless", ())),
        )
        missing = _named(decision) - {f"{slug}:{key}" for slug in slugs for key in slugs[slug]}
        unknown = {one for one in missing if one.partition(":")[2] not in _OPEN}
        earlier = {one.name for one in decisions}
        if unknown or not decision.unless <= earlier:
            wrong = sorted(unknown) or sorted(decision.unless - earlier)
            raise AdviceError(f"decision {decision.name}: there is no {', '.join(wrong)}")
        decisions.append(decision)
    return Advice(table["version"], tuple(decisions))


def _named(decision: Decision) -> set[str]:
    named: set[str] = set()
    for line in decision.lines:
        named |= set().union(line.none_of, *line.all_of)
        for table in (line.only, line.not_only):
            named |= {f"{slug}:{key}" for slug, keys in table.items() for key in keys}
    return named


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        all_of=tuple(frozenset(one) for one in row.get("all", ())),
        none_of=frozenset(row.get("none", ())),
        only={slug: frozenset(keys) for slug, keys in row.get("only", {}).items()},
        not_only={slug: frozenset(keys) for slug, keys in row.get("not_only", {}).items()},
        needs=frozenset(row.get("needs", ())),
        may_need=frozenset(row.get("may_need", ())),
        because=frozenset(row.get("because", ())),
    )
