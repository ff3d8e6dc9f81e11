"""Two people at the same instant: one gets the time, the other reads that it is taken."""

import pytest

from handrail.areas.booking.errors import TimeTaken
from handrail.areas.booking.models import Booking, OpenSlot, ScreeningSlot
from handrail.areas.booking.services import bookings
from handrail.areas.inquiries.models import Inquiry
from handrail.foundation import tenancy
from tests.areas.enrollment.test_last_seat import race
from tests.areas.evening_track import Evening
from tests.factories import slots as make
from tests.factories.programs import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(program):
    with tenancy.within(program.alder):
        evening = Evening(program)
        evening.published = make.publish(evening.by, evening.iop)
        evening.slots = make.offer(evening.by, evening.owner)
        return evening


def test_one_of_six_gets_the_time(program, house):
    token = make.token(house.published, house.slots[0])
    tasks = [
        lambda who=who: bookings.book_in_public(
            token=token, person=make.person(who, phone=f"555-01{who[-2:]}"), at=AT
        )
        for who in ("Ada 10", "Ben 11", "Cy 12", "Di 13", "Ed 14", "Fay 15")
    ]
    answers = race(tasks, program.alder)
    assert answers.count(None) == 1
    assert sum(isinstance(one, TimeTaken) for one in answers) == 5
    with tenancy.within(program.alder):
        assert Booking.objects.count() == Inquiry.objects.count() == 1
        assert not OpenSlot.objects.filter(slot=house.slots[0].pk).exists()


def test_one_person_pressing_twice_at_once_has_one_booking(program, house):
    token = make.token(house.published, house.slots[0])
    tasks = [lambda: bookings.book_in_public(token=token, person=make.person(), at=AT)] * 3
    assert race(tasks, program.alder) == [None, None, None]
    with tenancy.within(program.alder):
        assert Booking.objects.count() == 1


def test_two_who_move_to_one_time_do_not_share_it(program, house):
    with tenancy.within(program.alder):
        made = [
            bookings.book_in_public(
                token=make.token(house.published, house.slots[at]),
                person=make.person(f"P {at}", phone=f"555-012{at}"),
                at=AT,
            )
            for at in (0, 1)
        ]
    to = make.token(house.published, house.slots[2])
    tasks = [lambda one=one: bookings.move_in_public(token=one, to_token=to, at=AT) for one in made]
    assert race(tasks, program.alder).count(None) == 1


def test_two_who_offer_the_same_evening_offer_each_time_once(program, house):
    mara = program.place("mara")
    tasks = [lambda: make.offer(house.by, mara)] * 3
    answers = race(tasks, program.alder)
    assert answers.count(None) == 1
    with tenancy.within(program.alder):
        assert ScreeningSlot.objects.filter(membership=mara).count() == 4
