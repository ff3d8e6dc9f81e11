"""Made-up clients for tests of their charts. They run inside Alder Street unless said otherwise."""

from datetime import UTC, date, datetime

from handrail.areas.clients import services as clients_services
from handrail.areas.clients.models import Client, Episode
from handrail.areas.safety import services as safety_services
from handrail.areas.safety.models import Flag

AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
TODAY = date(2026, 11, 24)
FORMULATION = "No thoughts of suicide for two weeks; the safety plan is with her sister."


def some_client(by, given="Joy", family="Okonkwo", **more) -> Client:
    """A client on file."""
    details = {"birth_date": date(1990, 5, 3), "at": AT} | more
    return clients_services.record_client(given_name=given, family_name=family, by=by, **details)


def some_episode(by, client, **more) -> Episode:
    """The client's open episode, at IOP since a while."""
    details = {"level": "iop", "opened_date": date(2026, 10, 12), "at": AT} | more
    return clients_services.open_episode(client_id=client.pk, by=by, **details)


def some_flag(by, client, owner, **more) -> Flag:
    """An open flag of the client, owned by a membership."""
    details = {"kind": "suicide_risk", "why": "Thoughts of being dead, some days.", "at": AT} | more
    return safety_services.raise_flag(client_id=client.pk, owner_id=owner.pk, by=by, **details)
