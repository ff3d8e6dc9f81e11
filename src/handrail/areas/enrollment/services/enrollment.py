"""Who belongs to which track: enroll, transfer, come less often, pause, end; making up a session.

Everything is checked under the lock of the track and of the client's episode, so two people who
take the last seat at once cannot both get it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.errors import NoOpenEpisode
from handrail.areas.clients.models import Client, Episode
from handrail.areas.clients.selectors import episodes
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.enrollment import errors
from handrail.areas.enrollment.models import Attendance
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule import to_core as schedule_gathering
from handrail.areas.schedule.models import Enrollment, MakeUp, Pause, Session, Track
from handrail.areas.schedule.services.timetable import must_not_meet
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course import enrollment as core
from handrail.core.course import schedule
from handrail.core.course.make_ups import Objection, find_make_ups
from handrail.core.course.roster import (
    Place,
    Roster,
    conflicts,
    free_seats,
    roster,
    size_limit,
)
from handrail.core.course.schedule import Weekday
from handrail.core.errors import confirm
from handrail.data import course_rules
from handrail.foundation.audit import trail

# ---- memberships -------------------------------------------------------------------------------


@transaction.atomic
def enroll(
    *,
    client_id: UUID,
    track_id: UUID,
    from_date: date,
    by: Actor,
    at: datetime,
    days: Iterable[int] = (),
    enrollment_id: UUID | None = None,
) -> Enrollment:
    """Let someone belong to a track from a day on; `days` are weekdays, empty is all of them.

    Not without an open episode, at another level of care, without a free seat, with someone they
    must not meet, or beside another membership.
    """
    check_access(by, Action.ENROLL)
    track = _lock_tracks([track_id])[track_id]
    client, episode = _lock_person(client_id)
    wanted = _Wanted(client, episode, track, from_date, days=_days(days, track))
    _check_membership(wanted)
    made = _insert(wanted, by, at, enrollment_id)
    _record(by, "enroll", made)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def end_enrollment(
    *, enrollment_id: UUID, last_day: date, reason: str, by: Actor, at: datetime
) -> Enrollment:
    """End a membership after a day. While it goes on, a day that was said can be moved later,
    when there is a seat then.
    """
    check_access(by, Action.ENROLL)
    track = _lock_tracks([_track_of(enrollment_id)])
    row = _lock_enrollment(enrollment_id)
    if not reason.strip():
        raise errors.EndsWithoutReason
    if row.until_date and row.until_date < last_day:
        _check_longer(row, track[row.track_id], last_day, at)
    else:
        core.end(facts.enrollment_facts(row), last_day)
    _check_not_there_after(row, last_day)
    _end(row, last_day, reason, by)
    _record(by, "end", row)
    refresh_due(row, by=by, at=at)
    return row


@transaction.atomic
def end_all(*, client_id: UUID, last_day: date, reason: str, by: Actor, at: datetime) -> int:
    """End every membership and cancel every make-up to come, when an episode is closed.

    One that would only have begun later is replaced before it begins. Says how many ended.
    """
    check_access(by, Action.CLOSE_EPISODE)
    rows = list(
        Enrollment.objects.select_for_update().filter(client_id=client_id, until_date__isnull=True)
    )
    for row in rows:
        _end(row, max(last_day, row.from_date - timedelta(days=1)), reason, by)
    booked = MakeUp.objects.select_for_update(of=("self",)).filter(
        client_id=client_id, canceled_at__isnull=True, session__starts_at__gt=at
    )
    canceled = list(booked)
    for one in canceled:
        one.canceled_at, one.canceled_by = at, by.name
        one.save(update_fields=["canceled_at", "canceled_by"])
    if rows or canceled:
        trail.record(
            by=by,
            action=Action.ENROLL,
            subjects=[
                trail.subject("client", client_id),
                *(trail.subject("enrollment", one.pk) for one in rows),
                *(trail.subject("make-up", one.pk) for one in canceled),
            ],
            detail={"what": "end"},
        )
        refresh_due(*rows, *canceled, by=by, at=at)
    return len(rows)


@transaction.atomic
def transfer(
    *, enrollment_id: UUID, track_id: UUID, from_date: date, reason: str, by: Actor, at: datetime
) -> Enrollment:
    """Move someone to another track from a day on; pauses go along. The new membership."""
    check_access(by, Action.ENROLL)
    old_track = _track_of(enrollment_id)
    tracks = _lock_tracks([old_track, track_id])
    row = _lock_enrollment(enrollment_id)
    if track_id == old_track:
        raise errors.InThisTrackAlready(tracks[track_id].name)
    if not reason.strip():
        raise errors.ChangesWithoutReason
    client, episode = _lock_person(row.client_id)
    _, going_on = core.transfer(facts.enrollment_facts(row), str(track_id), from_date)
    last_day = from_date - timedelta(days=1)
    _check_not_there_after(row, last_day)
    wanted = _Wanted(
        client, episode, tracks[track_id], from_date, row.until_date, pauses=going_on.pauses
    )
    _check_membership(wanted, replaced=row)
    _end(row, last_day, reason, by)
    made = _insert(wanted, by, at)
    _copy_pauses(row, made, by, at)
    _record(by, "transfer", row, made)
    refresh_due(row, made, by=by, at=at)
    return made


@transaction.atomic
def taper(
    *, enrollment_id: UUID, days: Iterable[int], from_date: date, by: Actor, at: datetime
) -> Enrollment:
    """Let someone come on other, usually fewer, weekdays from a day on, in the same course."""
    check_access(by, Action.ENROLL)
    track = _lock_tracks([_track_of(enrollment_id)])
    row = _lock_enrollment(enrollment_id)
    client, episode = _lock_person(row.client_id)
    chosen = _days(days, track[row.track_id])
    _, going_on = core.taper(facts.enrollment_facts(row), chosen, from_date)
    last_day = from_date - timedelta(days=1)
    _check_not_there_after(row, last_day)
    wanted = _Wanted(
        client, episode, track[row.track_id], from_date, row.until_date, chosen, going_on.pauses
    )
    _check_membership(wanted, replaced=row)
    _end(row, last_day, "Comes on other days", by)
    made = _insert(wanted, by, at)
    _copy_pauses(row, made, by, at)
    _record(by, "taper", row, made)
    refresh_due(row, made, by=by, at=at)
    return made


@transaction.atomic
def pause(
    *,
    enrollment_id: UUID,
    from_date: date,
    until_date: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Pause:
    """Let someone be away for some days without being missed; without an end, until it gets one."""
    check_access(by, Action.ENROLL)
    row = _lock_enrollment(enrollment_id)
    if not reason.strip():
        raise errors.AwayWithoutReason
    known = facts.enrollment_facts(row)
    core.add_pause(known, core.Pause(from_date, until_date, reason))
    before_it = until_date is not None and until_date < row.from_date
    if before_it:
        raise errors.NotInTheMembership
    if row.until_date is not None and row.until_date < max(from_date, until_date or from_date):
        raise errors.AwayBeyondTheEnd(row.until_date)
    last = until_date or date.max
    for one in known.pauses:
        if one.from_date <= last and (one.until_date is None or one.until_date >= from_date):
            raise errors.AwayAlready(one.from_date)
    made = Pause.objects.create(
        organization_id=by.organization_id,
        enrollment=row,
        from_date=from_date,
        until_date=until_date,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    _record(by, "pause", row)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def end_pause(*, pause_id: UUID, last_day: date, by: Actor, at: datetime) -> Pause:
    """Say when someone is back: the last day away. Their seat may have been given to someone."""
    check_access(by, Action.ENROLL)
    enrollment_id = (
        Pause.objects.filter(pk=pause_id).values_list("enrollment_id", flat=True).first()
    )
    if enrollment_id is None:
        raise NotHere
    track = _lock_tracks([_track_of(enrollment_id)])
    row = _lock_enrollment(enrollment_id)
    client, episode = _lock_person(row.client_id)
    found = Pause.objects.select_for_update().get(pk=pause_id)
    if last_day < found.from_date:
        raise errors.BackBeforeAway(found.from_date)
    others = [one for one in facts.enrollment_facts(row).pauses if one.from_date != found.from_date]
    back = core.Pause(found.from_date, last_day, found.reason)
    wanted = _Wanted(
        client,
        episode,
        track[row.track_id],
        row.from_date,
        row.until_date,
        frozenset(Weekday(one) for one in row.days),
        (*others, back),
    )
    _check_sessions(wanted, replaced=row, since=last_day)
    found.until_date = last_day
    found.save(update_fields=["until_date"])
    _record(by, "end pause", row)
    refresh_due(found, by=by, at=at)
    return found


# ---- making up ---------------------------------------------------------------------------------


@transaction.atomic
def book_make_up(
    *,
    client_id: UUID,
    session_id: UUID,
    by: Actor,
    at: datetime,
    confirmed: str = "",
    make_up_id: UUID | None = None,
) -> MakeUp:
    """Let someone come to a session in place of one that was missed.

    One that would come after the planned number of sessions is asked about first: BeyondTheCourse.
    """
    check_access(by, Action.ENROLL)
    track_id = Session.objects.filter(pk=session_id).values_list("track_id", flat=True).first()
    if track_id is None:
        raise NotHere
    _lock_tracks([track_id])
    _, episode = _lock_person(client_id)
    session = facts.sessions_with_facts().get(pk=session_id)
    wanted = facts.session_facts(session)
    near = {one.pk: one for one in gathering.sessions_between(session.starts_at, session.ends_at)}
    search = find_make_ups(
        str(client_id),
        episodes.level_of(episode),
        gathering.search_calendar(client_id, {**near, session.pk: session}.values()),
        after=datetime.min.replace(tzinfo=at.tzinfo),
        busy=gathering.appointments_between(client_id, session.local_date, session.local_date),
    )
    for refusal in search.refusals:
        if refusal.session.key == wanted.key:
            raise _does_not_fit(refusal.objections, session)
    if session.starts_at <= at:
        raise _does_not_fit((Objection.HAS_BEGUN,), session)
    if question := _beyond_the_course(client_id, session):
        confirm(question, confirmed)
    made = MakeUp.objects.create(
        id=make_up_id or uuid4(),
        organization_id=by.organization_id,
        client_id=client_id,
        episode=episode,
        session=session,
        booked_at=at,
        booked_by=by.name,
    )
    _record_make_up(by, "book make-up", made)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def cancel_make_up(*, make_up_id: UUID, by: Actor, at: datetime) -> MakeUp:
    """Give a booked make-up back, before the session begins."""
    check_access(by, Action.ENROLL)
    found = (
        MakeUp.objects.select_for_update(of=("self",))
        .select_related("session")
        .filter(pk=make_up_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.canceled_at:
        raise errors.MakeUpCanceled
    if not facts.session_facts(facts.sessions_with_facts().get(pk=found.session_id)).is_ahead:
        raise errors.SessionOver
    if found.session.started_at or found.session.starts_at <= at:
        raise errors.SessionBegun
    found.canceled_at, found.canceled_by = at, by.name
    found.save(update_fields=["canceled_at", "canceled_by"])
    _record_make_up(by, "cancel make-up", found)
    refresh_due(found, by=by, at=at)
    return found


def _beyond_the_course(client_id: UUID, session: Session) -> errors.BeyondTheCourse | None:
    """The question about a make-up that the course does not need any more; none if it does."""
    course = gathering.course_rows([client_id]).get(client_id)
    if course is None or not course.planned:
        return None
    ahead = [known for _, known in gathering.sessions_ahead([course]).values()]
    coming = gathering.coming_of(course, ahead)
    stands = gathering.progress_of(course, coming)
    before = [
        one for one in coming if one.level == course.level and one.starts_at < session.starts_at
    ]
    if len(before) < stands.to_go:
        return None
    return errors.BeyondTheCourse(
        stands.done, stands.planned, stands.projected_last_day, session.local_date
    )


def client_of_make_up(make_up_id: UUID, *, by: Actor) -> UUID:
    """Whose make-up it is. Raises NotHere for anyone else's."""
    check_access(by, Action.ENROLL)
    client_id = MakeUp.objects.filter(pk=make_up_id).values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    return client_id


