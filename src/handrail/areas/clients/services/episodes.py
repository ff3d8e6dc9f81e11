"""Episodes of care: opening one, changing the level of care, closing it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Episode, LevelStay, Outcome
from handrail.areas.clients.services.entering import (
    Mistaken,
    local_day,
    locked_client,
    one_line,
    said_day,
    some_lines,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.data import care_catalogue, course_rules
from handrail.foundation.audit import trail

LONGEST_REASON = 300
LONGEST_SUMMARY = 4_000


@transaction.atomic
def open_episode(
    *,
    client_id: UUID,
    level: str,
    opened_date: date,
    reason: str = "",
    week_rules: Sequence[str] = (),
    payer_minimum: str = "",
    by: Actor,
    at: datetime,
) -> Episode:
    """Admit a client at a level of care. One episode is open at a time, and they do not overlap.

    `week_rules` and `payer_minimum` are ids of the rules by which weeks and sessions are counted.
    """
    client = locked_client(client_id, by, Action.OPEN_EPISODE)
    problems = _level_problems(level, reason) | _rule_problems(week_rules, payer_minimum)
    if opened_date > local_day(at, by):
        problems["opened_date"] = "This day is still to come. Open the episode on the day."
    if opened_date < client.birth_date:
        problems["opened_date"] = "This is before the client was born."
    last = client.episodes.order_by("-opened_date").first()
    if last and last.closed_date is None:
        problems["client"] = "An episode of care is open already. Close it first."
    elif last and last.closed_date and opened_date < last.closed_date:
        problems["opened_date"] = "This is before the last episode ended."
    if problems:
        raise Mistaken(problems)
    made = Episode.objects.create(
        organization_id=by.organization_id,
        client=client,
        opened_date=opened_date,
        opened_by=by.name,
        week_rules=list(week_rules),
        payer_minimum=payer_minimum,
    )
    _stay(made, level, opened_date, reason, by)
    _record(Action.OPEN_EPISODE, made, by)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def change_level(
    *, episode_id: UUID, level: str, from_date: date, reason: str, by: Actor, at: datetime
) -> Episode:
    """Step up or down within the episode, from a day on and for a reason.

    The stay before ends that same day.
    """
    found = _locked(episode_id, by, Action.CHANGE_LEVEL)
    current = _current(found)
    problems = _level_problems(level, reason)
    if not one_line(reason):
        problems["reason"] = "Say why the level of care changes."
    if current.level == level:
        problems["level"] = "They are at this level already."
    if from_date < current.from_date:
        problems["from_date"] = "This is before the level they are at now began."
    elif from_date > local_day(at, by):
        problems["from_date"] = "This day is still to come. Change the level on the day."
    if problems:
        raise Mistaken(problems)
    current.until_date = from_date
    current.save(update_fields=["until_date"])
    _stay(found, level, from_date, reason, by)
    _record(Action.CHANGE_LEVEL, found, by)
    return found


@transaction.atomic
def close_episode(
    *,
    episode_id: UUID,
    outcome: str,
    summary: str,
    closed_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Episode:
    """Discharge a client: how it ended and in which words. Ends their stay at the level too.

    Without `closed_date` it is today.
    """
    found = _locked(episode_id, by, Action.CLOSE_EPISODE)
    current = _current(found)
    today = local_day(at, by)
    day = closed_date or today
    words = some_lines(summary)
    problems = {}
    if outcome not in Outcome.values:
        problems["outcome"] = "Choose how it ended."
    if not words:
        problems["summary"] = "Write a few words about how it ended and what comes next."
    elif len(words) > LONGEST_SUMMARY:
        problems["summary"] = (
            f"This is too long: {len(words):,} letters of {LONGEST_SUMMARY:,} at most."
        )
    if day < max(found.opened_date, current.from_date):
        problems["closed_date"] = "This is before the episode or the level now began."
    elif day > today:
        problems["closed_date"] = "This day is still to come. Close the episode on the day."
    if problems:
        raise Mistaken(problems)
    current.until_date = day
    current.save(update_fields=["until_date"])
    found.closed_date, found.closed_by = day, by.name
    found.outcome, found.summary = outcome, words
    found.save(update_fields=["closed_date", "closed_by", "outcome", "summary"])
    _record(Action.CLOSE_EPISODE, found, by)
    refresh_due(found, by=by, at=at)
    return found


def _locked(episode_id: UUID, by: Actor, action: Action) -> Episode:
    check_access(by, action)
    found = (
        Episode.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=episode_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.closed_date:
        closed = f"{said_day(found.closed_date)}, {found.closed_by}"
        raise Mistaken({"episode": f"This episode of care is closed already: {closed}."})
    return found


def _current(episode: Episode) -> LevelStay:
    """The stay that goes on; an open episode always has one."""
    return episode.levels.select_for_update().get(until_date__isnull=True)


def _stay(episode: Episode, level: str, from_date: date, reason: str, by: Actor) -> None:
    LevelStay.objects.create(
        organization_id=episode.organization_id,
        episode=episode,
        level=level,
        from_date=from_date,
        reason=one_line(reason),
        recorded_by=by.name,
    )


def _level_problems(level: str, reason: str) -> dict[str, str]:
    problems = {}
    if level not in care_catalogue().levels:
        problems["level"] = "Choose a level of care."
    if len(one_line(reason)) > LONGEST_REASON:
        problems["reason"] = f"This is too long: at most {LONGEST_REASON} letters."
    return problems


def _rule_problems(week_rules: Sequence[str], payer_minimum: str) -> dict[str, str]:
    rules = course_rules()
    problems = {}
    if set(week_rules) - set(rules.week_rules):
        problems["week_rules"] = "Choose rules for the week from the list."
    if payer_minimum and payer_minimum not in rules.payer_minimums:
        problems["payer_minimum"] = "Choose the payer’s minimum from the list."
    return problems


def _record(action: Action, episode: Episode, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", episode.client_id),
            trail.subject("episode", episode.pk),
        ],
    )
