"""Episodes of care: opening one, changing the level of care, closing it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients import errors
from handrail.areas.clients.models import Episode, LevelStay, Outcome
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
    some_lines,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import Invalid, NotAChoice, raise_any, too_long
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
    wrong = [*_wrong_level(level, reason), *_wrong_rules(week_rules, payer_minimum)]
    if opened_date > local_day(at, by):
        wrong.append(errors.OpensLater())
    if opened_date < client.birth_date:
        wrong.append(errors.BeforeBirth().at("opened_date"))
    last = client.episodes.order_by("-opened_date").first()
    if last and last.closed_date is None:
        wrong.append(errors.EpisodeOpenAlready())
    elif last and last.closed_date and opened_date < last.closed_date:
        wrong.append(errors.BeforeTheLastEpisodeEnded())
    raise_any(wrong)
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
    wrong = _wrong_level(level, reason)
    if not one_line(reason):
        wrong.append(errors.LevelChangedWithoutReason())
    if current.level == level:
        wrong.append(errors.AtThisLevelAlready())
    if from_date < current.from_date:
        wrong.append(errors.BeforeTheLevelNow())
    elif from_date > local_day(at, by):
        wrong.append(errors.ChangesLater())
    raise_any(wrong)
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
    wrong = too_long({"summary": words}, {"summary": LONGEST_SUMMARY})
    if outcome not in Outcome.values:
        wrong.append(errors.OutcomeNotChosen())
    if not words:
        wrong.append(errors.SummaryMissing())
    if day < max(found.opened_date, current.from_date):
        wrong.append(errors.ClosedBeforeItBegan())
    elif day > today:
        wrong.append(errors.ClosesLater())
    raise_any(wrong)
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
        raise errors.EpisodeClosed(found.closed_date, found.closed_by)
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


def _wrong_level(level: str, reason: str) -> list[Invalid]:
    wrong = too_long({"reason": one_line(reason)}, {"reason": LONGEST_REASON})
    if level not in care_catalogue().levels:
        wrong.append(errors.LevelNotChosen())
    return wrong


def _wrong_rules(week_rules: Sequence[str], payer_minimum: str) -> list[Invalid]:
    rules = course_rules()
    wrong: list[Invalid] = []
    if set(week_rules) - set(rules.week_rules):
        wrong.append(NotAChoice().at("week_rules"))
    if payer_minimum and payer_minimum not in rules.payer_minimums:
        wrong.append(NotAChoice().at("payer_minimum"))
    return wrong


def _record(action: Action, episode: Episode, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", episode.client_id),
            trail.subject("episode", episode.pk),
        ],
    )