def _does_not_fit(objections: Sequence[Objection], session: Session) -> errors.DoesNotFit:
    return errors.DoesNotFit(session.track.name, session.local_date, tuple(objections))


# ---- what a membership is checked against ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A membership that is about to be made."""

    client: Client
    episode: Episode
    track: Track
    from_date: date
    until_date: date | None = None
    days: frozenset[Weekday] = frozenset()
    pauses: tuple[core.Pause, ...] = ()

    @property
    def facts(self) -> core.Enrollment:
        return core.Enrollment(
            str(self.client.pk),
            str(self.track.pk),
            self.from_date,
            self.until_date,
            self.days,
            self.pauses,
        )


def _check_membership(wanted: _Wanted, replaced: Enrollment | None = None) -> None:
    if wanted.from_date < wanted.episode.opened_date:
        raise errors.BeforeAdmission(wanted.client.name, wanted.episode.opened_date)
    if wanted.track.ended_date and wanted.track.ended_date < wanted.from_date:
        raise errors.TrackEnded(wanted.track.name, wanted.track.ended_date)
    _check_level(wanted)
    _check_other_memberships(wanted, replaced)
    _check_sessions(wanted, replaced)


def _check_longer(row: Enrollment, track: Track, last_day: date, at: datetime) -> None:
    """A membership that goes on may last longer; one that is over is begun anew instead."""
    ended = row.until_date
    if ended is None or ended < max(row.from_date, schedule_gathering.local_day(at, track.zone)):
        raise errors.MembershipOver(ended)
    client, episode = _lock_person(row.client_id)
    known = facts.enrollment_facts(row)
    wanted = _Wanted(client, episode, track, row.from_date, last_day, known.days, known.pauses)
    _check_membership(wanted, replaced=row)


