"""The demo's rows mean what the services would have written, and say nothing they should not."""

from collections import defaultdict
from datetime import date, time, timedelta
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.clients.models import Client, Episode, LevelStay, Listed, NameWord, Outcome
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Note
from handrail.areas.outreach.models import Outreach
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.areas.screening.models import Screening
from handrail.core.name_search import name_words
from handrail.core.notes.content import content_hash, read_canonical, texts
from handrail.core.notes.copy_check import alike_pairs, copied_from_last_time
from handrail.core.notes.names import Named, mentions_in
from handrail.data import care_catalogue, course_rules, note_rules
from handrail.demo.load import load, loaded_for
from handrail.foundation import tenancy
from tests.staff import EVENING, loaded

EVERY_WEEKDAY = [EVENING + timedelta(days=days) for days in range(7)]


@pytest.fixture
def alder(whole_demo):
    with tenancy.within(whole_demo.alder):
        yield whole_demo


# ---- two years of stays ------------------------------------------------------------------------


def test_how_stays_end_is_as_in_the_national_figures(alder):
    closed = Episode.objects.filter(closed_date__isnull=False)
    assert closed.count() >= 300
    days = defaultdict(list)
    for one in closed:
        days[one.outcome].append((one.closed_date - one.opened_date).days)
    share = {outcome: 100 * len(found) / closed.count() for outcome, found in days.items()}
    assert 33 <= share[Outcome.COMPLETED] <= 43
    assert 13 <= share[Outcome.TRANSFERRED] <= 23
    assert 18 <= share[Outcome.DROPPED_OUT] <= 28
    assert set(share) == set(Outcome)
    assert 36 <= median(one for found in days.values() for one in found) <= 46
    assert 47 <= median(days[Outcome.COMPLETED]) <= 53
    assert 22 <= median(days[Outcome.DROPPED_OUT]) <= 30


def test_stays_of_one_person_do_not_overlap(alder):
    stays = defaultdict(list)
    for one in Episode.objects.order_by("opened_date"):
        stays[one.client_id].append((one.opened_date, one.closed_date or date.max))
    assert any(len(found) > 1 for found in stays.values())
    for found in stays.values():
        assert all(found[i][1] < found[i + 1][0] for i in range(len(found) - 1))


def test_levels_fill_each_stay_from_admission_to_its_end(alder):
    levels = defaultdict(list)
    for one in LevelStay.objects.order_by("from_date"):
        levels[one.episode_id].append(one)
    known = set(care_catalogue().levels)
    for episode in Episode.objects.all():
        found = levels[episode.pk]
        assert found[0].from_date == episode.opened_date
        assert found[-1].until_date == episode.closed_date
        assert {one.level for one in found} <= known
    assert max(len(found) for found in levels.values()) == 2


# ---- what the core decides ---------------------------------------------------------------------


def test_everyone_expected_has_an_attendance_and_a_note_of_each_session(alder):
    held = facts.sessions_with_facts().filter(state="closed")
    assert held.count() > 100
    there, noted = defaultdict(set), defaultdict(set)
    for session_id, client_id in Attendance.objects.values_list("session_id", "client_id"):
        there[session_id].add(str(client_id))
    for session_id, client_id in Note.objects.values_list("session_id", "client_id"):
        noted[session_id].add(str(client_id))
    for one in held.order_by("-starts_at")[:30]:
        assert there[one.pk] == noted[one.pk] == set(facts.roster_of(one).people)


def test_every_absence_was_followed_up(alder):
    absent = set(Attendance.objects.filter(absent=True).values_list("session_id", "client_id"))
    called = set(Outreach.objects.values_list("session_id", "client_id"))
    assert len(absent) > 20
    assert absent <= called
    clocks = {one.id for one in course_rules().outreach_clocks}
    assert set(Outreach.objects.values_list("clock", flat=True)) <= clocks


def test_a_closed_holiday_moves_its_session_and_drops_none(alder):
    thanksgiving = date(2026, 11, 26)
    assert not Session.objects.filter(local_date=thanksgiving).exists()
    moved = Session.objects.filter(moved_from_date=thanksgiving)
    assert {one.moved_reason for one in moved} == {"Thanksgiving"}
    assert moved.filter(track__name="Evening IOP").exists()


