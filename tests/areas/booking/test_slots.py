"""Offering, publishing, booking, moving and canceling screenings; what the public sees of it."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from handrail.areas.booking import errors
from handrail.areas.booking.models import (
    Booking,
    BookingState,
    How,
    Letter,
    OpenSlot,
    PublishedProgram,
    ScreeningSlot,
)
from handrail.areas.booking.selectors.published import (
    next_open_slots,
    published_program,
    published_programs,
)
from handrail.areas.booking.services import bookings, publishing, slots
from handrail.areas.booking.tokens import (
    BookingName,
    NoSuchToken,
    booking_token,
    read_booking_token,
    read_slot_token,
)
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.schedule.services import calendar
from handrail.core.access import NotHere, Refused
from handrail.core.errors import Invalid, Missing, TooLong
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.kit.sentences import sentence
from tests.factories import slots as make
from tests.factories.programs import AT, TODAY
from tests.refused import refused

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def offered(evening):
    """Four evening slots of Ruth's, under a published program."""
    evening.published = make.publish(evening.by, evening.iop)
    evening.slots = make.offer(evening.by, evening.owner)
    return evening


def open_times(evening, at=AT):
    return [one.starts_at for one in next_open_slots(evening.published.pk, 20, at=at)]


def book(evening, slot=0, **more):
    token = make.token(evening.published, evening.slots[slot])
    return bookings.book_in_public(token=token, person=make.person(**more), at=AT)


def row(token):
    return Booking.objects.get(pk=read_booking_token(token).booking_id)


# ---- offering ----------------------------------------------------------------------------------


def test_only_free_time_is_cut_into_slots(evening):
    make.hours(evening.by, evening.owner)
    make.away(evening.by, evening.owner, WEDNESDAY, start=time(10), end=time(11))
    made = make.offer(evening.by, evening.owner, WEDNESDAY, first=time(8), last=time(12))
    assert [one.start for one in made] == [time(9), time(9, 30), time(11), time(11, 30)]
    with refused("has a screening time on Wed, Nov 25 from 9:00 am"):
        make.offer(evening.by, evening.owner, WEDNESDAY, first=time(9), last=time(10))


def test_a_week_of_slots_says_which_days_were_left_out(evening):
    make.hours(evening.by, evening.owner, 2, 4)
    series = slots.Series(
        (WEDNESDAY, WEDNESDAY + timedelta(days=1), FRIDAY), time(9), time(10), 30, How.ONLINE, 15
    )
    done = slots.offer_slots(membership_id=evening.owner.pk, series=series, by=evening.by, at=AT)
    assert [(one.local_date, one.start) for one in done.slots] == [
        (WEDNESDAY, time(9)),
        (FRIDAY, time(9)),
    ]
    said = [sentence(one) for one in done.left_out]
    assert said == ["Ruth Okafor does not work on Thu, Nov 26."]


def test_of_today_only_what_is_to_come_is_offered(evening):
    made = make.offer(evening.by, evening.owner, TODAY, first=time(17), last=time(19))
    assert [one.start for one in made] == [time(18), time(18, 30)]


