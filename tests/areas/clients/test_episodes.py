"""Episodes of care and their levels."""

from datetime import date, timedelta

import pytest

from handrail.areas.charts import selectors
from handrail.areas.clients import errors, services
from handrail.areas.clients.models import Episode, LevelStay
from handrail.core.errors import Invalid
from tests.areas.clients.people import AT, TODAY, some_client, some_episode


def move(by, episode, **more):
    details = {"level": "sop", "from_date": TODAY, "reason": "Steady for four weeks"} | more
    return services.change_level(episode_id=episode.pk, by=by, at=AT, **details)


def close(by, episode, **more):
    details = {"outcome": "completed", "summary": "Weekly counseling with Dr. Lee."} | more
    return services.close_episode(episode_id=episode.pk, by=by, at=AT, **details)


def test_an_open_episode_has_a_level_since_its_first_day(alder):
    by = alder.actor("ines")
    client = some_client(by)
    made = some_episode(
        by, client, week_rules=["nine-hours-attended"], payer_minimum="two-hours-a-day"
    )
    seen = selectors.summary(client.pk, by=by)
    assert seen.episode == made
    assert (seen.stay.level, seen.stay.from_date) == ("iop", made.opened_date)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"level": "spa"}, "level"),
        ({"opened_date": TODAY + timedelta(days=1)}, "opened_date"),
        ({"opened_date": date(1980, 1, 1)}, "opened_date"),
        ({"reason": "x" * 301}, "reason"),
        ({"week_rules": ["none"]}, "week_rules"),
        ({"payer_minimum": "none"}, "payer_minimum"),
    ],
)
def test_an_episode_that_cannot_be_is_not_opened(alder, typed, field):
    by = alder.actor("ines")
    with pytest.raises(Invalid) as said:
        some_episode(by, some_client(by), **typed)
    assert {one.field for one in said.value.errors} == {field}
    assert not Episode.objects.filter(opened_by=by.name).exists()


def test_one_episode_is_open_at_a_time_and_they_do_not_overlap(alder):
    by = alder.actor("ruth")
    client = some_client(by)
    first = some_episode(by, client)
    with pytest.raises(errors.EpisodeOpenAlready):
        some_episode(by, client, opened_date=TODAY)
    close(by, first, closed_date=date(2026, 11, 20))
    with pytest.raises(errors.BeforeTheLastEpisodeEnded):
        some_episode(by, client, opened_date=date(2026, 11, 19))
    again = some_episode(by, client, opened_date=date(2026, 11, 20), level="php")
    assert selectors.summary(client.pk, by=by).episode == again
    assert selectors.closed_episodes(client.pk, by=by) == (first,)


def test_a_step_down_ends_one_stay_and_begins_the_next(alder):
    by = alder.actor("ruth")
    client = some_client(by)
    move(by, some_episode(by, client))
    now, before = selectors.summary(client.pk, by=by).stays
    assert (now.level, now.from_date, now.until_date) == ("sop", TODAY, None)
    assert (before.level, before.until_date) == ("iop", TODAY)


def test_two_changes_on_one_day_leave_the_last_one(alder):
    by = alder.actor("ruth")
    client = some_client(by)
    episode = some_episode(by, client)
    move(by, episode)
    move(by, episode, level="php", reason="Worse tonight")
    assert selectors.summary(client.pk, by=by).stay.level == "php"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"level": "iop"}, "level"),
        ({"level": "spa"}, "level"),
        ({"reason": ""}, "reason"),
        ({"from_date": date(2026, 10, 11)}, "from_date"),
        ({"from_date": TODAY + timedelta(days=1)}, "from_date"),
    ],
)
def test_a_level_that_cannot_be_is_not_taken(alder, typed, field):
    by = alder.actor("ruth")
    episode = some_episode(by, some_client(by))
    with pytest.raises(Invalid) as said:
        move(by, episode, **typed)
    assert {one.field for one in said.value.errors} == {field}
    assert LevelStay.objects.filter(episode=episode).count() == 1


def test_closing_says_how_it_ended_and_ends_the_level(alder):
    by = alder.actor("ruth")
    client = some_client(by)
    closed = close(by, some_episode(by, client))
    assert (closed.closed_date, closed.closed_by) == (TODAY, "Ruth Okafor")
    assert closed.levels.get().until_date == TODAY
    assert selectors.summary(client.pk, by=by).stay is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"summary": " \n"}, "summary"),
        ({"closed_date": date(2026, 10, 11)}, "closed_date"),
        ({"closed_date": TODAY + timedelta(days=1)}, "closed_date"),
    ],
)
def test_an_end_that_cannot_be_is_not_taken(alder, typed, field):
    by = alder.actor("ruth")
    episode = some_episode(by, some_client(by))
    with pytest.raises(Invalid) as said:
        close(by, episode, **typed)
    assert {one.field for one in said.value.errors} == {field}
    episode.refresh_from_db()
    assert episode.closed_date is None


def test_a_closed_episode_stays_as_it_is(alder):
    by = alder.actor("ruth")
    episode = close(by, some_episode(by, some_client(by)))
    for again in (lambda: close(by, episode), lambda: move(by, episode)):
        with pytest.raises(errors.EpisodeClosed):
            again()
