"""The waiting list: on it, its order, attempts, something meanwhile, off it; nothing twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.admission import selectors as admissions
from handrail.areas.admission import services as admission
from handrail.areas.admission.selectors import still_open
from handrail.areas.consents import services as clients
from handrail.areas.inquiries.services.open_chart import open_chart
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.waitlist import errors, selectors
from handrail.areas.waitlist import services as waiting
from handrail.areas.waitlist.models import WaitingPlace
from handrail.core.access import NotHere, Refused
from handrail.core.errors import Invalid
from handrail.core.worklist import rows_of
from handrail.foundation import tenancy
from tests import due as waits
from tests.areas.inquiries.asking import some_inquiry
from tests.factories import programs as make
from tests.factories.programs import AT, TODAY

pytestmark = pytest.mark.django_db


def put(evening, person, days=0, priority="others", track=None, program=None):
    return waiting.put_on(
        client_id=person.pk,
        program_id=(program or evening.iop).pk,
        priority=priority,
        source="Said so on the phone.",
        since=TODAY - timedelta(days=days),
        track_id=track.pk if track else None,
        by=evening.by,
        at=AT,
    )


def newcomer(evening, name=""):
    return make.a_client(evening.by, name=name, level="")


def lines(evening, today=TODAY):
    return [
        one for each in selectors.waiting_lists(by=evening.by, today=today) for one in each.lines
    ]


def tried(evening, place, *, outcome="no_answer", at=AT, **more):
    return waiting.attempt(
        waiting_id=place.pk, way="call", outcome=outcome, by=evening.by, at=at, **more
    )


def due(evening, here=TODAY):
    """What is due about who waits, as a page shows it: a seat stands for an attempt."""
    found = {one.due: one for one in waits.items(evening.by, here)}
    rows = rows_of(found, waits.at_the_end_of(here))
    items = [found[one] for row in rows for one in row.items]
    return [one for one in items if one.due.kind.startswith("waiting")]


class TestTheirInquiry:
    """What asked for them stands where they stand."""

    def asked(self, evening, person):
        made = some_inquiry(evening.by)
        open_chart(inquiry_id=made.pk, client_id=person.pk, by=evening.by, at=AT)
        return made

    def test_it_waits_with_a_next_step_a_day_and_its_owner(self, evening):
        person = newcomer(evening)
        made = self.asked(evening, person)
        owner = made.owner_id
        put(evening, person)
        made.refresh_from_db()
        assert (made.stage, made.owner_id) == ("waiting", owner)
        assert made.next_step == f"Get in touch: waits for {evening.iop.name}"
        assert made.next_step_date == TODAY + timedelta(days=7)

    def test_a_day_long_past_becomes_today(self, evening):
        person = newcomer(evening)
        made = self.asked(evening, person)
        put(evening, person, days=40)
        made.refresh_from_db()
        assert made.next_step_date == TODAY

    def test_off_the_list_it_is_closed_with_how_that_ended(self, evening):
        person = newcomer(evening)
        made = self.asked(evening, person)
        place = put(evening, person)
        waiting.end(waiting_id=place.pk, how="declined", by=evening.by, at=AT)
        made.refresh_from_db()
        assert made.stage == "closed"
        assert made.closed_why == "Off the waiting list: does not want it any more."


class TestTheOrder:
    def test_group_first_then_the_day_they_asked(self, evening):
        late, early, first = (newcomer(evening) for _ in range(3))
        put(evening, late, 2)
        put(evening, early, 30)
        put(evening, first, 1, "pregnant")
        found = lines(evening)
        assert [one.client for one in found] == [first, early, late]
        assert [one.number for one in found] == [1, 2, 3]
        assert [one.days for one in found] == [1, 30, 2]

    def test_a_free_seat_is_for_the_first_whom_it_suits(self, evening):
        small = evening.other_track(seats=1)
        full = evening.other_track(name="Full", seats=1, room="Room 3")
        make.in_track(evening.by, full, evening.person(), TODAY)
        wants_full, second = newcomer(evening), newcomer(evening)
        put(evening, wants_full, 9, track=full)
        put(evening, second, 3, track=small)
        found = {one.client: one for one in lines(evening)}
        assert found[wants_full].seat is None
        assert found[second].seat == small

    def test_a_track_without_sessions_has_no_seat(self, evening):
        person = newcomer(evening)
        put(evening, person)
        assert lines(evening)[0].seat == evening.track
        far = TODAY + timedelta(days=300)
        assert lines(evening, far)[0].seat is None


class TestPuttingOn:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"priority": "vip"}, "priority"),
            ({"source": "  "}, "source"),
            ({"source": "x" * 301}, "source"),
            ({"since": TODAY + timedelta(days=1)}, "since"),
        ],
    )
    def test_what_cannot_be_taken_is_said_and_nothing_is_written(self, evening, change, field):
        given = {"priority": "others", "source": "The caller."} | change
        with pytest.raises(Invalid) as wrong:
            waiting.put_on(
                client_id=newcomer(evening).pk,
                program_id=evening.iop.pk,
                by=evening.by,
                at=AT,
                **given,
            )
        assert [one.field for one in wrong.value.errors] == [field]
        assert not WaitingPlace.objects.exists()

    def test_nobody_stands_twice_on_one_list(self, evening):
        person = newcomer(evening)
        put(evening, person)
        with pytest.raises(errors.OnThisListAlready, match="Evening program"):
            put(evening, person)

    def test_who_is_in_that_level_of_care_does_not_wait_for_it(self, evening):
        with pytest.raises(errors.AtThisLevelAlready):
            put(evening, evening.person())

    def test_a_track_of_another_program_is_refused(self, evening):
        other = make.a_program(evening.by, name="Another")
        with pytest.raises(errors.TrackOfAnotherProgram):
            put(evening, newcomer(evening), track=evening.track, program=other)

    def test_only_who_keeps_the_list_and_only_of_this_house(self, evening, program):
        person = newcomer(evening)
        with pytest.raises(Refused):
            waiting.put_on(
                client_id=person.pk,
                program_id=evening.iop.pk,
                priority="others",
                source="x",
                by=program.actor("bao"),
                at=AT,
            )
        place = put(evening, person)
        with tenancy.within(program.harbor), pytest.raises(NotHere):
            waiting.end(
                waiting_id=place.pk,
                how="declined",
                by=program.actor("jonah", program.harbor),
                at=AT,
            )


class TestAttempts:
    def test_the_same_form_sent_twice_is_written_once(self, evening):
        place, key = put(evening, newcomer(evening)), uuid4()
        for _ in range(2):
            tried(evening, place, attempt_id=key)
        assert place.attempts.count() == 1

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"way": "drum"}, "way"),
            ({"outcome": ""}, "outcome"),
            ({"words": "x" * 501}, "words"),
        ],
    )
    def test_what_is_no_attempt_is_refused(self, evening, change, field):
        place = put(evening, newcomer(evening))
        given = {"way": "call", "outcome": "no_answer"} | change
        with pytest.raises(Invalid) as wrong:
            waiting.attempt(waiting_id=place.pk, by=evening.by, at=AT, **given)
        assert [one.field for one in wrong.value.errors] == [field]

    def test_with_a_seat_somebody_calls_at_once_and_then_every_day(self, evening):
        place = put(evening, newcomer(evening))
        assert [one.facts["name"] for one in due(evening)] == [evening.track.name]
        tried(evening, place)
        assert due(evening) == []
        assert len(due(evening, TODAY + timedelta(days=1))) == 1

    def test_without_a_seat_every_week(self, evening):
        full = evening.other_track(seats=1)
        make.in_track(evening.by, full, evening.person(), TODAY)
        place = put(evening, newcomer(evening), 6, track=full)
        assert due(evening) == []
        tomorrow = TODAY + timedelta(days=1)
        assert [one.facts["day"] for one in due(evening, tomorrow)] == [tomorrow.isoformat()]
        tried(evening, place)
        assert due(evening, tomorrow) == []


class TestMeanwhile:
    def test_it_is_due_at_once_until_something_is_offered(self, evening):
        full = evening.other_track(seats=1)
        make.in_track(evening.by, full, evening.person(), TODAY)
        place = put(evening, newcomer(evening), 0, "injects", track=full)
        offer = (TODAY + timedelta(days=2)).isoformat()
        assert [(one.facts["interim"], one.facts["day"]) for one in due(evening)] == [(True, offer)]
        assert lines(evening)[0].admit_by == TODAY + timedelta(days=14)
        for chosen, words in ((["naloxone"], "A group on Fridays."), (["education"], "")):
            waiting.offer_meanwhile(
                waiting_id=place.pk, services=chosen, instead=words, by=evening.by, at=AT
            )
        assert due(evening) == []
        place.refresh_from_db()
        assert place.interim == ["education", "naloxone"]
        assert place.instead == "A group on Fridays."
        assert lines(evening)[0].admit_by == TODAY + timedelta(days=120)

    @pytest.mark.parametrize(("chosen", "words"), [([], ""), (["cake"], ""), ([], "x" * 501)])
    def test_nothing_or_something_unknown_is_refused(self, evening, chosen, words):
        place = put(evening, newcomer(evening))
        with pytest.raises(Invalid):
            waiting.offer_meanwhile(
                waiting_id=place.pk, services=chosen, instead=words, by=evening.by, at=AT
            )


class TestEnding:
    def test_off_the_list_with_how(self, evening):
        place = put(evening, newcomer(evening))
        done = waiting.end(
            waiting_id=place.pk, how="declined", words="Moves away.", by=evening.by, at=AT
        )
        assert (done.ended_how, done.ended_words) == ("declined", "Moves away.")
        assert lines(evening) == []
        with pytest.raises(errors.OffTheListAlready):
            tried(evening, place)

    def test_not_reached_needs_an_attempt(self, evening):
        place = put(evening, newcomer(evening))
        with pytest.raises(errors.NeverTried):
            waiting.end(waiting_id=place.pk, how="not_reached", by=evening.by, at=AT)
        tried(evening, place)
        waiting.end(waiting_id=place.pk, how="not_reached", by=evening.by, at=AT)
        assert lines(evening) == []

    @pytest.mark.parametrize("how", ["admitted", "vanished", ""])
    def test_a_way_that_is_none_is_refused(self, evening, how):
        place = put(evening, newcomer(evening))
        with pytest.raises(Invalid):
            waiting.end(waiting_id=place.pk, how=how, by=evening.by, at=AT)

    def test_admission_takes_them_off_every_list(self, evening):
        person = newcomer(evening)
        clients.give_notice(client_id=person.pk, signed_name=person.full_name, by=evening.by, at=AT)
        here = put(evening, person)
        there = put(evening, person, program=make.a_program(evening.by, name="Another"))
        points = admissions.ready(person.pk, by=evening.by, today=TODAY).points
        admission.admit(
            client_id=person.pk,
            track_id=evening.track.pk,
            from_date=TODAY,
            confirmed=AskFirst((still_open(points),)).answer,
            by=evening.by,
            at=AT,
        )
        here.refresh_from_db()
        there.refresh_from_db()
        assert here.ended_how == "admitted"
        assert there.ended_how == "elsewhere"
        assert there.ended_words == "Admitted to Evening program."
        assert selectors.waits_for(person.pk, by=evening.by) == ()


def test_the_lists_cost_as_many_queries_for_many_as_for_few(evening, django_assert_num_queries):
    put(evening, newcomer(evening))
    with CaptureQueriesContext(
        connection,
    ) as few:
        lines(evening)
    for number in range(6):
        place = put(evening, newcomer(evening), number)
        tried(evening, place)
    with django_assert_num_queries(len(few)):
        assert len(lines(evening)) == 7
