"""What all services of this area do with what was entered, and how they find a client's row."""

import re
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.clients.models import Client
from handrail.areas.organizations.selectors import rules_of
from handrail.core.access import Action, Actor, NotHere, Subject, check_access
from handrail.core.text import one_line as one_line
from handrail.core.text import some_lines as some_lines


def locked_client(client_id: UUID, by: Actor, action: Action) -> Client:
    """The client, held until the transaction ends, once `by` may do `action`."""
    check_access(by, action)
    found = (
        Client.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=client_id)
        .first()
    )
    if found is None:
        raise NotHere
    check_access(by, action, Subject(found.organization_id))
    return found


def different_words(text: str) -> int:
    """How many different words of two letters or more a text has: "x x x x" has none."""
    return len(set(_WORD.findall(text.casefold())))


_WORD = re.compile(r"[^\W\d_]{2,}")


def said_day(day: date) -> str:
    """Nov 24, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def local_day(at: datetime, by: Actor) -> date:
    """The calendar day at the actor's organization."""
    return at.astimezone(ZoneInfo(rules_of(by.organization_id).zone)).date()
