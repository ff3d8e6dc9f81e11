"""Course templates and counting rules as a program's data: read, checked, ready to use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from handrail.core.course.attendance import Minimum, Status
from handrail.core.course.closing import OutreachClock
from handrail.core.course.errors import CourseError
from handrail.core.course.segments import (
    Count,
    SegmentKind,
    Segments,
    check_segments,
    read_segments,
)
from handrail.core.course.weeks import Service, WeekRule

TAGS = {"S": "seen in the source", "M": "from memory, to be verified", "C": "common practice"}
"""How sure we are of a number's source."""

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class CourseTemplate:
    """The usual shape of a course at a level: IOP, 24 sessions of three hours, three a week.

    `minimum` is how many minutes make one session count for the client's course.
    """

    id: str
    name: str
    level: str
    sessions: int
    minutes: int
    per_week_min: int
    per_week_max: int
    minimum: Minimum
    segments: Segments
    source: str
    tag: str


@dataclass(frozen=True, slots=True)
class CourseRules:
    """The numbers a program counts by. Each program can change them; each has its source.

    `limits` are people per kind of segment; `late_after` and
    `close_within` minutes; `topic_percent` how much of
    the education part someone needs to have met its topic; payer minimums by id.
    """

    limits: Mapping[SegmentKind, int]
    late_after: int
    close_within: int
    topic_percent: int
    week_rules: Mapping[str, WeekRule]
    payer_minimums: Mapping[str, Minimum]
    outreach_clocks: tuple[OutreachClock, ...]


def read_templates(rows: Iterable[Mapping[str, Any]]) -> dict[str, CourseTemplate]:
    """Read course templates by id; the parts of each fill its session.

    Raises CourseError, naming the template and what is wrong.
    """
    made = _each("template", _template, {"template": tuple(rows)})
    return {template.id: template for template in made}


def read_rules(tables: Mapping[str, Any]) -> CourseRules:
    """Read the numbers a program counts by. Raises CourseError, naming the row that is wrong."""
    late_after, close_within, topic_percent = _one(
        "attendance", _attendance, tables.get("attendance", {})
    )
    return CourseRules(
        limits=dict(_each("group_size", _group_size, tables)),
        late_after=late_after,
        close_within=close_within,
        topic_percent=topic_percent,
        week_rules={rule.id: rule for rule in _each("week_rule", _week_rule, tables)},
        payer_minimums=dict(_each("payer_minimum", _payer_minimum, tables)),
        outreach_clocks=_each("outreach_clock", _clock, tables),
    )


def _each(
    kind: str, make: Callable[[Mapping[str, Any]], Made], tables: Mapping[str, Any]
) -> tuple[Made, ...]:
    rows = tables.get(kind, ())
    ids = [row.get("id", "") for row in rows]
    for twice in {id for id in ids if ids.count(id) > 1}:
        raise CourseError(f"{kind} {twice}: listed twice")
    return tuple(_one(kind, make, row) for row in rows)


def _one(kind: str, make: Callable[[Mapping[str, Any]], Made], row: Mapping[str, Any]) -> Made:
    name = f"{kind} {row.get('id', '')}".rstrip()
    try:
        made = make(row)
        if not row["source"] or row["tag"] not in TAGS:
            raise CourseError(f"a source, and a tag which is one of {', '.join(TAGS)}, are needed")
    except KeyError as missing:
        raise CourseError(f"{name}: {missing} is missing or not known") from missing
    except (TypeError, ValueError) as wrong:
        raise CourseError(f"{name}: {wrong}") from wrong
    return made


def _template(row: Mapping[str, Any]) -> CourseTemplate:
    least, most = row["per_week"]
    if not 1 <= least <= most <= 7:
        raise CourseError(f"{least} to {most} sessions a week cannot be")
    return CourseTemplate(
        id=row["id"],
        name=row["name"],
        level=row["level"],
        sessions=_positive(row["sessions"]),
        minutes=_positive(row["minutes"]),
        per_week_min=least,
        per_week_max=most,
        minimum=Minimum(_positive(row["minimum"]), Count.ATTENDED, row["name"], row["source"]),
        segments=check_segments(read_segments(row["segment"]), row["minutes"]),
        source=row["source"],
        tag=row["tag"],
    )


def _attendance(row: Mapping[str, Any]) -> tuple[int, int, int]:
    return int(row["late_after"]), int(row["close_within"]), _positive(row["topic_percent"])


def _group_size(row: Mapping[str, Any]) -> tuple[SegmentKind, int]:
    return SegmentKind(row["id"]), _positive(row["people"])


def _week_rule(row: Mapping[str, Any]) -> WeekRule:
    return WeekRule(
        id=row["id"],
        name=row["name"],
        minutes=_positive(row["minutes"]),
        count=Count(row["count"]),
        services=frozenset(Service(one) for one in row["services"]),
        source=row["source"],
        tag=row["tag"],
    )


def _payer_minimum(row: Mapping[str, Any]) -> tuple[str, Minimum]:
    minutes, count = _positive(row["minutes"]), Count(row["count"])
    return row["id"], Minimum(minutes, count, row["name"], row["source"])


def _clock(row: Mapping[str, Any]) -> OutreachClock:
    if row["within_minutes"] < 0:
        raise CourseError("nobody can be called before the session is closed")
    return OutreachClock(
        id=row["id"],
        flag=row["flag"],
        statuses=frozenset(Status[one.upper()] for one in row["statuses"]),
        within_minutes=row["within_minutes"],
        steps=tuple(row["steps"]),
        plain=row["plain"],
        source=row["source"],
        tag=row["tag"],
    )


def _positive(number: int) -> int:
    if number < 1:
        raise CourseError(f"{number}: at least 1 is needed")
    return number