def _check_level(wanted: _Wanted) -> None:
    now, needed = episodes.level_of(wanted.episode), wanted.track.program.level
    if now != needed:
        raise errors.OtherLevel(wanted.client.name, now or "", wanted.track.name, needed)


def _check_other_memberships(wanted: _Wanted, replaced: Enrollment | None) -> None:
    found = Enrollment.objects.filter(client=wanted.client).select_related("track")
    for row in found.exclude(pk=replaced.pk) if replaced else found:
        last = row.until_date or date.max
        touches = wanted.from_date <= last and row.from_date <= (wanted.until_date or date.max)
        if row.from_date <= last and touches:
            raise errors.BelongsAlready(
                wanted.client.name, row.track.name, row.from_date, row.until_date
            )


def _check_sessions(
    wanted: _Wanted, replaced: Enrollment | None = None, since: date | None = None
) -> None:
    """Every session ahead that the membership newly brings: a free seat, nobody not to meet."""
    rows = list(
        facts.sessions_with_facts().filter(
            track=wanted.track,
            local_date__gte=max(wanted.from_date, since or wanted.from_date),
            state__in=gathering.AHEAD,
        )
    )
    if not rows and replaced is None:
        raise errors.NothingPlanned(wanted.track.name, wanted.from_date)
    before = facts.enrollment_facts(replaced) if replaced else None
    known = schedule.in_order(facts.session_facts(one) for one in rows)
    coming = [
        one for one in known if wanted.facts.expects(one) and not (before and before.expects(one))
    ]
    if not coming:
        return
    others = facts.enrollments_between(
        [wanted.track.pk], coming[0].local_date, max(one.local_date for one in coming)
    )
    person = str(wanted.client.pk)
    others = tuple(one for one in others if one.person != person)
    booked = facts.make_ups_of(rows)
    rosters = [roster(one, others, booked) for one in coming]
    met = conflicts(person, rosters, safety_facts.no_contact_pairs([wanted.client.pk]))
    if met:
        raise must_not_meet(met)
    _check_seats(wanted, rosters)


