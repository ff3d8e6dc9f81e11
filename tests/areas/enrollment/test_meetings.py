"""Who would meet although they must not: found, named with the next day, and gone when apart."""

from datetime import date

import pytest

from handrail.areas.enrollment.selectors.meetings import meetings
from handrail.areas.enrollment.services import enrollment
from handrail.core.access import Refused
from tests.factories import programs as make
from tests.factories.programs import AT

pytestmark = pytest.mark.django_db
WEDNESDAY_25 = date(2026, 11, 25)


def test_two_people_of_one_track_who_must_not_meet_are_found_once(evening):
    rita, sam = evening.member("Rita Lowell"), evening.member("Sam Quill")
    assert meetings(by=evening.by, at=AT) == ()
    make.must_not_meet(evening.by, evening.owner, rita, sam)
    (one,) = meetings(by=evening.by, at=AT)
    assert {one.client, one.other} == {"Rita Lowell", "Sam Quill"}
    assert (one.track, one.next_date) == ("Evening IOP", WEDNESDAY_25)
    for asked in ({"client_id": rita.pk}, {"client_id": sam.pk}, {"track_id": evening.track.pk}):
        assert meetings(by=evening.by, at=AT, **asked) == (one,)


def test_who_is_transferred_meets_nobody(evening):
    rita, sam = evening.member("Rita Lowell"), evening.person("Sam Quill")
    row = make.in_track(evening.by, evening.track, sam)
    make.must_not_meet(evening.by, evening.owner, rita, sam)
    enrollment.transfer(
        enrollment_id=row.pk, track_id=evening.other_track().pk, from_date=WEDNESDAY_25,
        reason="apart", by=evening.by, at=AT,
    )  # fmt: skip
    assert meetings(by=evening.by, at=AT) == ()


def test_a_colleague_who_leads_counts_too(evening):
    mara = evening.program.place("mara")
    led = evening.other_track(facilitators=[mara.pk])
    rita = evening.person("Rita Lowell")
    make.in_track(evening.by, led, rita)
    make.must_not_meet(evening.by, evening.owner, rita, mara)
    (one,) = meetings(by=evening.by, at=AT, client_id=rita.pk)
    assert (one.client, one.other, one.leads) == ("Rita Lowell", "Mara Whitfield", True)


def test_who_may_raise_no_flag_is_told_no_name(evening):
    with pytest.raises(Refused):
        meetings(by=evening.program.actor("owen"), at=AT)
