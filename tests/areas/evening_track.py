"""A program in the evening at Alder Street, for tests of everything that goes on in it."""

import pytest

from handrail.foundation import tenancy
from tests.factories import programs as make


class Evening:
    """Alder Street's evening track, made-up people, and who acts there."""

    def __init__(self, program):
        self.program = program
        self.by = program.actor("paul")
        self.owner = program.place("ruth")
        self.iop = make.a_program(self.by)
        self.track = make.a_track(self.by, self.iop)

    def person(self, name="", **more):
        """Someone with an open episode."""
        return make.a_client(self.by, name=name, **more)

    def member(self, name="", **more):
        """Someone who belongs to the evening track."""
        person = self.person(name)
        make.in_track(self.by, self.track, person, **more)
        return person

    def other_track(self, **more):
        """A morning track of the same program."""
        from datetime import time

        given = {"name": "Morning IOP", "start": time(9), "room": "Room 2"} | more
        return make.a_track(self.by, self.iop, **given)

    def on(self, day, track=None):
        """The session of a day."""
        return make.session_on(track or self.track, day)


@pytest.fixture
def evening(program):
    """Inside Alder Street, with a track of Monday, Wednesday and Thursday evenings."""
    with tenancy.within(program.alder):
        yield Evening(program)
