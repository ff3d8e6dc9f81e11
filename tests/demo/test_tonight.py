"""What stands in the demo at ten to six."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handrail.areas.charts import selectors
from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField, Note
from handrail.areas.outreach.models import Outreach
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, Program, Session
from handrail.areas.schedule.to_core import roster_of, sessions_with_facts
from handrail.core.course.attendance import Credit
from handrail.core.course.progress import Progress, coming_sessions, progress
from handrail.core.course.roster import Place
from handrail.core.course.session_states import State
from handrail.foundation import clock, tenancy
from tests.staff import EVENING


@pytest.fixture
def alder(whole_demo):
    with tenancy.within(whole_demo.alder):
        yield whole_demo


def session(track: str, day=EVENING) -> Session:
    return sessions_with_facts().get(track__name=track, local_date=day)


def last_held(track: str) -> Session:
    past = sessions_with_facts().filter(track__name=track, ends_at__lte=clock.now())
    return past.latest("starts_at")


def client(name: str) -> Client:
    given, _, family = name.partition(" ")
    return Client.objects.get(given_name=given, family_name=family)


def course_of(someone: Client) -> Progress:
    """Where someone stands, counted by the core from the rows as they are."""
    rows = Attendance.objects.filter(client=someone).exclude(status="").select_related("session")
    credits = [
        Credit(
            person=str(someone.pk),
            session=(str(one.session.track_id), one.session.number),
            place=Place(one.place),
            counts=one.counts,
            shortfall=one.shortfall,
            billable=one.billable,
            billable_shortfall=0,
            why=one.why,
        )
        for one in rows
    ]
    enrollment = facts.enrollments_with_facts().get(client=someone, until_date__isnull=True)
    program = Program.objects.get(tracks=enrollment.track_id)
    sessions = [
        facts.session_facts(one)
        for one in sessions_with_facts().filter(track_id=enrollment.track_id)
    ]
    coming = coming_sessions(
        str(someone.pk),
        sessions,
        [facts.enrollment_facts(enrollment)],
        decided={one.session for one in credits},
    )
    return progress(program.sessions, credits, coming)


def names(found) -> set[str]:
    return {f"{one.given_name} {one.family_name}" for one in found}


def test_the_evening_group_waits_with_twelve_people(alder):
    found = session("Evening IOP")
    assert State(found.state) is State.PLANNED
    until = found.starts_at - clock.now()
    assert timedelta(minutes=9) < until <= timedelta(minutes=10)
    places = roster_of(found).places
    assert len(places) == 12
    assert list(places.values()).count(Place.MAKE_UP) == 1
    assert str(client("Esteban Villanueva").pk) not in places  # paused


def test_one_group_is_meeting_and_one_is_to_be_signed(alder):
    found = session("Supportive group")
    assert State(found.state) is State.IN_PROGRESS
    assert found.starts_at < clock.now() < found.ends_at
    there = found.attendances.values_list("client_id", flat=True)
    assert {str(one) for one in there} == set(roster_of(found).people)
    last = last_held("Evening IOP")
    assert State(last.state) is State.TO_BE_SIGNED
    without = last.attendances.exclude(
        client_id__in=last.notes.values_list("client_id", flat=True)
    ).get()
    assert names([without.client]) == {"Winona Tsosie"}
    assert DraftField.objects.filter(session=last, client=without.client, field="words").exists()
    open_ones = Session.objects.exclude(state__in=["planned", "closed"])
    assert open_ones.count() == 2


@pytest.mark.parametrize(
    ("name", "done", "missed"),
    [
        ("Tomás Herrera", 14, 2),
        ("Lauren Kessler", 0, 0),
        ("Darnell Whitaker", 23, 3),
        ("Priya Raghunathan", 22, 1),
        ("Aisha Bellamy", 6, 2),
        ("Esteban Villanueva", 8, 1),
        ("Gareth Pruitt", 10, 2),
        ("Nathan Castellano", 5, 3),
    ],
)
def test_each_stands_in_the_course_where_the_book_says(alder, name, done, missed):
    found = course_of(client(name))
    assert (found.done, found.missed, found.planned) == (done, missed, 24)


def test_one_course_ends_tonight_and_one_this_week(alder):
    assert course_of(client("Darnell Whitaker")).projected_last_day == EVENING
    assert course_of(client("Priya Raghunathan")).projected_last_day <= EVENING + timedelta(days=6)
    starts = Enrollment.objects.get(client=client("Lauren Kessler"))
    assert starts.from_date == EVENING


def test_two_risks_and_a_pair_kept_apart_are_open(alder):
    found = {one.kind: one for one in Flag.objects.filter(closed_at__isnull=True)}
    expected = set(roster_of(session("Evening IOP")).people)
    assert set(found) == set(FlagKind.values)
    assert found["suicide_risk"].owner == alder.place("mara")
    assert {str(found[one].client_id) for one in ("suicide_risk", "overdose_risk")} <= expected
    pair = safety_facts.no_contact_pairs([found["no_contact"].client_id])
    tracks = {
        Enrollment.objects.get(client_id=one, until_date__isnull=True).track.name
        for one in (pair[0].one, pair[0].other)
    }
    assert tracks == {"Evening IOP", "Morning IOP"}


def test_one_person_is_still_to_be_reached(alder):
    found = Outreach.objects.get(closed_at__isnull=True)
    assert found.due_at < clock.now()
    zone = ZoneInfo(found.session.zone)
    assert found.opened_at.astimezone(zone).date() == EVENING - timedelta(days=1)
    assert [one.result for one in found.attempts.all()] == ["no_answer"]


def test_one_note_waits_for_a_supervisor(alder):
    found = Note.objects.get(needs_co_signature=True, state="signed")
    assert found.signed_by == alder.place("carmen")
    assert found.session == last_held("Morning IOP")
    others = Note.objects.filter(needs_co_signature=True).exclude(pk=found.pk)
    assert others.count() > 20
    assert {one.co_signed_name for one in others} == {"Ruth Okafor, LPCC-S"}


def test_people_of_the_other_house_are_not_here(alder):
    here = client("Tomás Herrera")
    with tenancy.within(alder.harbor):
        there = client("Tomás Herrera")
        assert not Client.objects.filter(pk=here.pk).exists()
        assert Episode.objects.count() == 5
    assert there.pk != here.pk
    assert not Client.objects.filter(pk=there.pk).exists()


def test_the_clock_of_the_tests_is_the_evening_of_the_demo(whole_demo):
    assert clock.today("America/New_York") == EVENING


def test_a_facilitator_finds_people_and_their_charts_hold_together(alder):
    mara = alder.actor("mara")
    found = selectors.find("her tom", by=mara).people
    assert [(one.name, one.level) for one in found] == [("Tomás Herrera", "iop")]
    marcus = selectors.summary(client("Marcus Ellery").pk, by=mara)
    assert [one.kind for one in marcus.flags] == ["suicide_risk"]
    assert {one.kind for one in marcus.listed} == {"diagnosis", "medicine", "allergy"}
    assert any(one.call_if_missed for one in marcus.contacts)
    ingrid = selectors.summary(client("Ingrid Solheim").pk, by=mara)
    assert [one.level for one in ingrid.stays] == ["sop", "iop"]