def test_every_client_is_found_by_the_words_of_the_name(alder):
    words = defaultdict(set)
    for client_id, word in NameWord.objects.values_list("client_id", "word"):
        words[client_id].add(word)
    for one in Client.objects.all():
        assert words[one.pk] == name_words([one.given_name, one.family_name, one.called])


def test_diagnoses_have_codes_and_nothing_else_has(alder):
    for one in Listed.objects.all():
        assert bool(one.code) == (one.kind == "diagnosis")


# ---- notes -------------------------------------------------------------------------------------


def test_each_note_is_what_was_hashed_and_signed(alder):
    for one in Note.objects.all():
        content = read_canonical(one.content)
        assert content_hash(one.content) == one.content_hash
        assert content.individual.client == str(one.client_id)
        assert bool(content.individual.risk) == one.has_risk_statement


def test_no_note_holds_the_name_of_another_client(alder):
    people = {
        one.pk: Named(
            str(one.pk), one.given_name, one.family_name, (one.called,) if one.called else ()
        )
        for one in Client.objects.filter(enrollments__isnull=False)
    }
    for one in Note.objects.all():
        content = read_canonical(one.content)
        others = [named for key, named in people.items() if key != one.client_id]
        assert not mentions_in(
            texts(content.group, content.individual),
            others,
            own=people[one.client_id],
            words=note_rules().name_words,
        )


def test_no_two_people_and_no_two_evenings_are_told_in_the_same_words(alder):
    rules = note_rules()
    how = {
        "threshold_percent": rules.alike_percent,
        "at_least_words": rules.alike_at_least_words,
        "leave_out": rules.alike_leave_out,
    }
    evenings = defaultdict(dict)
    for one in Note.objects.order_by("local_date"):
        words = read_canonical(one.content).individual.words
        if words:
            evenings[one.session_id][str(one.client_id)] = words
    before: dict[str, str] = {}
    for parts in evenings.values():
        assert not alike_pairs(parts, **how)
        assert not copied_from_last_time(parts, before, **how)
        before |= parts


def test_those_with_everyday_words_for_names_are_few_and_meant(alder):
    words = note_rules().name_words
    either = words.ordinary | words.doubtful
    found = {
        name
        for one in Client.objects.all()
        for name in (one.given_name, one.called, one.family_name)
        if name.lower() in either
    }
    assert found == {"Faith", "Will"}


# ---- loading -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("nobody_yet")
def test_it_loads_in_few_statements_and_only_once():
    with CaptureQueriesContext(connection) as seen:
        assert load(day=EVENING)
    # Rows are written together; what goes through the services takes some statements each.
    assert len(seen) < 2500
    connection.check_constraints()
    assert not load(day=EVENING + timedelta(days=1))
    assert loaded_for() == EVENING


@pytest.mark.usefixtures("nobody_yet")
@pytest.mark.parametrize("day", [*EVERY_WEEKDAY[1:], date(2026, 12, 25), date(2028, 2, 29)])
def test_whatever_the_date_two_groups_meet_tonight_and_one_met_yesterday(day):
    load(day=day)
    with tenancy.within(loaded().alder):
        tonight = Session.objects.filter(local_date=day, start__gte=time(17))
        assert set(tonight.values_list("track__name", "state")) == {
            ("Evening IOP", "planned"),
            ("Supportive group", "in progress"),
        }
        assert Outreach.objects.filter(closed_at__isnull=True).count() == 1
        assert Note.objects.filter(needs_co_signature=True, state="signed").count() == 1
        assert Session.objects.filter(state="to be signed").count() == 1
    connection.check_constraints()


def test_a_screening_call_that_found_a_level_keeps_it_on_a_chart(alder):
    (call,) = Screening.objects.filter(outcome="recommended")
    assert call.recommendation.level == "iop"
    assert call.inquiry.client == call.client
    assert call.inquiry.next_step == "Call after she has talked to her sister"
