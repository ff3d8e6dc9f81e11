"""Individual and family hours beside the group: booking them, and saying whether they were held."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.errors import NoOpenEpisode
from handrail.areas.clients.models import Client
from handrail.areas.clients.selectors import episodes
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.enrollment import errors
from handrail.areas.enrollment.models import Appointment
from handrail.areas.organizations.models import Membership
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.services.availability import Wanted, check_free
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.availability import Span
from handrail.core.course.local_time import check_zone, utc_of
from handrail.core.course.progress import coming_sessions
from handrail.core.course.weeks import Service
from handrail.core.errors import OutOfRange
from handrail.foundation.audit import trail

LONGEST = 480


@transaction.atomic
def book_appointment(
    *,
    client_id: UUID,
    service: Service,
    local_date: date,
    start: time,
    minutes: int,
    zone: str,
    membership_id: UUID,
    by: Actor,
    at: datetime,
    appointment_id: UUID | None = None,
    confirmed: str = "",
) -> Appointment:
    """Book an individual or family hour with a colleague.

    Time away and hours outside the working day are asked about first.
    """
    check_access(by, Action.BOOK_APPOINTMENT)
    client = Client.objects.filter(pk=client_id).first()
    if client is None:
        raise NotHere
    episode = episodes.open_episode(client_id, lock=True)
    if episode is None:
        raise NoOpenEpisode(client.name)
    if service is Service.GROUP:
        raise errors.GroupHour
    if not 1 <= minutes <= LONGEST:
        raise OutOfRange(1, LONGEST).at("minutes")
    if local_date < episode.opened_date:
        raise errors.BeforeTheEpisode(episode.opened_date)
    check_zone(zone)
    if not Membership.objects.filter(
        pk=membership_id, organization_id=by.organization_id, deactivated_at__isnull=True
    ).exists():
        raise errors.ColleagueGone
    begins = utc_of(local_date, start, zone)
    ends = begins + timedelta(minutes=minutes)
    _check_nothing_else(client_id, begins, ends)
    check_free([Wanted(Span(begins, ends), membership_id)], by=by, confirmed=confirmed)
    made = Appointment.objects.create(
        id=appointment_id or uuid4(),
        organization_id=by.organization_id,
        client=client,
        episode=episode,
        service=service.value,
        local_date=local_date,
        start=start,
        zone=zone,
        minutes=minutes,
        membership_id=membership_id,
        recorded_at=at,
        recorded_by=by.name,
    )
    _record(by, "book", made)
    return made


@transaction.atomic
def record_held(*, appointment_id: UUID, held: bool, by: Actor, at: datetime) -> Appointment:
    """Say whether an hour took place, once it has begun. It can be corrected."""
    check_access(by, Action.BOOK_APPOINTMENT)
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise NotHere
    if gathering.appointment_time(row)[0] > at:
        raise errors.NotHeldYet
    if row.held != held:
        row.held, row.recorded_at, row.recorded_by = held, at, by.name
        row.save(update_fields=["held", "recorded_at", "recorded_by"])
        _record(by, "held" if held else "missed", row)
    return row


def client_of(appointment_id: UUID, *, by: Actor) -> UUID:
    """Whose hour it is. Raises NotHere for anyone else's."""
    check_access(by, Action.BOOK_APPOINTMENT)
    found = Appointment.objects.filter(pk=appointment_id).values_list("client_id", flat=True)
    client_id = found.first()
    if client_id is None:
        raise NotHere
    return client_id


def _check_nothing_else(client_id: UUID, begins: datetime, ends: datetime) -> None:
    first, last = begins.date() - timedelta(days=1), ends.date() + timedelta(days=1)
    for since, until in gathering.appointments_between(client_id, first, last):
        if since < ends and begins < until:
            raise errors.OtherHourThen
    near = {
        (str(one.track_id), one.number): one for one in gathering.sessions_between(begins, ends)
    }
    course = gathering.course_rows([client_id]).get(client_id)
    if course and near:
        sessions = [facts.session_facts(one) for one in near.values()]
        enrollments = [facts.enrollment_facts(one) for one in course.enrollments]
        there = coming_sessions(str(client_id), sessions, enrollments, course.make_up_facts())
        if there:
            raise errors.InAGroupThen(near[there[0].key].track.name)


def _record(by: Actor, what: str, row: Appointment) -> None:
    trail.record(
        by=by,
        action=Action.BOOK_APPOINTMENT,
        subjects=[
            trail.subject("client", row.client_id),
            trail.subject("appointment", row.pk),
        ],
        detail={"what": what},
    )
