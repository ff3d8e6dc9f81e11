"""What the public sees of each program, for the director who answers for it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q

from handrail.areas.booking.models import PublishedProgram
from handrail.areas.schedule.models import Program
from handrail.core.access import Action, Actor, check_access
from handrail.core.course.schedule import Weekday


@dataclass(frozen=True, slots=True)
class Meeting:
    """When one group meets, as it is shown."""

    days: tuple[Weekday, ...]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class ToPublish:
    """A program; `published_id` None: the public does not see it. `values` fill its form."""

    program_id: UUID
    published_id: UUID | None
    name: str
    level: str
    meets: tuple[Meeting, ...]
    verified_date: date | None
    open_times: int
    values: dict[str, str | int | None]


def programs_to_publish(*, by: Actor, at: datetime) -> tuple[ToPublish, ...]:
    """Every program here by name, with what is shown of it. Two queries."""
    check_access(by, Action.PUBLISH_PROGRAMS)
    shown = {
        one.program_id: one
        for one in PublishedProgram.objects.filter(organization_id=by.organization_id).annotate(
            open_times=Count("open_slots", filter=Q(open_slots__starts_at__gt=at))
        )
    }
    programs = Program.objects.filter(ended_date__isnull=True).order_by("name")
    return tuple(_one(one, shown.get(one.pk)) for one in programs)


def _one(program: Program, row: PublishedProgram | None) -> ToPublish:
    public = row is not None and row.withdrawn_at is None
    return ToPublish(
        program_id=program.pk,
        published_id=row.pk if row and public else None,
        name=program.name,
        level=program.level,
        meets=_meets(row) if row and public else (),
        verified_date=row.verified_date if row and public else None,
        open_times=vars(row)["open_times"] if row else 0,
        values=_values(row) if row else {},
    )


def _meets(row: PublishedProgram) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            tuple(Weekday(day) for day in one["days"]),
            time.fromisoformat(one["start"]),
            time.fromisoformat(one["end"]),
        )
        for one in row.meets
    )


def _values(row: PublishedProgram) -> dict[str, str | int | None]:
    return {
        "phone": row.phone,
        "about": row.about,
        "insurance": ", ".join(row.insurance),
        "languages": ", ".join(row.languages),
        "street": row.street,
        "city": row.city,
        "state": row.state,
        "zip_code": row.zip_code,
        "ages_from": row.ages_from,
        "ages_to": row.ages_to,
    }
