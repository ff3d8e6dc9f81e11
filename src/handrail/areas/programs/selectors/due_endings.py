"""Courses that are about to end, or have no session to go: the talk about what comes next."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from handrail.areas.clients.models import Client, Episode
from handrail.areas.programs import gathering
from handrail.areas.programs.gathering import CourseRows
from handrail.areas.programs.models import (
    Attendance,
    Enrollment,
    Goal,
    MakeUp,
    Pause,
    Session,
    Track,
)
from handrail.areas.programs.selectors.course import coming_in, how_far
from handrail.areas.programs.selectors.leads import clients_in, who_leads
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action
from handrail.data import note_rules


class CourseEnding(Kind):
    """Someone with few sessions to go or none, for who leads their group."""

    code = "ending"
    words = "Plan the end of a course"
    permissions = (Action.SET_GOAL, Action.READ_CHART)
    follows = {  # noqa: RUF012
        Enrollment: client_of,
        Pause: lambda rows: {one.enrollment.client_id for one in rows},
        MakeUp: client_of,
        Goal: client_of,
        Episode: client_of,
        Session: lambda rows: _who_is_in(rows),
        Track: lambda rows: clients_in([one.pk for one in rows]),
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """While they belong to a track. With no session to go it is due as soon as possible."""
        in_care = Client.objects.filter(
            organization_id=at.organization_id, episodes__closed_date__isnull=True
        ).filter(episodes__isnull=False)
        if scopes is not None:
            in_care = in_care.filter(pk__in=scopes)
        few = note_rules().ending_within
        far = how_far(list(in_care.values_list("pk", flat=True)))
        near = [UUID(key) for key, one in far.items() if one.planned and one.to_go <= few]
        courses = gathering.course_rows(near)
        ahead = [known for _, known in gathering.sessions_ahead(courses.values()).values()]
        leads, met = who_leads(near), _with_goals_met(near)
        for key, course in courses.items():
            if course.current is None:
                continue
            stands = gathering.progress_of(course, coming_in(course, ahead))
            one = far[str(key)]
            facts = {
                "done": one.done,
                "planned": one.planned,
                "to_go": one.to_go,
                "last_day": stands.projected_last_day if one.to_go else None,
                "goals_met": key in met,
            }
            yield _item(course, course.current, facts, leads.get(key, ()), at)


def _item(
    course: CourseRows,
    current: Enrollment,
    facts: dict[str, Any],
    leads: tuple[UUID, ...],
    at: Place,
) -> Item:
    last, until = facts["last_day"], current.until_date
    due = (at.ends(last) if last else None) if facts["to_go"] else None
    return Item(
        key=str(course.client_id),
        scope=course.client_id,
        client_id=course.client_id,
        audience=leads,
        due_at=due,
        visible_from=at.begins(min(one.from_date for one in course.enrollments)),
        visible_until=at.is_over(until) if until else None,
        facts=facts,
    )


def _with_goals_met(clients: Collection[UUID]) -> set[UUID]:
    """Those whose open episode has goals and each of them is met; dropped ones aside."""
    goals: dict[UUID, list[bool]] = {}
    rows = Goal.objects.filter(
        client_id__in=clients, episode__closed_date__isnull=True, dropped_date__isnull=True
    )
    for client, met_date in rows.values_list("client_id", "met_date"):
        goals.setdefault(client, []).append(met_date is not None)
    return {client for client, met in goals.items() if all(met)}


def _who_is_in(rows: Sequence[Session]) -> set[UUID]:
    """Everyone whose course these sessions can be part of: members, guests, whoever came."""
    keys = [one.pk for one in rows]
    guests = MakeUp.objects.filter(session__in=keys, canceled_at__isnull=True)
    came = Attendance.objects.filter(session__in=keys)
    found = clients_in({one.track_id for one in rows})
    return found.union(
        guests.values_list("client_id", flat=True), came.values_list("client_id", flat=True)
    )


KINDS = (CourseEnding(),)