def _check_seats(wanted: _Wanted, rosters: Sequence[Roster]) -> None:
    person, limits = str(wanted.client.pk), course_rules().limits
    full = [one for one in rosters if person not in one.places and free_seats(one, limits) == 0]
    if not full:
        return
    first, limit = full[0], size_limit(full[0].session, limits)
    last_full = full[-1].session.local_date
    later = [one for one in rosters if one.session.local_date > last_full]
    free_from = later[0].session.local_date if later else None
    raise errors.TrackFull(
        wanted.track.name, first.session.local_date, len(first.places), limit, free_from
    )


def _check_not_there_after(row: Enrollment, last_day: date) -> None:
    was_there = (
        Attendance.objects.filter(
            client_id=row.client_id,
            session__track_id=row.track_id,
            session__local_date__gt=last_day,
            place=Place.ENROLLED.value,
        )
        .exclude(status="")
        .select_related("session")
        .order_by("-session__local_date")
        .first()
    )
    if was_there:
        raise errors.AttendedLater(was_there.session.local_date)


# ---- reading, locking, writing -----------------------------------------------------------------


def _lock_tracks(track_ids: Iterable[UUID]) -> dict[UUID, Track]:
    """Lock tracks, always in the same order, so that two transfers never wait for each other."""
    wanted = set(track_ids)
    found = Track.objects.select_for_update(of=("self",)).select_related("program")
    rows = {one.pk: one for one in found.filter(pk__in=wanted).order_by("pk")}
    if len(rows) != len(wanted):
        raise NotHere
    return rows