def test_a_room_is_not_given_twice(evening):
    given = {"first": time(18), "last": time(19), "how": How.ROOM}
    with refused("Room 1 is taken on Wed, Nov 25"):
        make.offer(evening.by, evening.owner, WEDNESDAY, room="Room 1", **given)
    make.offer(evening.by, evening.owner, WEDNESDAY, room="Room 9", **given)
    mara = evening.program.place("mara")
    with refused(r"Room 9 is taken .*: a screening"):
        make.offer(evening.by, mara, WEDNESDAY, room="Room 9", **given)
    session = evening.on(WEDNESDAY)
    with refused("Room 9 is taken"):
        calendar.change_session(
            session_id=session.pk, reason="Heating", room="Room 9", by=evening.by, at=AT
        )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"dates": ()}, errors.NoDayChosen),
        ({"dates": (date(2026, 11, 20),)}, errors.DayOver),
        ({"dates": (date(2027, 11, 20),)}, errors.TooFarAhead),
        ({"minutes": 4}, errors.MinutesOutOfRange),
        ({"gap": 300}, errors.GapOutOfRange),
        ({"last": time(17)}, errors.EndsBeforeItBegins),
        ({"how": How.ROOM}, errors.RoomUnnamed),
        ({"dates": (TODAY,), "first": time(9), "last": time(10)}, errors.WindowPassed),
        ({"minutes": 180}, errors.StretchTooShort),
        ({"first": time(0), "last": time(23), "minutes": 5}, errors.TooManyAtOnce),
    ],
)
def test_what_cannot_be_offered_is_refused(evening, wrong, error):
    series = slots.Series((WEDNESDAY,), time(18), time(20), 30, How.PHONE)
    with pytest.raises(error):
        slots.offer_slots(
            membership_id=evening.owner.pk, series=replace(series, **wrong), by=evening.by, at=AT
        )


def test_a_withdrawn_slot_is_gone_and_a_booked_one_stays(offered):
    slots.withdraw_slot(slot_id=offered.slots[0].pk, by=offered.by, at=AT)
    assert len(open_times(offered)) == 3
    book(offered, 1)
    with pytest.raises(errors.TimeBooked):
        slots.withdraw_slot(slot_id=offered.slots[1].pk, by=offered.by, at=AT)
    make.offer(offered.by, offered.owner, last=time(18, 30))  # its time can be offered again


def test_who_leads_a_group_offers_nothing_then(evening):
    from tests.factories import programs

    programs.a_track(
        evening.by, evening.iop, name="X", days=(4,), room="", facilitators=[evening.owner.pk]
    )
    with refused("leads X on Fri, Nov 27"):
        make.offer(evening.by, evening.owner, FRIDAY)


# ---- what the public sees ----------------------------------------------------------------------


def test_a_program_says_what_its_groups_say(offered):
    evening = offered
    evening.other_track(room="")
    publishing.verify_program(
        published_id=evening.published.pk, on_date=TODAY + timedelta(days=1), by=evening.by, at=AT
    )
    found = published_program(evening.published.pk)
    assert (found.name, found.level, found.run_by) == (
        "Evening program", "iop", "Alder Street Recovery",
    )  # fmt: skip
    assert (found.online, found.in_a_room) == (True, True)
    assert [(one.start, one.end) for one in found.meets] == [
        (time(9), time(12)),
        (time(18), time(21)),
    ]
    assert found.verified_date == TODAY + timedelta(days=1)


def test_open_times_are_seen_without_an_organization_and_say_only_when(offered):
    book(offered, 1)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.organization', '', true)")
    try:
        assert [one.id for one in published_programs()] == [offered.published.pk]
        assert open_times(offered) == [
            one.starts_at for at, one in enumerate(offered.slots) if at != 1
        ]
        assert open_times(offered, at=offered.slots[0].starts_at) == [
            one.starts_at for one in offered.slots[2:]
        ]
        assert next_open_slots(offered.published.pk, 1, at=AT)[0].zone == "America/New_York"
    finally:
        tenancy._tell_database(offered.program.alder)
    columns = {one.name for one in OpenSlot._meta.concrete_fields}
    assert columns == {"id", "organization", "program", "slot", "starts_at"}


