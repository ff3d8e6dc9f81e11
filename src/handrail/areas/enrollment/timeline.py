"""What happened in a client's course: sessions, enrollments, pauses, make-ups."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

from handrail.areas.enrollment.models import Attendance
from handrail.areas.schedule.models import Enrollment, MakeUp, Pause
from handrail.core.consents import Content
from handrail.core.course.attendance import Status
from handrail.foundation.timeline import Facts, Kind, Said, end_of_day

_ATTENDANCE = frozenset({Content.ATTENDANCE})
_COURSE = frozenset({Content.COURSE})
_PROGRESS = frozenset({Content.COURSE, Content.PROGRESS})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Closed sessions, memberships in groups, pauses and make-ups."""
    yield Kind(
        "session",
        Attendance.objects.filter(client_id=client_id).exclude(status=""),
        "session__ends_at",
        _session,
        "marked_by",
        {
            "status": "status",
            "track": "session__track__name",
            "number": "session__number",
            "attended": "attended",
            "scheduled": "scheduled",
        },
        of="session_id",
    )
    yield from _memberships(client_id, zone)
    yield Kind(
        "pause",
        Pause.objects.filter(enrollment__client_id=client_id),
        "recorded_at",
        lambda facts: Said("Pause", facts["reason"], tells=_PROGRESS),
        "recorded_by",
        {"reason": "reason"},
    )
    yield from _make_ups(client_id)


def _memberships(client_id: UUID, zone: str) -> Iterator[Kind]:
    rows = Enrollment.objects.filter(client_id=client_id)
    facts = {"track": "track__name", "from": "from_date", "why": "end_reason"}
    yield Kind("enrollment", rows, "enrolled_at", _enrolled, "enrolled_by", facts)
    yield Kind(
        "enrollment",
        rows.filter(until_date__isnull=False),
        end_of_day("until_date", zone),
        _left,
        "ended_by",
        facts,
        step="9",
        whole_day=True,
    )


def _make_ups(client_id: UUID) -> Iterator[Kind]:
    rows = MakeUp.objects.filter(client_id=client_id)
    facts = {"track": "session__track__name", "day": "session__local_date"}

    def say(title: str) -> Callable[[Facts], Said]:
        return lambda facts: Said(title, _on(facts), tells=_COURSE)

    yield Kind("make-up", rows, "booked_at", say("Make-up booked"), "booked_by", facts)
    canceled = rows.filter(canceled_at__isnull=False)
    said = say("Make-up canceled")
    yield Kind("make-up", canceled, "canceled_at", said, "canceled_by", facts, "9")


def _session(facts: Facts) -> Said:
    status = Status(facts["status"])
    minutes = f", {facts['attended']} of {facts['scheduled']} minutes" if facts["attended"] else ""
    return Said(
        f"Session: {status.value}",
        f"{facts['track']}, session {facts['number']}{minutes}",
        "watch" if status.is_absence else "",
        tells=_ATTENDANCE,
    )


def _enrolled(facts: Facts) -> Said:
    day = date.fromisoformat(facts["from"])
    return Said("Enrolled", f"{facts['track']}, from {day:%b} {day.day}", tells=_COURSE)


def _left(facts: Facts) -> Said:
    words = "; ".join(one for one in (facts["track"], facts["why"]) if one)
    return Said("Left the group", words, ahead="Is to leave the group", tells=_PROGRESS)


def _on(facts: Facts) -> str:
    day = date.fromisoformat(facts["day"])
    return f"{facts['track']}, {day:%a, %b} {day.day}"
