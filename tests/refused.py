"""What is refused, and what a person reads then."""

import re
from contextlib import contextmanager

import pytest

from handrail.core.errors import Invalid
from handrail.web.kit.sentences import sentence


@contextmanager
def refused(words="", kind=Invalid):
    """What follows is refused with an error of this kind, whose sentence has these words."""
    with pytest.raises(kind) as found:
        yield found
    assert re.search(words, sentence(found.value)), sentence(found.value)
