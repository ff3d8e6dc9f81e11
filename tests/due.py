"""What is due in tests, and whether the worklist is what the facts say."""

from handrail.areas.worklist import services
from handrail.areas.worklist.selectors import View, differences, due_now
from handrail.core.access import Actor
from tests.factories.evening import AT


def rebuild(organization_id, at=AT) -> None:
    """For rows that a test made by hand and no service."""
    services.rebuild(organization_id=organization_id, by_name="Test", at=at)


def items(by: Actor, at=AT, view=View.MINE):
    """What is due for someone."""
    return due_now(by=by, at=at, view=view).items


def kinds(by: Actor, at=AT) -> list[str]:
    """The kinds of what is due for someone, licenses aside: everyone here holds one."""
    found = items(by, at)
    return [one.due.kind for one in found if one.due.kind != "license"]


def assert_true(organization_id) -> None:
    """The worklist is what the facts say, without a rebuild."""
    assert differences(organization_id) == ()