def test_withdrawing_a_program_hides_its_times_and_publishing_shows_them_again(offered):
    publishing.withdraw_program(published_id=offered.published.pk, by=offered.by, at=AT)
    assert published_programs() == ()
    assert open_times(offered) == []
    make.publish(offered.by, offered.iop)
    assert len(open_times(offered)) == 4
    assert PublishedProgram.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"phone": " "}, Missing),
        ({"about": "x" * 401}, TooLong),
        ({"insurance": ("x" * 81,)}, TooLong),
        ({"state": "Ohio"}, errors.NotAState),
        ({"zip_code": "123"}, errors.NotAZipCode),
        ({"ages_from": 30, "ages_to": 20}, errors.OldestBelowYoungest),
        ({"latitude": 40.0}, errors.HalfAPlace),
    ],
)
def test_what_cannot_be_published_is_refused(evening, wrong, error):
    with pytest.raises(error):
        make.publish(evening.by, evening.iop, **wrong)


def test_only_the_director_publishes_and_only_their_own(evening):
    program = evening.program
    mine = make.publish(evening.by, evening.iop)
    with pytest.raises(Refused):
        make.publish(program.actor("ruth"), evening.iop)
    with tenancy.within(program.harbor):
        director = replace(
            program.actor("jonah", program.harbor), roles=program.actor("paul").roles
        )
        for act in (publishing.withdraw_program, publishing.verify_program):
            more = {"on_date": TODAY} if act is publishing.verify_program else {}
            with pytest.raises(NotHere):
                act(published_id=mine.pk, by=director, at=AT, **more)


# ---- booking -----------------------------------------------------------------------------------


def test_booking_takes_the_time_and_makes_an_inquiry(offered):
    made = row(book(offered, email="jo@example.org", leave_message=True, for_someone=True))
    assert (made.called, made.program_name) == ("Jo", "Evening program")
    assert len(open_times(offered)) == 3
    inquiry = Inquiry.objects.get()
    assert made.inquiry == inquiry
    assert (inquiry.stage, inquiry.source) == ("booked", "online_booking")
    assert (inquiry.caller_is, inquiry.safe_to_leave_message) == ("family", "neutral")
    assert inquiry.next_step_date == WEDNESDAY
    told = AuditEntry.objects.filter(action="screening.book").last()
    assert told.actor_id == "public booking"
    assert "Jo" not in str(told.detail)


def test_the_next_one_reads_that_it_is_taken(offered):
    book(offered)
    with pytest.raises(errors.TimeTaken):
        book(offered, called="Ada", phone="555-0166")
    assert Booking.objects.count() == Inquiry.objects.count() == 1


def test_pressing_twice_is_one_booking(offered):
    assert book(offered) == book(offered)
    assert Booking.objects.count() == Letter.objects.count() + 1 == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"called": " "}, "called"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_cannot_be_taken_names_its_field(offered, wrong, field):
    with pytest.raises(Invalid) as refused:
        book(offered, **wrong)
    assert refused.value.field == field
    assert not Booking.objects.exists()


def test_a_time_that_has_passed_or_was_withdrawn_cannot_be_booked(offered):
    slots.withdraw_slot(slot_id=offered.slots[1].pk, by=offered.by, at=AT)
    with pytest.raises(errors.TimeWithdrawn):
        book(offered, 1)
    token = make.token(offered.published, offered.slots[0])
    with pytest.raises(errors.TimePassed):
        bookings.book_in_public(token=token, person=make.person(), at=offered.slots[0].starts_at)


def test_nobody_holds_every_time_there_is(offered):
    for one in range(bookings.MOST_EACH):
        book(offered, one)
    with pytest.raises(errors.TooManyHeld):
        book(offered, 3)


def test_a_made_up_or_cut_token_is_no_address(offered):
    token = make.token(offered.published, offered.slots[0])
    for wrong in ("", "x", token[:-1], token.replace(".", ""), token + "x"):
        with pytest.raises(NoSuchToken):
            read_slot_token(wrong)
        with pytest.raises(NoSuchToken):
            read_booking_token(wrong)
    with pytest.raises(NoSuchToken):  # one kind of token is not the other
        read_booking_token(token)


# ---- afterwards --------------------------------------------------------------------------------


