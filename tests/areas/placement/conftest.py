"""The people of Alder Street, and the work being inside it."""

import pytest

from handrail.foundation import tenancy


@pytest.fixture
def alder(program):
    """Inside Alder Street from here on."""
    with tenancy.within(program.alder):
        yield program
