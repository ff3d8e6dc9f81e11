"""What stands in the demo at ten to six."""

import pytest

from handrail.areas.clients.models import Client, Flag, FlagKind
from handrail.areas.programs import facts
from handrail.areas.programs.models import Attendance, Enrollment, Note, Outreach, Session
from handrail.core.course.session_states import State
from handrail.foundation import clock, tenancy
from handrail.areas.programs.facts import roster_of, sessions_with_facts
from tests.staff import EVENING


@pytest.fixture
def alder(tonight):
    with tenancy.within(tonight.alder):
        yield tonight


def test_the_evening_group_waits_with_twelve_people(alder):
    session = sessions_with_facts().get(track__name="Evening IOP", local_date=EVENING)
    assert State(session.state) is State.PLANNED
    assert len(roster_of(session).places) == 12