def test_moving_frees_the_old_time_and_keeps_the_link(offered):
    token = book(offered)
    to = make.token(offered.published, offered.slots[2])
    bookings.move_in_public(token=token, to_token=to, at=AT)
    assert row(token).slot == offered.slots[2]
    assert offered.slots[0].starts_at in open_times(offered)
    assert offered.slots[2].starts_at not in open_times(offered)
    bookings.move_in_public(token=token, to_token=to, at=AT)  # pressed twice


def test_moving_to_a_taken_time_changes_nothing(offered):
    token = book(offered)
    book(offered, 1, called="Ada", phone="555-0166")
    with pytest.raises(errors.TimeTaken):
        bookings.move_in_public(
            token=token, to_token=make.token(offered.published, offered.slots[1]), at=AT
        )
    assert row(token).slot == offered.slots[0]


def test_canceling_opens_the_time_and_tells_the_inquiry(offered):
    token = book(offered)
    bookings.cancel_in_public(token=token, at=AT)
    assert row(token).state == BookingState.CANCELED
    assert len(open_times(offered)) == 4
    inquiry = Inquiry.objects.get()
    assert (inquiry.stage, inquiry.next_step) == (
        "reached", "Call back: they canceled their screening",
    )  # fmt: skip
    with pytest.raises(errors.BookingCanceled):
        bookings.cancel_in_public(token=token, at=AT)
    assert book(offered, called="Ada", phone="555-0166")


def test_over_is_over(offered):
    token = book(offered)
    later = offered.slots[0].ends_at
    with pytest.raises(errors.BookingOver):
        bookings.cancel_in_public(token=token, at=later)


def test_staff_say_who_came_and_can_correct_it(offered):
    made = row(book(offered))
    given = {"booking_id": made.pk, "by": offered.program.actor("ines")}
    with pytest.raises(errors.BookingNotBegun):
        bookings.record_came(came=True, at=AT, **given)
    after = offered.slots[0].ends_at
    bookings.record_came(came=False, at=after, **given)
    assert Inquiry.objects.get().next_step == "Call back: they did not come to their screening"
    assert bookings.record_came(came=True, at=after, **given).state == BookingState.KEPT
    with pytest.raises(errors.ScreeningTookPlace):
        slots.withdraw_slot(slot_id=made.slot_id, by=offered.by, at=after)


def test_staff_book_for_an_inquiry_that_is_there(offered):
    made = row(book(offered))
    bookings.cancel_booking(booking_id=made.pk, by=offered.by, at=AT)
    again = bookings.book(
        slot_id=offered.slots[3].pk, person=make.person(), inquiry_id=made.inquiry_id,
        by=offered.program.actor("ines"), at=AT,
    )  # fmt: skip
    assert again.inquiry_id == made.inquiry_id
    assert Inquiry.objects.get().stage == "booked"


def test_a_booking_of_another_house_is_not_here(offered):
    made = row(book(offered))
    with tenancy.within(offered.program.harbor), pytest.raises(NotHere):
        bookings.cancel_booking(
            booking_id=made.pk,
            by=offered.program.actor("jonah", offered.program.harbor),
            at=AT,
        )
    wrong = booking_token(BookingName(offered.program.harbor, made.pk))
    with pytest.raises(NotHere):
        bookings.cancel_in_public(token=wrong, at=AT)


def test_slots_of_a_person_never_overlap_whatever_is_offered(evening):
    for first, minutes in ((18, 30), (17, 45), (18, 20), (19, 60)):
        for mara in (False, True):
            place = evening.program.place("mara") if mara else evening.owner
            try:
                make.offer(evening.by, place, first=time(first), last=time(21), minutes=minutes)
            except Invalid:
                continue
    for place in (evening.owner, evening.program.place("mara")):
        found = list(ScreeningSlot.objects.filter(membership=place).order_by("starts_at"))
        assert len(found) > 4
        for one, after in pairwise(found):
            assert one.ends_at <= after.starts_at
