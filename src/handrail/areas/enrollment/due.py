"""What is due for who leads someone's group: a course about to end, an agreement to review."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment import course_records
from handrail.areas.enrollment.course_records import CourseRows
from handrail.areas.enrollment.models import Attendance
from handrail.areas.enrollment.selectors.course import coming_in, how_far
from handrail.areas.ledger.models import Agreement, InformedRefusal
from handrail.areas.plans.models import Goal
from handrail.areas.schedule.leads import clients_in, who_leads
from handrail.areas.schedule.models import Enrollment, MakeUp, Pause, Session, Track
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action, Role
from handrail.data import deadlines, note_rules


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
        courses = course_records.course_rows(near)
        ahead = [known for _, known in course_records.sessions_ahead(courses.values()).values()]
        leads, met = who_leads(near), _with_goals_met(near)
        for key, course in courses.items():
            if course.current is None:
                continue
            stands = course_records.progress_of(course, coming_in(course, ahead))
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


# ---- agreements --------------------------------------------------------------------------------


class AgreementReview(Kind):
    """The newest agreement or refusal of each person, for who leads their group, and for those who
    watch over all.
    """

    code = "agreement"
    words = "Review an agreement, or call again after someone declined safety care"
    permissions = (Action.AGREE, Action.READ_CHART)
    watchers = frozenset({Role.SUPERVISOR, Role.INTAKE_COORDINATOR, Role.PROGRAM_DIRECTOR})
    follows = {  # noqa: RUF012
        Agreement: client_of,
        InformedRefusal: client_of,
        Enrollment: client_of,
        Track: lambda rows: clients_in([one.pk for one in rows]),
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """From a week before the day."""
        agreed = _latest(Agreement.objects.all(), at, scopes)
        refused = _latest(InformedRefusal.objects.all(), at, scopes)
        leads = who_leads([one.client_id for one in (*agreed, *refused)])
        return [_review(one, leads, at) for one in (*agreed, *refused)]


def _latest(rows: QuerySet, at: Place, scopes: Collection[UUID] | None) -> list:  # type: ignore[type-arg]
    """Without those that something newer has followed."""
    later = {"client": OuterRef("client"), "recorded_at__gt": OuterRef("recorded_at")}
    found = rows.filter(
        ~Exists(Agreement.objects.filter(**later)),
        ~Exists(InformedRefusal.objects.filter(**later)),
        organization_id=at.organization_id,
    )
    return list(found if scopes is None else found.filter(client_id__in=scopes))


def _review(
    row: Agreement | InformedRefusal, leads: Mapping[UUID, tuple[UUID, ...]], at: Place
) -> Item:
    refused = isinstance(row, InformedRefusal)
    day = row.call_again_date if isinstance(row, InformedRefusal) else row.review_date
    since = at.begins(day - deadlines().agreement_review)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        audience=leads.get(row.client_id, ()),
        due_at=at.ends(day),
        visible_from=since,
        escalates_at=since,
        # Someone who goes without what they need to be safe is called as if a life were at stake.
        life=refused,
        facts={"day": day, "refused": refused, "sequence": list(row.sequence)},
    )


KINDS = (CourseEnding(), AgreementReview())
