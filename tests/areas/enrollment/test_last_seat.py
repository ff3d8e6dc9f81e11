"""Two people take the last seat at the same moment: one gets it, the other reads why not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from handrail.areas.enrollment.errors import TrackFull
from handrail.areas.enrollment.services import enrollment
from handrail.areas.schedule.models import Enrollment
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from tests.areas.evening_track import Evening
from tests.factories import programs as make
from tests.factories.programs import AT, FIRST

pytestmark = pytest.mark.django_db(transaction=True)


def race(tasks, organization):
    """Run each in a thread and a transaction of its own, begun together; what each came to."""
    together = Barrier(len(tasks))

    def run(task):
        try:
            together.wait(10)
            with tenancy.within(organization):
                task()
        except Invalid as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_one_of_two_gets_the_last_seat(program):
    with tenancy.within(program.alder):
        evening = Evening(program)
        small = evening.other_track(seats=1)
        people = [evening.person() for _ in range(4)]
    enroll = [
        lambda person=person: enrollment.enroll(
            client_id=person.pk, track_id=small.pk, from_date=FIRST, by=evening.by, at=AT
        )
        for person in people
    ]
    answers = race(enroll, program.alder)
    assert answers.count(None) == 1
    assert sum(isinstance(one, TrackFull) and one.day == FIRST for one in answers) == 3
    with tenancy.within(program.alder):
        assert Enrollment.objects.filter(track=small).count() == 1


def test_one_person_taken_into_two_tracks_at_once_is_in_one(program):
    with tenancy.within(program.alder):
        evening = Evening(program)
        tracks = [evening.track, evening.other_track()]
        person = evening.person()
    enroll = [
        lambda track=track: enrollment.enroll(
            client_id=person.pk, track_id=track.pk, from_date=FIRST, by=evening.by, at=AT
        )
        for track in tracks
    ]
    answers = race(enroll, program.alder)
    assert sorted(bool(one) for one in answers) == [False, True]
    with tenancy.within(program.alder):
        assert Enrollment.objects.filter(client=person).count() == 1
        assert make.session_on(tracks[0], FIRST)
