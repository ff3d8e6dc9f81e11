"""What a client is working toward, in the client's words: set, met, dropped."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.errors import NoOpenEpisode
from handrail.areas.clients.models import Client
from handrail.areas.clients.selectors import episodes
from handrail.areas.plans import errors
from handrail.areas.plans.models import Goal
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.foundation.audit import trail

LONGEST = 300


@transaction.atomic
def set_goal(
    *,
    client_id: UUID,
    words: str,
    on_date: date,
    by: Actor,
    at: datetime,
    goal_id: UUID | None = None,
) -> Goal:
    """Put down a goal for the open episode, in words the client would say."""
    check_access(by, Action.SET_GOAL)
    client = Client.objects.filter(pk=client_id).first()
    if client is None:
        raise NotHere
    episode = episodes.open_episode(client_id, lock=True)
    if episode is None:
        raise NoOpenEpisode(client.name)
    if not words.strip():
        raise errors.GoalMissing
    if len(words.strip()) > LONGEST:
        raise errors.GoalTooLong(LONGEST)
    made = Goal.objects.create(
        id=goal_id or uuid4(),
        organization_id=by.organization_id,
        client=client,
        episode=episode,
        words=words.strip(),
        opened_date=on_date,
        opened_by=by.name,
    )
    _record(by, "set", made)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def meet_goal(*, goal_id: UUID, on_date: date, by: Actor, at: datetime) -> Goal:
    """Say that a goal is met."""
    row = _open_goal(goal_id, on_date, by)
    row.met_date, row.ended_by = on_date, by.name
    row.save(update_fields=["met_date", "ended_by"])
    _record(by, "meet", row)
    refresh_due(row, by=by, at=at)
    return row


@transaction.atomic
def drop_goal(*, goal_id: UUID, on_date: date, by: Actor, at: datetime) -> Goal:
    """Say that a goal is no longer one; it stays on record as dropped."""
    row = _open_goal(goal_id, on_date, by)
    row.dropped_date, row.ended_by = on_date, by.name
    row.save(update_fields=["dropped_date", "ended_by"])
    _record(by, "drop", row)
    refresh_due(row, by=by, at=at)
    return row


def client_of(goal_id: UUID, *, by: Actor) -> UUID:
    """Whose goal it is. Raises NotHere for anyone else's."""
    check_access(by, Action.SET_GOAL)
    client_id = Goal.objects.filter(pk=goal_id).values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    return client_id


def _open_goal(goal_id: UUID, on_date: date, by: Actor) -> Goal:
    check_access(by, Action.SET_GOAL)
    row = Goal.objects.select_for_update().filter(pk=goal_id).first()
    if row is None:
        raise NotHere
    ended = row.met_date or row.dropped_date
    if ended:
        raise errors.GoalEnded(row.met_date is not None, ended)
    if on_date < row.opened_date:
        raise errors.GoalNotYetSet(row.opened_date)
    return row


def _record(by: Actor, what: str, row: Goal) -> None:
    trail.record(
        by=by,
        action=Action.SET_GOAL,
        subjects=[trail.subject("client", row.client_id), trail.subject("goal", row.pk)],
        detail={"what": what},
    )
