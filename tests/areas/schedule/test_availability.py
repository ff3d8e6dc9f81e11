"""Who is free: hours, time away, rooms; and the one rule in planning and in appointments."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from handrail.areas.enrollment.services import appointments
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import Room, TimeAway, WorkingHours
from handrail.areas.schedule.selectors.availability import hours_of, room_names, week
from handrail.areas.schedule.services import availability, calendar, closed_days
from handrail.areas.schedule.services.availability import Wanted
from handrail.core.access import NotHere, Refused
from handrail.core.availability import Span, What
from handrail.core.course.local_time import utc_of
from handrail.core.course.weeks import Service
from handrail.core.errors import Invalid
from handrail.web.kit.sentences import sentence
from tests.factories import programs as make
from tests.factories import slots
from tests.factories.programs import AT, NEW_YORK, TODAY
from tests.refused import refused

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)


def why(evening, day, start, end, *, room="", apart_from=()):
    """Why the owner, or a room, is not free then, in words; None when nothing stands against it."""
    span = Span(utc_of(day, time(start), NEW_YORK), utc_of(day, time(end), NEW_YORK))
    wanted = Wanted(span, room=room) if room else Wanted(span, evening.owner.pk)
    try:
        asked = availability.question_about([wanted], by=evening.by, moving=apart_from)
    except Invalid as wrong:
        return sentence(wrong)
    return " ".join(sentence(one) for one in asked.taken) if asked else None


def book(evening, person, day, start, **more):
    given = {"membership_id": evening.owner.pk, "minutes": 60} | more
    return appointments.book_appointment(
        client_id=person.pk, service=Service.INDIVIDUAL, local_date=day, start=time(start),
        zone=NEW_YORK, by=evening.by, at=AT, **given,
    )  # fmt: skip


# ---- why not -----------------------------------------------------------------------------------


def test_without_hours_somebody_counts_as_there(evening):
    assert why(evening, WEDNESDAY, 3, 4) is None


def test_hours_away_closed_days_and_what_is_planned_are_told_in_words(evening):
    slots.hours(evening.by, evening.owner)
    assert why(evening, WEDNESDAY, 9, 17) is None
    said = why(evening, WEDNESDAY, 16, 18)
    assert said == "Ruth Okafor works 9:00 am to 5:00 pm on Wed, Nov 25."
    assert why(evening, date(2026, 11, 28), 9, 10) == "Ruth Okafor does not work on Sat, Nov 28."
    book(evening, evening.person(), WEDNESDAY, 12)
    assert why(evening, WEDNESDAY, 11, 12) is None
    assert why(evening, WEDNESDAY, 12, 13) == (
        "Ruth Okafor has another hour on Wed, Nov 25 from 12:00 pm to 1:00 pm."
    )
    slots.away(evening.by, evening.owner, FRIDAY, date(2026, 11, 29), why="vacation")
    assert "is away from Fri, Nov 27 to Sun, Nov 29 (vacation)" in why(evening, FRIDAY, 10, 11)
    closed_days.close_day(
        local_date=date(2026, 11, 24), reason="Snow", confirmed="", by=evening.by, at=AT
    )
    assert why(evening, date(2026, 11, 24), 10, 11) == ("The house is closed on Tue, Nov 24: Snow.")


def test_a_room_is_taken_by_a_session(evening):
    day = WEDNESDAY
    assert why(evening, day, 20, 22, room="Room 1") == (
        "Room 1 is taken on Wed, Nov 25 from 6:00 pm to 9:00 pm: Evening IOP, session 11."
    )
    assert why(evening, day, 9, 10, room="Room 1") is None
    session = evening.on(day)
    assert why(evening, day, 20, 22, room="Room 1", apart_from=[f"session:{session.pk}"]) is None


def test_part_of_a_day_away_leaves_the_rest(evening):
    slots.away(evening.by, evening.owner, FRIDAY, start=time(13), end=time(15))
    assert why(evening, FRIDAY, 12, 13) is None
    assert "from 1:00 pm to 3:00 pm" in why(evening, FRIDAY, 14, 16)


def test_someone_of_another_house_is_not_here(evening):
    other = evening.program.place("jonah", evening.program.harbor)
    with pytest.raises(NotHere):
        slots.hours(evening.by, other)


# ---- setting -----------------------------------------------------------------------------------


def test_new_hours_end_the_old_ones_the_day_before(evening):
    slots.hours(evening.by, evening.owner)
    availability.set_weekly_hours(
        membership_id=evening.owner.pk, hours=[(2, time(12), time(20))], zone=NEW_YORK,
        from_date=FRIDAY, by=evening.by, at=AT,
    )  # fmt: skip
    found = hours_of(evening.owner.pk, on=TODAY, by=evening.by)
    assert {one.until_date for one in found.weekly if one.from_date < FRIDAY} == {
        date(2026, 11, 26)
    }
    assert why(evening, WEDNESDAY, 9, 10) is None
    assert why(evening, date(2026, 12, 2), 9, 10) is not None
    assert why(evening, date(2026, 12, 2), 18, 20) is None


def test_a_date_of_its_own_and_back(evening):
    slots.hours(evening.by, evening.owner)
    given = {"membership_id": evening.owner.pk, "local_date": FRIDAY, "by": evening.by, "at": AT}
    availability.set_hours_of_date(hours=[(time(17), time(20))], zone=NEW_YORK, **given)
    assert why(evening, FRIDAY, 18, 19) is None
    assert why(evening, FRIDAY, 9, 10) is not None
    availability.set_hours_of_date(hours=[], zone=NEW_YORK, **given)
    assert why(evening, FRIDAY, 18, 19) == "Ruth Okafor does not work on Fri, Nov 27."
    availability.forget_hours_of_date(**given)
    assert why(evening, FRIDAY, 9, 10) is None
    assert not WorkingHours.objects.filter(local_date=FRIDAY).exists()


def test_time_away_asks_about_what_is_planned_and_can_be_taken_back(evening):
    book(evening, evening.person(), FRIDAY, 12)
    with refused("Somebody has to take that over", AskFirst) as asked:
        slots.away(evening.by, evening.owner, FRIDAY)
    gone = slots.away(evening.by, evening.owner, FRIDAY, confirmed=asked.value.answer)
    assert "is away on Fri, Nov 27" in why(evening, FRIDAY, 9, 10)
    availability.cancel_time_away(time_away_id=gone.pk, by=evening.by, at=AT)
    assert why(evening, FRIDAY, 9, 10) is None
    assert TimeAway.objects.get().canceled_by == evening.by.name


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from_date": FRIDAY, "until_date": WEDNESDAY}, "last day comes before"),
        ({"start": time(9)}, "both the beginning and the end"),
        ({"until_date": FRIDAY + timedelta(days=1), "start": time(9), "end": time(10)}, "one day"),
        ({"start": time(10), "end": time(9)}, "end comes before"),
        ({"from_date": date(2026, 11, 2), "until_date": date(2026, 11, 3)}, "is over"),
        ({"until_date": date(2028, 11, 3)}, "A year"),
        ({"zone": "Nowhere"}, "not a time zone"),
    ],
)
def test_time_away_that_makes_no_sense_is_refused(evening, wrong, said):
    given = {"from_date": FRIDAY, "until_date": FRIDAY, "zone": NEW_YORK} | wrong
    with refused(f"(?i){said}"):
        availability.record_time_away(membership_id=evening.owner.pk, by=evening.by, at=AT, **given)


@pytest.mark.parametrize(
    "hours",
    [
        [(0, time(9), time(9))],
        [(0, time(9), time(12)), (0, time(11), time(15))],
        [(0, time(22), time(6)), (0, time(23), time(23, 30))],
    ],
)
def test_hours_that_make_no_sense_are_refused(evening, hours):
    with refused():
        availability.set_weekly_hours(
            membership_id=evening.owner.pk, hours=hours, zone=NEW_YORK, from_date=FRIDAY,
            by=evening.by, at=AT,
        )  # fmt: skip


def test_rooms_come_and_go_by_name(evening):
    made = availability.record_room(name=" Small  room ", capacity=4, by=evening.by, at=AT)
    assert made.name == "Small room"
    availability.record_room(name="Small room", capacity=5, by=evening.by, at=AT)
    assert Room.objects.get().capacity == 5
    assert room_names(by=evening.by) == ("Room 1", "Small room")
    availability.end_room(room_id=made.pk, on_date=TODAY, by=evening.by, at=AT)
    assert room_names(by=evening.by) == ("Room 1",)
    for wrong in ({"name": " ", "capacity": None}, {"name": "X", "capacity": 0}):
        with refused():
            availability.record_room(by=evening.by, at=AT, **wrong)


def test_only_those_who_plan_set_hours(evening):
    mara = evening.program.actor("mara")
    for act in (
        lambda: slots.hours(mara, evening.owner),
        lambda: slots.away(mara, evening.owner, FRIDAY),
        lambda: availability.record_room(name="X", capacity=None, by=mara, at=AT),
    ):
        with pytest.raises(Refused):
            act()


# ---- the one rule everywhere -------------------------------------------------------------------


def test_an_hour_outside_the_working_day_is_asked_about(evening):
    slots.hours(evening.by, evening.owner)
    person = evening.person()
    with refused("works 9:00 am to 5:00 pm on Fri, Nov 27", AskFirst) as asked:
        book(evening, person, FRIDAY, 18)
    assert book(evening, person, FRIDAY, 18, confirmed=asked.value.answer)


def test_nobody_leads_two_groups_at_once(evening):
    lead = [evening.owner.pk]
    make.a_track(evening.by, evening.iop, name="One", days=(4,), room="A", facilitators=lead)
    with refused("Ruth Okafor leads One on"):
        make.a_track(
            evening.by, evening.iop, name="Two", days=(4,), start=time(20), room="B",
            facilitators=lead,
        )  # fmt: skip
    make.a_track(
        evening.by, evening.iop, name="Three", days=(4,), start=time(21), room="B",
        facilitators=lead,
    )  # fmt: skip


def test_a_session_goes_to_somebody_who_is_free(evening):
    session = evening.on(date(2026, 11, 30))
    change = {"session_id": session.pk, "reason": "Swap", "by": evening.by, "at": AT}
    slots.away(evening.by, evening.owner, date(2026, 11, 30))
    with refused("is away on Mon, Nov 30", AskFirst) as asked:
        calendar.change_session(facilitators=[evening.owner.pk], **change)
    calendar.change_session(facilitators=[evening.owner.pk], confirmed=asked.value.answer, **change)
    # Who leads it already is not asked about again when only its topics change.
    calendar.change_session(topics=["Sleep"], **change)


def test_a_later_pattern_does_not_take_somebody_from_elsewhere(evening):
    track = make.a_track(
        evening.by, evening.iop, name="One", days=(4,), room="A", facilitators=[evening.owner.pk]
    )
    book(evening, evening.person(), date(2026, 12, 5), 18, minutes=60)
    session = make.session_on(track, date(2026, 12, 4))
    with refused("has another hour on Sat, Dec 5"):
        calendar.change_session_and_later(session_id=session.pk, days=[5], by=evening.by, at=AT)


# ---- the week ----------------------------------------------------------------------------------


def test_the_week_shows_what_is_planned_twice_and_outside_hours(evening):
    slots.hours(evening.by, evening.owner)
    person = evening.person()
    with refused("", AskFirst) as asked:
        book(evening, person, FRIDAY, 18)
    book(evening, person, FRIDAY, 18, confirmed=asked.value.answer)
    found = week(date(2026, 11, 23), by=evening.by)
    (ruth,) = [one for one in found.people if one.name == "Ruth Okafor"]
    friday = ruth.days[4]
    assert [one.what for one in friday.busy] == [What.APPOINTMENT]
    assert friday.outside == friday.busy
    assert friday.free[0].since == utc_of(FRIDAY, time(9), NEW_YORK)
    assert not ruth.days[5].working
    (room,) = [one for one in found.rooms if one.name == "Room 1"]
    assert [len(day.busy) for day in room.days] == [1, 0, 1, 1, 0, 0, 0]
    unknown = next(one for one in found.people if one.name == "Mara Whitfield")
    assert not any(day.known for day in unknown.days)


def test_the_day_the_clocks_change_has_its_own_length(evening):
    found = week(date(2026, 10, 26), by=evening.by)
    sunday = found.people[0].days[6]
    assert sunday.whole.until - sunday.whole.since == timedelta(hours=25)
    assert sunday.whole.since == datetime(2026, 11, 1, 4, tzinfo=UTC)
