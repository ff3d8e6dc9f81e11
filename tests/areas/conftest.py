"""The people of Alder Street, and the work being inside it."""

import pytest

from handrail.foundation import tenancy
from tests.areas.evening_track import evening  # noqa: F401 - a fixture


@pytest.fixture
def alder(program):
    """Inside Alder Street from here on."""
    with tenancy.within(program.alder):
        yield program
