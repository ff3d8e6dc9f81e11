"""What the public sees of the programs here: read without an organization, by anyone."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from handrail.areas.booking.models import OpenSlot, PublishedProgram
from handrail.areas.booking.tokens import SlotName, slot_token


@dataclass(frozen=True, slots=True)
class Meets:
    """When one group of a program meets: days of the week (0 is Monday), local times, and
    "room", "online" or "mixed", as `core.course.schedule.Modality` spells it.
    """

    days: tuple[int, ...]
    start: time
    end: time
    modality: str


@dataclass(frozen=True, slots=True)
class Published:
    """A program as its director published it. `level` is a code of the catalogue of levels.

    `zone` is the program's time zone. Coordinates are None when nobody gave them.
    """

    id: UUID
    name: str
    level: str
    about: str
    online: bool
    in_a_room: bool
    meets: tuple[Meets, ...]
    zone: str
    insurance: tuple[str, ...]
    languages: tuple[str, ...]
    ages_from: int | None
    ages_to: int | None
    street: str
    city: str
    state: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    phone: str
    run_by: str
    verified_date: date


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A screening time that can be booked at `public:book` with this token."""

    token: str
    starts_at: datetime
    zone: str


def published_programs() -> tuple[Published, ...]:
    """Every program that is published now, by name. One query, no organization."""
    rows = PublishedProgram.objects.filter(withdrawn_at__isnull=True)
    return tuple(_published(one) for one in rows.order_by("name", "run_by", "id"))


def published_program(program_id: UUID) -> Published | None:
    """One published program, or None."""
    row = PublishedProgram.objects.filter(pk=program_id, withdrawn_at__isnull=True).first()
    return _published(row) if row else None


def next_open_slots(program_id: UUID, limit: int, *, at: datetime) -> tuple[OpenTime, ...]:
    """The next screening times of a program that nobody has booked, first the first."""
    return next_open_times([program_id], limit, at=at).get(program_id, ())


def next_open_times(
    program_ids: Collection[UUID], limit: int, *, at: datetime
) -> Mapping[UUID, tuple[OpenTime, ...]]:
    """The next open times of several programs, by program. One query."""
    nth = Window(RowNumber(), partition_by=F("program_id"), order_by=[F("starts_at"), F("slot")])
    rows = (
        OpenSlot.objects.filter(
            program_id__in=program_ids, program__withdrawn_at__isnull=True, starts_at__gt=at
        )
        .annotate(nth=nth)
        .filter(nth__lte=limit)
        .select_related("program")
        .order_by("starts_at", "slot")
    )
    found: dict[UUID, tuple[OpenTime, ...]] = {}
    for one in rows:
        found[one.program_id] = (*found.get(one.program_id, ()), _open(one))
    return found


def published_version(*, at: datetime) -> Hashable:
    """Changes whenever what the public reads of the programs here does: somebody changed it, a
    time began, or a day did where a program is. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [at])
        programs, times, zones = cursor.fetchone()
    return programs, times, tuple(at.astimezone(ZoneInfo(zone)).date() for zone in zones or ())


_VERSION = f"""
select md5(string_agg(one::text, ',' order by id)),
       (select md5(string_agg(slot::text, ',' order by id))
          from {OpenSlot._meta.db_table} slot where starts_at > %s),
       array_agg(distinct zone order by zone)
  from {PublishedProgram._meta.db_table} one where withdrawn_at is null
"""  # noqa: S608 - the names of our own tables


def _open(row: OpenSlot) -> OpenTime:
    name = SlotName(row.organization_id, row.slot, row.program_id)
    return OpenTime(slot_token(name), row.starts_at, row.program.zone)


def _published(row: PublishedProgram) -> Published:
    return Published(
        id=row.pk,
        name=row.name,
        level=row.level,
        about=row.about,
        online=row.online,
        in_a_room=row.in_a_room,
        meets=tuple(
            Meets(
                tuple(one["days"]),
                time.fromisoformat(one["start"]),
                time.fromisoformat(one["end"]),
                one["modality"],
            )
            for one in row.meets
        ),
        zone=row.zone,
        insurance=tuple(row.insurance),
        languages=tuple(row.languages),
        ages_from=row.ages_from,
        ages_to=row.ages_to,
        street=row.street,
        city=row.city,
        state=row.state,
        zip_code=row.zip_code,
        latitude=row.latitude,
        longitude=row.longitude,
        phone=row.phone,
        run_by=row.run_by,
        verified_date=row.verified_date,
    )
