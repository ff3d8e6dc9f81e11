"""What is due in tests, and whether the worklist is what the facts say."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handrail.areas.worklist import services
from handrail.areas.worklist.selectors import Seen, View, due_now
from handrail.core.access import Actor
from handrail.foundation import tenancy
from tests.factories.evening import AT, NEW_YORK


def rebuild(organization_id, at=AT) -> None:
    """For rows that a test made by hand and no service."""
    with tenancy.within(organization_id):
        services.rebuild(organization_id=organization_id, by_name="Test", at=at)


def items(by: Actor, when: datetime | date = AT, kind: str = "", view=View.MINE) -> list[Seen]:
    """What is due for someone, of one kind or of all; a day is its last minute."""
    at = when if isinstance(when, datetime) else at_the_end_of(when)
    found = due_now(by=by, at=at, view=view).items
    return [one for one in found if kind in ("", one.due.kind)]


def at_the_end_of(day: date) -> datetime:
    """The last minute of a day at the program."""
    return datetime.combine(day, time(23, 58), ZoneInfo(NEW_YORK))
