"""The demo's waiting list: four people who wait for intensive outpatient care, each differently."""

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.areas.clients import services as clients
from handrail.areas.clients.models import Contact
from handrail.areas.consents.models import NoticeGiven, NoticeText
from handrail.areas.schedule.models import Track
from handrail.areas.waitlist import services as waiting
from handrail.core.access import Actor
from handrail.demo.house import House
from handrail.demo.inquiries import actor_of


@dataclass(frozen=True, slots=True)
class _Waits:
    """Someone who waits since so many days: whether only online, in which group, how we know;
    whom to call in an emergency; what was offered; calls as days ago, what came of it, and words.
    """

    given: str
    family: str
    pronouns: str
    born: date
    phone: str
    days: int
    online: bool
    priority: str
    source: str
    mother: str = ""
    offered: tuple[str, ...] = ()
    instead: str = ""
    calls: tuple[tuple[int, str, str], ...] = ()


_PEOPLE = (
    _Waits(
        *("Kayla", "Brandt", "she/her", date(1997, 3, 9), "614-555-0171", 0, False),
        *("pregnant_injects", "Said so when she called this noon; 19 weeks."),
        mother="Denise Brandt",
    ),
    _Waits(
        *("Dominic", "Reyes", "he/him", date(1988, 8, 21), "614-555-0172", 9, True),
        *("injects", "Screening call; last use four days before it."),
        offered=("education", "naloxone", "counseling"),
        instead="Ruth calls on Mondays and Thursdays.",
        calls=((6, "still_waits", "Works nights: only online fits."), (2, "no_answer", "")),
    ),
    _Waits(
        *("Ingrid", "Solberg", "she/her", date(1971, 11, 2), "614-555-0173", 15, True),
        *("others", "Neither, by the screening call."),
        calls=((8, "still_waits", "Lives two hours away, no car."),),
    ),
    _Waits(
        *("Marlon", "Pettway", "he/him", date(1992, 1, 30), "614-555-0174", 3, True),
        *("others", "Neither, he says; the chart of his doctor agrees."),
    ),
)


def wait_for_seats(house: House) -> None:
    """Put them on the list, by the services that do it for real."""
    ines = actor_of(house, "ines")
    online = Track.objects.get(organization_id=house.organization_id, name="Online IOP")
    for one in _PEOPLE:
        _put_on(house, one, online, ines)


def _put_on(house: House, one: _Waits, online: Track, ines: Actor) -> None:
    since = house.days_ago(one.days)
    at, key = house.at(since, 12, 40), f"{one.given} {one.family}"
    client = clients.record_client(
        given_name=one.given,
        family_name=one.family,
        birth_date=one.born,
        pronouns=one.pronouns,
        phone=one.phone,
        language="English",
        by=ines,
        at=at,
        client_id=house.key("client", key),
    )
    if one.mother:
        Contact.objects.create(
            id=house.key("contact", key, one.mother),
            organization_id=house.organization_id,
            client=client,
            name=one.mother,
            relationship="parent",
            phone="614-555-0181",
            may_know=["emergency"],
            recorded_at=at,
            recorded_by=ines.name,
        )
    NoticeGiven.objects.create(
        id=house.key("notice given", key),
        organization_id=house.organization_id,
        client=client,
        notice=NoticeText.objects.get(organization_id=house.organization_id),
        signed_name=key,
        given_at=at,
        given_by=ines.name,
    )
    place = waiting.put_on(
        client_id=client.pk,
        program_id=online.program_id,
        track_id=online.pk if one.online else None,
        priority=one.priority,
        source=one.source,
        since=since,
        by=ines,
        at=at,
        waiting_id=house.key("waiting", key),
    )
    if one.offered:
        waiting.offer_meanwhile(
            waiting_id=place.pk,
            services=one.offered,
            instead=one.instead,
            by=ines,
            at=at + timedelta(hours=3),
        )
    for days, outcome, words in one.calls:
        waiting.attempt(
            waiting_id=place.pk,
            way="call",
            outcome=outcome,
            words=words,
            attempt_id=house.key("waiting attempt", key, days),
            by=ines,
            at=house.at(house.days_ago(days), 16, 10),
        )
