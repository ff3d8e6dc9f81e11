"""Jobs: kept with what caused them, done within their organization, ids alone in their rows."""

import json
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from handrail.areas.organizations.models import OrganizationSettings
from handrail.core.access import Action, Refused, check_access
from handrail.foundation import jobs, tenancy
from tests.worker import do_what_waits

done: list[tuple[object, ...]] = []
breaks: list[type[Exception]] = []


def minutes() -> list[int]:
    found = OrganizationSettings.objects.order_by("organization_id")
    return list(found.values_list("idle_minutes", flat=True))


@jobs.job("test.set minutes", system="letters")
def set_minutes(*, org, by, number):
    """A job that changes the rows it can see, and may break afterwards."""
    OrganizationSettings.objects.update(idle_minutes=number)
    done.append((org, by.name, tenancy.current_organization(), number))
    if breaks:
        raise breaks.pop()


@jobs.every("* * * * *")
@jobs.job("test.come round", system="letters")
def come_round(*, org, by):
    """A job for every organization, again and again."""
    done.append((org,))


@jobs.job("test.overstep", system="letters")
def overstep(*, org, by):
    """A job whose actor may not do what it does."""
    with pytest.raises(Refused):
        check_access(by, Action.FOUND_ORGANIZATION)
    done.append((org, "refused"))


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()
    breaks.clear()


def waiting():
    """What stands in the queue: name, arguments, state."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args, status::text from procrastinate_jobs order by id")
        return cursor.fetchall()


# ---- putting in --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_is_kept_with_what_caused_it_or_not_at_all(program):
    with transaction.atomic():
        set_minutes.later(org=program.alder, number=7, key=uuid4())
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["Jo Smith", 1.5, None, ["x"], {"a": "b"}])
def test_only_ids_are_put_into_a_job(program, value):
    with pytest.raises(TypeError, match="ids alone"):
        set_minutes.later(org=program.alder, number=value)
    assert waiting() == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ['{"org": "Jo Smith"}', '{"a": {"b": ["jo@example.org"]}}'])
def test_the_database_refuses_words_in_a_job(words):
    with pytest.raises(Exception, match="job_arguments_are_ids"), connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args)"
            " values ('default', 'x', %s)",
            [words],
        )


@pytest.mark.django_db
def test_what_waits_already_is_not_put_in_again(program):
    for _ in range(2):
        come_round.later(org=program.alder, once=True)
        come_round.later(org=program.harbor, once=True)
    found = [json.loads(args)["org"] for _, args, _ in waiting()]
    assert found == [str(program.alder), str(program.harbor)]


def test_a_system_actor_nobody_knows_is_an_error_when_it_is_written():
    with pytest.raises(KeyError):
        jobs.job("test.nobody", system="nobody")


# ---- doing -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_job_sees_its_organization_alone_and_is_gone_when_done(program):
    set_minutes.later(org=program.alder, number=7)
    do_what_waits()
    assert done == [(program.alder, "System: letters", program.alder, 7)]
    with tenancy.within(program.alder):
        assert minutes() == [7]
    with tenancy.within(program.harbor):
        assert minutes() != [7]
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_job_did_before_it_broke_is_undone_and_tried_again(program, caplog):
    with tenancy.within(program.alder):
        before = minutes()
    breaks.append(RuntimeError)
    set_minutes.later(org=program.alder, number=7)
    do_what_waits()
    with tenancy.within(program.alder):
        assert minutes() == before
    assert [state for *_, state in waiting()] == ["todo"]
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now()")
    do_what_waits()
    with tenancy.within(program.alder):
        assert minutes() == [7]
    assert len(done) == 2


@pytest.mark.django_db(transaction=True)
def test_a_jobs_actor_may_do_only_what_it_was_granted(program):
    overstep.later(org=program.alder)
    do_what_waits()
    assert done == [(program.alder, "refused")]


@pytest.mark.django_db(transaction=True)
def test_what_comes_round_comes_round_in_every_organization(program):
    app.tasks["test.come round everywhere"](timestamp=0)
    do_what_waits()
    assert {key for (key,) in done} == {program.alder, program.harbor}


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_begun_is_begun_again(program):
    set_minutes.later(org=program.alder, number=7)
    left_by_a_killed_worker(attempts=0)
    do_what_waits()
    assert done == [(program.alder, "System: letters", program.alder, 7)]


@pytest.mark.django_db(transaction=True)
def test_what_ends_its_worker_each_time_is_given_up(program):
    set_minutes.later(org=program.alder, number=7)
    left_by_a_killed_worker(attempts=jobs.MOST_ATTEMPTS - 1)
    do_what_waits()
    assert done == []
    assert [state for *_, state in waiting()] == ["failed"]


@pytest.mark.django_db(transaction=True)
def test_what_a_living_worker_does_is_left_to_it(program):
    set_minutes.later(org=program.alder, number=7)
    left_by_a_killed_worker(attempts=0, silent_for=1)
    do_what_waits()
    assert done == []
    assert [state for *_, state in waiting()] == ["doing"]


def left_by_a_killed_worker(*, attempts, silent_for=3600):
    """What stands in the tables when a worker was killed while it did the only job there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat)"
            " values (now() - make_interval(secs => %s)) returning id",
            [silent_for],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', attempts = %s, worker_id = %s",
            [attempts, worker],
        )


# ---- what the app may do to the tables ---------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "update procrastinate_jobs set args = '{}'",
        "update procrastinate_jobs set task_name = 'another'",
        "delete from procrastinate_events",
        "update procrastinate_events set at = now()",
        "truncate procrastinate_jobs cascade",
    ],
)
def test_a_job_cannot_be_redirected_nor_its_past_changed(statement, as_app):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(statement)


def test_every_key_of_a_job_is_an_id():
    assert jobs._read(jobs._written(key := uuid4())) == key
    assert isinstance(jobs._read(str(UUID(int=1))), UUID)
