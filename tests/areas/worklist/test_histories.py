"""Whatever people do, in whatever order: the worklist is what the facts say."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from handrail.areas.organizations import services as organizations
from handrail.areas.worklist.selectors import differences
from handrail.demo.house import evening_of
from handrail.foundation import tenancy
from tests.areas.worklist.histories import ACTS, House
from tests.staff import EVENING


@pytest.mark.parametrize("seed", [1])
def test_no_history_lets_the_worklist_drift(whole_demo, seed):
    chance, done = Random(seed), []
    at = evening_of(EVENING)
    with tenancy.within(whole_demo.alder):
        assert differences(whole_demo.alder) == ()
        for _ in range(len(ACTS)):
            at += timedelta(minutes=chance.choice((1, 20, 300)))
            act = chance.choice(ACTS)
            happened = try_it(act, House(whole_demo, chance, at))
            done.append(f"{act.__name__}{'' if happened else ' (refused)'}")
            assert differences(whole_demo.alder) == (), done[-3:]
    happened = sum(not one.endswith("(refused)") for one in done)
    assert happened > len(done) / 4, done


def test_every_act_happens_in_some_history(whole_demo):
    """An act that is always refused would prove nothing."""
    at = evening_of(EVENING) + timedelta(minutes=15)
    left = {act.__name__: act for act in ACTS}
    with tenancy.within(whole_demo.alder):
        for seed in range(60):
            for name, act in list(left.items()):
                if try_it(act, House(whole_demo, Random(f"{seed}{name}"), at)):
                    del left[name]
            at += timedelta(hours=3)
            assert differences(whole_demo.alder) == ()
            if not left:
                break
    assert not left, sorted(left)


def test_another_time_zone_moves_every_day(whole_demo):
    by, at = whole_demo.actor("ada"), evening_of(EVENING)
    with tenancy.within(whole_demo.alder):
        organizations.change_settings(
            zone="America/Los_Angeles", second_factor="nobody", idle_minutes=15, by=by, at=at
        )
        assert differences(whole_demo.alder) == ()


def try_it(act, house) -> bool:
    """Whether the act went through; what a service refuses leaves nothing behind."""
    try:
        with transaction.atomic():
            act(house)
    except (ValueError, Exception) as refused:
        if isinstance(refused, TypeError | NameError | KeyError | AssertionError):
            raise
        return False
    return True