def _lock_person(client_id: UUID) -> tuple[Client, Episode]:
    client = Client.objects.filter(pk=client_id).first()
    if client is None:
        raise NotHere
    episode = episodes.open_episode(client_id, lock=True)
    if episode is None:
        raise NoOpenEpisode(client.name)
    return client, episode


def _track_of(enrollment_id: UUID) -> UUID:
    found = Enrollment.objects.filter(pk=enrollment_id).values_list("track_id", flat=True).first()
    if found is None:
        raise NotHere
    return found


def _lock_enrollment(enrollment_id: UUID) -> Enrollment:
    row = Enrollment.objects.select_for_update().filter(pk=enrollment_id).first()
    if row is None:
        raise NotHere
    return row


def _days(days: Iterable[int], track: Track) -> frozenset[Weekday]:
    chosen = frozenset(Weekday(int(one)) for one in days)
    if not chosen <= set(track.days):
        raise errors.DaysNotMet(track.name)
    return frozenset() if chosen == set(track.days) else chosen


def _insert(
    wanted: _Wanted, by: Actor, at: datetime, enrollment_id: UUID | None = None
) -> Enrollment:
    return Enrollment.objects.create(
        id=enrollment_id or uuid4(),
        organization_id=by.organization_id,
        client=wanted.client,
        episode=wanted.episode,
        track=wanted.track,
        from_date=wanted.from_date,
        until_date=wanted.until_date,
        days=sorted(int(one) for one in wanted.days),
        enrolled_at=at,
        enrolled_by=by.name,
    )


def _end(row: Enrollment, last_day: date, reason: str, by: Actor) -> None:
    row.until_date, row.ended_by, row.end_reason = last_day, by.name, reason.strip()[:300]
    row.save(update_fields=["until_date", "ended_by", "end_reason"])


def _copy_pauses(old: Enrollment, new: Enrollment, by: Actor, at: datetime) -> None:
    for one in old.pauses.all():
        if one.until_date is None or one.until_date >= new.from_date:
            Pause.objects.create(
                organization_id=by.organization_id,
                enrollment=new,
                from_date=one.from_date,
                until_date=one.until_date,
                reason=one.reason,
                recorded_at=at,
                recorded_by=by.name,
            )


def _record(by: Actor, what: str, *rows: Enrollment) -> None:
    trail.record(
        by=by,
        action=Action.ENROLL,
        subjects=[
            trail.subject("client", rows[0].client_id),
            *(trail.subject("enrollment", one.pk) for one in rows),
            *(trail.subject("track", one.track_id) for one in rows),
        ],
        detail={"what": what},
    )


def _record_make_up(by: Actor, what: str, row: MakeUp) -> None:
    trail.record(
        by=by,
        action=Action.ENROLL,
        subjects=[
            trail.subject("client", row.client_id),
            trail.subject("make-up", row.pk),
            trail.subject("session", row.session_id),
        ],
        detail={"what": what},
    )
