"""How many seats are free in the sessions to come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from handrail.areas.enrollment import course_records as gathering
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session, Track
from handrail.core.access import Action, Actor, check_access
from handrail.core.course import schedule
from handrail.core.course.enrollment import Enrollment
from handrail.core.course.roster import MakeUp, Roster, free_seats, roster
from handrail.data import course_rules


def seats_free(tracks: Collection[Track], *, from_date: date, by: Actor) -> dict[UUID, int | None]:
    """The smallest number of free seats of any session to come, by track, as an admission counts
    them: None is no limit, and without a session on the calendar there is no seat.
    """
    check_access(by, Action.SEE_GROUPS)
    coming = sessions_to_come([one.pk for one in tracks], from_date)
    all_rows = [one for rows in coming.values() for one in rows]
    members, booked = members_of(tracks, all_rows), facts.make_ups_of(all_rows)
    rosters = {one.pk: rosters_to_come(coming[one.pk], members, booked) for one in tracks}
    return {key: fewest_free(found) if found else 0 for key, found in rosters.items()}


def rosters_to_come(
    rows: Sequence[Session], members: tuple[Enrollment, ...], booked: Sequence[MakeUp]
) -> list[Roster]:
    known = schedule.in_order(facts.session_facts(one) for one in rows)
    return [roster(one, members, booked) for one in known]


def fewest_free(rosters: Sequence[Roster]) -> int | None:
    limits = course_rules().limits
    seats = [free for one in rosters if (free := free_seats(one, limits)) is not None]
    return min(seats, default=None)


def sessions_to_come(track_ids: Collection[UUID], from_date: date) -> Mapping[UUID, list[Session]]:
    found: dict[UUID, list[Session]] = defaultdict(list)
    rows = facts.sessions_with_facts().filter(
        track_id__in=track_ids, local_date__gte=from_date, state__in=gathering.AHEAD
    )
    for one in rows.order_by("starts_at", "id"):
        found[one.track_id].append(one)
    return found


def members_of(tracks: Iterable[Track], rows: Sequence[Session]) -> tuple[Enrollment, ...]:
    if not rows:
        return ()
    days = [one.local_date for one in rows]
    return facts.enrollments_between([one.pk for one in tracks], min(days), max(days))
