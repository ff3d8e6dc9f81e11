"""Admitting someone: an episode of care, a seat, the way in brought to its end, the first calls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from handrail.areas.admission.errors import (
    InCareAlready,
    InquiryOfAnother,
    InTheWay,
    LevelUnexplained,
    NotExpectedFromThere,
    NothingHeard,
    WrittenDownAlready,
)
from handrail.areas.admission.models import FirstContact
from handrail.areas.admission.selectors import (
    Ready,
    about_first_session,
    lay_out,
    ready,
    still_open,
)
from handrail.areas.clients import services as clients
from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import local_day, locked_client
from handrail.areas.enrollment.services.appointments import book_appointment
from handrail.areas.enrollment.services.enrollment import enroll
from handrail.areas.inquiries.services.next_steps import carry_on
from handrail.areas.referrals import services as referrals
from handrail.areas.schedule.errors import AskFirst, NotFreeThen, ask
from handrail.areas.schedule.models import Enrollment, Track
from handrail.areas.schedule.services.availability import Wanted, question_about
from handrail.areas.waitlist.services import end_on_admission
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.admission import first_contacts, in_the_way
from handrail.core.availability import Span
from handrail.core.course.local_time import utc_of
from handrail.core.course.weeks import Service
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.core.text import one_line
from handrail.data import first_contact_rules
from handrail.foundation.audit import trail

LONGEST = {"reason": 300, "words": 500}
MEETING_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """The first hour alone with a counselor: when, by the track's clock, and with whom."""

    local_date: date
    start: time
    membership_id: UUID


@transaction.atomic
def admit(
    *,
    client_id: UUID,
    track_id: UUID,
    from_date: date,
    days: Iterable[int] = (),
    reason: str = "",
    confirmed: str = "",
    inquiry_id: UUID | None = None,
    referral_id: UUID | None = None,
    meeting: Meeting | None = None,
    by: Actor,
    at: datetime,
) -> Enrollment:
    """Take someone into a track from a day on, all of it or nothing.

    Opens an episode at the program's level (earlier ones stay), enrolls them, ends their inquiry
    as admitted, writes that they are back where they were referred, takes them off every waiting
    list, and lays out the first calls.
    `meeting` is booked as well, where the counselor is free. What is open on the list, a first
    session that has begun, and a counselor who is away or outside their hours, are asked about
    first (AskFirst); other errors say why not.
    """
    check_access(by, Action.ADMIT)
    # The track before the person, as everywhere: two admissions wait for each other's seat.
    track = _locked_track(track_id)
    client = locked_client(client_id, by, Action.ADMIT)
    today, chosen = local_day(at, by), tuple(days)
    found = ready(client_id, by=by, today=today)
    _check(found, track, reason, inquiry_id, referral_id)
    away = _about_meeting(meeting, track, by) if meeting else None
    laid = lay_out(track.pk, from_date=from_date, days=chosen, busy=(), by=by)
    ask(still_open(found.points), about_first_session(laid, at), away, confirmed=confirmed)
    clients.open_episode(
        client_id=client_id,
        level=track.program.level,
        opened_date=min(from_date, today),
        reason=one_line(reason),
        by=by,
        at=at,
    )
    made = enroll(
        client_id=client_id, track_id=track_id, from_date=from_date, days=chosen, by=by, at=at
    )
    if inquiry_id:
        carry_on(inquiry_id=inquiry_id, stage="admitted", words="Admitted.", by=by, at=at)
    if referral_id:
        referrals.hear(
            referral_id=referral_id,
            state="returned",
            on_date=today,
            said_by=by.name,
            words="Admitted here again.",
            by=by,
            at=at,
        )
    end_on_admission(client_id, track.program, by=by, at=at)
    if meeting:
        book_appointment(
            client_id=client_id,
            service=Service.INDIVIDUAL,
            local_date=meeting.local_date,
            start=meeting.start,
            minutes=MEETING_MINUTES,
            zone=track.zone,
            membership_id=meeting.membership_id,
            confirmed=AskFirst((away,)).answer if away else "",
            by=by,
            at=at,
        )
    calls = _lay_out_calls(made, chosen, today, by)
    _record(by, made, client)
    refresh_due(*calls, by=by, at=at)
    return made


@transaction.atomic
def log_first_contact(
    *, first_contact_id: UUID, words: str, by: Actor, at: datetime
) -> FirstContact:
    """Write down that somebody got in touch, and what was heard."""
    check_access(by, Action.ADMIT)
    found = (
        FirstContact.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=first_contact_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.done_at:
        raise WrittenDownAlready(found.done_by)
    said = one_line(words)
    if not said:
        raise NothingHeard
    raise_any(too_long({"words": said}, LONGEST))
    found.done_at, found.done_by, found.words = at, by.name, said
    found.save(update_fields=["done_at", "done_by", "words"])
    trail.record(
        by=by,
        action="admission.first_contact",
        subjects=[
            trail.subject("client", found.client_id),
            trail.subject("first-contact", found.pk),
        ],
    )
    refresh_due(found, by=by, at=at)
    return found


def _locked_track(track_id: UUID) -> Track:
    rows = Track.objects.select_for_update(of=("self",)).select_related("program")
    found = rows.filter(pk=track_id).first()
    if found is None:
        raise NotHere
    return found


def _about_meeting(meeting: Meeting, track: Track, by: Actor) -> NotFreeThen | None:
    """What is asked about the counselor's time. Errors: where they are by then, at the day."""
    begins = utc_of(meeting.local_date, meeting.start, track.zone)
    span = Span(begins, begins + timedelta(minutes=MEETING_MINUTES))
    try:
        return question_about([Wanted(span, meeting.membership_id)], by=by)
    except Invalid as wrong:
        raise wrong.at("meeting_date") from None


def _check(
    found: Ready,
    track: Track,
    reason: str,
    inquiry_id: UUID | None,
    referral_id: UUID | None,
) -> None:
    """What stands in the way, by field, before anything is written."""
    said = one_line(reason)
    wrong: list[Invalid] = [InTheWay(one).at(one.code.value) for one in in_the_way(found.points)]
    wrong += too_long({"reason": said}, LONGEST)
    if found.episode:
        wrong.append(InCareAlready())
    if found.levels and track.program.level not in found.levels and not said:
        wrong.append(LevelUnexplained(found.levels[0]))
    if inquiry_id and inquiry_id not in {one.pk for one in found.inquiries}:
        wrong.append(InquiryOfAnother())
    if referral_id and (found.back is None or found.back.pk != referral_id):
        wrong.append(NotExpectedFromThere())
    raise_any(wrong)


def _lay_out_calls(
    made: Enrollment, days: tuple[int, ...], today: date, by: Actor
) -> list[FirstContact]:
    laid = lay_out(made.track_id, from_date=made.from_date, days=days, busy=(), by=by)
    first = laid.days[0].local_date if laid.days else made.from_date
    return FirstContact.objects.bulk_create(
        FirstContact(
            organization_id=by.organization_id,
            client_id=made.client_id,
            episode_id=made.episode_id,
            due_date=one.on,
            why=one.why,
        )
        for one in first_contacts(first, today, first_contact_rules())
    )


def _record(by: Actor, made: Enrollment, client: Client) -> None:
    trail.record(
        by=by,
        action=Action.ADMIT,
        subjects=[
            trail.subject("client", client.pk),
            trail.subject("episode", made.episode_id),
            trail.subject("enrollment", made.pk),
        ],
    )
