"""What the public sees: publishing a program, saying that it is still true, and open times.

The projection (models/published.py) is written here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from handrail.areas.booking.errors import (
    HalfAPlace,
    NotAState,
    NotAZipCode,
    OldestBelowYoungest,
)
from handrail.areas.booking.models import (
    Booking,
    BookingState,
    OpenSlot,
    PublishedProgram,
    ScreeningSlot,
)
from handrail.areas.organizations.models import Organization
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.schedule.models import Program, Track
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import length, read_segments
from handrail.core.errors import Invalid, Missing, raise_any, too_long
from handrail.foundation.audit import trail

LONGEST = {"phone": 40, "about": 400, "street": 120, "city": 80}
LONGEST_NAME = {"insurance": 80, "languages": 40}


@dataclass(frozen=True, slots=True)
class Said:
    """What the director says of a program, beyond what its groups say by themselves."""

    phone: str
    about: str = ""
    insurance: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ages_from: int | None = None
    ages_to: int | None = None
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def publish_program(
    *,
    program_id: UUID,
    said: Said,
    verified_date: date,
    by: Actor,
    at: datetime,
    published_id: UUID | None = None,
) -> PublishedProgram:
    """Show a program to the public, or change what is shown. Its level, days and hours come from
    its groups; it counts as verified on that day.
    """
    check_access(by, Action.PUBLISH_PROGRAMS)
    program = Program.objects.select_for_update().filter(pk=program_id).first()
    if program is None:
        raise NotHere
    _check(said)
    shown = {
        **_from_groups(program),
        "phone": said.phone.strip(),
        "about": said.about.strip(),
        "insurance": _names(said.insurance),
        "languages": _names(said.languages),
        "ages_from": said.ages_from,
        "ages_to": said.ages_to,
        "street": said.street.strip(),
        "city": said.city.strip(),
        "state": said.state.strip().upper(),
        "zip_code": said.zip_code.strip(),
        "latitude": said.latitude,
        "longitude": said.longitude,
        "run_by": Organization.objects.get(pk=by.organization_id).name,
        "verified_date": verified_date,
        "withdrawn_at": None,
    }
    fresh = {"id": published_id} if published_id else {}
    row, _ = PublishedProgram.objects.update_or_create(
        organization_id=by.organization_id,
        program_id=program_id,
        defaults=shown,
        create_defaults=shown | fresh,
    )
    show_open_times(by.organization_id, at=at)
    _record(by, "publish", row)
    return row


@transaction.atomic
def verify_program(
    *, published_id: UUID, on_date: date, by: Actor, at: datetime
) -> PublishedProgram:
    """Say that what is shown is still true, and bring days and hours up to date."""
    check_access(by, Action.PUBLISH_PROGRAMS)
    row = _own(by).filter(pk=published_id).select_for_update().first()
    if row is None:
        raise NotHere
    for name, value in _from_groups(Program.objects.get(pk=row.program_id)).items():
        setattr(row, name, value)
    row.verified_date = on_date
    row.save()
    _record(by, "verified", row)
    return row


@transaction.atomic
def withdraw_program(*, published_id: UUID, by: Actor, at: datetime) -> PublishedProgram:
    """Take a program from the public pages, with its open times. Bookings stay."""
    check_access(by, Action.PUBLISH_PROGRAMS)
    row = _own(by).filter(pk=published_id).select_for_update().first()
    if row is None:
        raise NotHere
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        OpenSlot.objects.filter(organization_id=by.organization_id, program=row).delete()
        _record(by, "withdraw", row)
    return row


# ---- open times --------------------------------------------------------------------------------


def show_open_times(organization_id: UUID, *, at: datetime) -> None:
    """Bring the public list of open times of one organization up to date: every slot to come that
    is neither withdrawn nor booked, under each of its published programs.
    """
    programs = list(
        PublishedProgram.objects.filter(
            organization_id=organization_id, withdrawn_at__isnull=True
        ).values_list("pk", flat=True)
    )
    live = Booking.objects.filter(slot=OuterRef("pk")).exclude(state=BookingState.CANCELED)
    open_slots = ScreeningSlot.objects.filter(
        ~Exists(live), withdrawn_at__isnull=True, starts_at__gt=at
    ).values_list("pk", "starts_at")
    wanted = {(program, slot): starts for slot, starts in open_slots for program in programs}
    shown = OpenSlot.objects.filter(organization_id=organization_id)
    known = {(one.program_id, one.slot): one.pk for one in shown}
    shown.filter(pk__in=[key for pair, key in known.items() if pair not in wanted]).delete()
    OpenSlot.objects.bulk_create(
        (
            OpenSlot(
                organization_id=organization_id, program_id=program, slot=slot, starts_at=starts
            )
            for (program, slot), starts in sorted(wanted.items(), key=str)
            if (program, slot) not in known
        ),
        ignore_conflicts=True,
    )


# ---- what the groups say -----------------------------------------------------------------------


def _from_groups(program: Program) -> dict[str, object]:
    tracks = list(
        Track.objects.filter(program=program, ended_date__isnull=True).order_by("start", "name")
    )
    modalities = {Modality(one.modality) for one in tracks}
    return {
        "name": program.name,
        "level": program.level,
        "online": bool(modalities & {Modality.ONLINE, Modality.MIXED}),
        "in_a_room": bool(modalities & {Modality.ROOM, Modality.MIXED}),
        "meets": [_meets(one) for one in tracks],
        "zone": tracks[0].zone if tracks else rules_of(program.organization_id).zone,
    }


def _meets(track: Track) -> dict[str, object]:
    begins = datetime.combine(date.min, track.start)
    ends = begins + timedelta(minutes=length(read_segments(track.segments)))
    return {
        "days": sorted(track.days),
        "start": f"{begins:%H:%M}",
        "end": f"{ends:%H:%M}",
        "modality": track.modality,
    }


def _check(said: Said) -> None:
    typed = {name: getattr(said, name).strip() for name in (*LONGEST, "state", "zip_code")}
    wrong = too_long({name: typed[name] for name in LONGEST}, LONGEST) + _too_long_names(said)
    if not typed["phone"]:
        wrong.append(Missing().at("phone"))
    if typed["state"] and len(typed["state"]) != 2:
        wrong.append(NotAState())
    zip_code = typed["zip_code"]
    if zip_code and not (zip_code[:5].isdecimal() and len(zip_code) in (5, 10)):
        wrong.append(NotAZipCode())
    if said.ages_from is not None and said.ages_to is not None and said.ages_to < said.ages_from:
        wrong.append(OldestBelowYoungest())
    if (said.latitude is None) != (said.longitude is None):
        wrong.append(HalfAPlace())
    raise_any(wrong)


def _too_long_names(said: Said) -> list[Invalid]:
    """What is too long among the names of plans and of languages."""
    every = [("insurance", one) for one in _names(said.insurance)]
    every += [("languages", one) for one in _names(said.languages)]
    found = [too_long({field: name}, LONGEST_NAME) for field, name in every]
    return [one for some in found for one in some]


def _names(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in words if one.strip()))


def _own(by: Actor) -> QuerySet[PublishedProgram]:
    """Outside row-level security the organization is named each time."""
    return PublishedProgram.objects.filter(organization_id=by.organization_id)


def _record(by: Actor, what: str, row: PublishedProgram) -> None:
    trail.record(
        by=by,
        action=Action.PUBLISH_PROGRAMS,
        subjects=[trail.subject("program", row.program_id)],
        detail={"what": what},
    )
