"""A big organization for measuring: a hundred thousand clients and a chart with a thousand notes.

It is no part of the demo and tells no story; it only has to be as large as a large provider.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from django.db import connection, transaction

from handrail.areas.clients.models import Client, Episode, LevelStay, NameWord, Outcome
from handrail.areas.organizations import services
from handrail.areas.organizations.models import Membership, SecondFactor, User
from handrail.core.access import Role
from handrail.core.course.schedule import Modality
from handrail.core.name_search import name_words
from handrail.core.notes.signatures import Credential
from handrail.demo.book import Part, Person, people, phrases
from handrail.demo.calendar import LaidOut, Pattern, lay_out
from handrail.demo.charts import summary_of, write_chart
from handrail.demo.held import hold_sessions
from handrail.demo.house import ZONE, Colleague, House, key
from handrail.demo.signed import sign_sessions
from handrail.foundation import clock, tenancy

SYSTEM, TRACK, WIDE = "big load", "daily", "wide"
_PEOPLE, _WIDE_PEOPLE, _WIDE_SESSIONS = 12, 35, 8
_EVERYONE = ("mara", "dev", "ruth", "paul", "helen", "ines")
_EVERY_DAY = tuple(range(7))
_SEED, _BATCH, _TWO_NAMES = 1, 5_000, 0.4


@dataclass(frozen=True, slots=True)
class Big:
    """Where to look: the organization, the client with the thick chart, tonight's session of that
    client's group (12 people), and tonight's of the widest (35).
    """

    organization_id: UUID
    client_id: UUID
    session_id: UUID
    wide_session_id: UUID


def load_big(
    organization_name: str,
    clients: int = 100_000,
    notes: int = 1_000,
    *,
    member: str = "ruth@alder.example",
) -> Big:
    """Load a large organization beside the demo; `member`, who is there already, may see it all.

    Needs the demo's people (`load_people`). Raises IntegrityError when the name is taken.
    """
    organization_id = key(_SEED, organization_name)
    with transaction.atomic(), tenancy.within(organization_id):
        house = _house(organization_name, organization_id, User.objects.get(email=member))
        made = _evening(house, notes)
        house.rows.save()
        _crowd(house, clients)
        _count_rows()
    return made


def _count_rows() -> None:
    """Tell the database what the tables now hold: without it, the checks of foreign keys at the
    end may each read every row of the organization.
    """
    with connection.cursor() as cursor:
        cursor.execute("analyze clients_client, clients_episode, schedule_session")


def _house(name: str, organization_id: UUID, user: User) -> House:
    at = clock.now()
    services.found_organization(
        name=name,
        zone=ZONE,
        by_system="demo program",
        at=at,
        organization_id=organization_id,
        second_factor=SecondFactor.NOBODY,
    )
    with tenancy.within(organization_id):
        place = Membership.objects.create(
            id=key(_SEED, f"{name} {user.email}"),
            user=user,
            organization_id=organization_id,
            roles=sorted((Role.SUPERVISOR, Role.FACILITATOR, Role.PROGRAM_DIRECTOR)),
            created_at=at,
        )
    one = Colleague(place.pk, user.name, (Credential("LPCC-S"),))
    return House(name, organization_id, _SEED, clock.today(ZONE), dict.fromkeys(_EVERYONE, one))


# ---- a thick chart, and two groups that meet tonight -------------------------------------------


def _evening(house: House, notes: int) -> Big:
    patterns = (
        _pattern(TRACK, "Every evening", time(18), "Room 1"),
        _pattern(WIDE, "Large group", time(18, 30), "Hall"),
    )
    # Some days more, since closed days move their sessions to the end.
    tracks = lay_out(house, patterns, past_days=notes + notes // 20 + 7)
    first, *others = people("alder")[:_PEOPLE]
    thick = write_chart(
        house, _placed(first, Part(TRACK, notes * 9 // 10, notes // 10)), tracks, SYSTEM
    )
    for one in others:
        write_chart(house, _placed(one, Part(TRACK, 0, 0)), tracks, SYSTEM)
    wide = [
        write_chart(house, _placed(one, Part(WIDE, _WIDE_SESSIONS, 0)), tracks, SYSTEM)
        for one in _more_people()[:_WIDE_PEOPLE]
    ]
    for track, charts in ((tracks[TRACK], [thick]), (tracks[WIDE], wide)):
        sign_sessions(house, track, hold_sessions(house, track, charts))
    return Big(
        house.organization_id, thick.client_id, _tonight(tracks[TRACK]), _tonight(tracks[WIDE])
    )


def _more_people() -> list[Person]:
    """The book's people once more, each with the family name of the one before."""
    return [replace(one, family=before.family) for before, one in pairwise(people("alder"))]


def _pattern(short: str, name: str, start: time, room: str) -> Pattern:
    return Pattern(
        short,
        name,
        "Intensive outpatient",
        "iop",
        _EVERY_DAY,
        start,
        Modality.ROOM,
        room,
        ("ruth",),
    )


def _tonight(track: LaidOut) -> UUID:
    return track.rows[track.tonight.number].pk


def _placed(person: Person, part: Part) -> Person:
    return replace(person, parts=(part,), outcome="", pause="", open_outreach=False)


# ---- many people ---------------------------------------------------------------------------------


def _crowd(house: House, how_many: int) -> None:
    chance = house.chance("crowd")
    for begin in range(0, how_many, _BATCH):
        found = [_client(house, chance, i) for i in range(begin, min(begin + _BATCH, how_many))]
        Client.objects.bulk_create(found, batch_size=_BATCH)
        NameWord.objects.bulk_create(
            (word for one in found for word in _words(one)), batch_size=_BATCH
        )
        episodes = [_episode(house, chance, one) for one in found]
        Episode.objects.bulk_create(episodes, batch_size=_BATCH)
        LevelStay.objects.bulk_create((_level(house, one) for one in episodes), batch_size=_BATCH)


def _client(house: House, chance: Random, i: int) -> Client:
    names = phrases()["names"]
    family = chance.choice(names["family"])
    if chance.random() < _TWO_NAMES:
        family = f"{family}-{chance.choice(names['family'])}"
    return Client(
        id=house.key("crowd", i),
        organization_id=house.organization_id,
        given_name=chance.choice(names["given"]),
        family_name=family,
        birth_date=date(1940, 1, 1) + timedelta(days=chance.randrange(24_000)),
        recorded_at=house.now,
        recorded_by=SYSTEM,
    )


def _words(one: Client) -> Iterator[NameWord]:
    for word in sorted(name_words([one.given_name, one.family_name])):
        yield NameWord(organization_id=one.organization_id, client_id=one.pk, word=word)


def _episode(house: House, chance: Random, one: Client) -> Episode:
    opened = house.days_ago(chance.randrange(100, 3000))
    outcome = chance.choice(list(Outcome))
    return Episode(
        id=house.key("crowd", one.pk, "episode"),
        organization_id=house.organization_id,
        client_id=one.pk,
        opened_date=opened,
        opened_by=SYSTEM,
        closed_date=opened + timedelta(days=chance.randrange(1, 90)),
        closed_by=SYSTEM,
        outcome=outcome,
        summary=summary_of(outcome),
    )


def _level(house: House, one: Episode) -> LevelStay:
    return LevelStay(
        id=house.key("crowd", one.pk, "level"),
        organization_id=house.organization_id,
        episode_id=one.pk,
        level="iop",
        from_date=one.opened_date,
        until_date=one.closed_date,
        recorded_by=SYSTEM,
    )
