"""What an admission looks at: what is on file, which track fits, the course, first days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from handrail.areas.admission.errors import FirstSessionBegan, StillOpen
from handrail.areas.admission.models import FirstContact
from handrail.areas.booking.models import PublishedProgram
from handrail.areas.clients.models import Client, Contact, Episode
from handrail.areas.clients.selectors import episodes
from handrail.areas.consents.selectors.consents import consents_of, notices_of
from handrail.areas.coverage.models import Coverage
from handrail.areas.coverage.selectors.coverage import primary
from handrail.areas.enrollment.selectors.seats import (
    fewest_free,
    members_of,
    rosters_to_come,
    sessions_to_come,
)
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.ledger.models import Agreement
from handrail.areas.ledger.selectors.ledger import latest_agreement
from handrail.areas.outreach.selectors import RISKS
from handrail.areas.recommendations.models import Recommendation
from handrail.areas.recommendations.selectors import recommendations_of
from handrail.areas.referrals.models import Referral
from handrail.areas.referrals.selectors.referrals import referral_back
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.safety.models import Flag
from handrail.areas.safety.selectors.safety_plans import when_of_safety_plan
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Closure, Session, Track
from handrail.core.access import Action, Actor, NotHere, can_access, check_access
from handrail.core.admission import (
    Facts,
    Fit,
    Group,
    Point,
    Weekly,
    Wish,
    checklist,
    clashes_of,
    fits_of,
    to_confirm,
)
from handrail.core.consents import ConsentKind
from handrail.core.course.enrollment import Enrollment
from handrail.core.course.schedule import Weekday
from handrail.core.inquiries import ENDED
from handrail.data import care_catalogue

_OF_A_KIND = 12


@dataclass(frozen=True, slots=True)
class Ready:
    """Someone before an admission: what is on file, and where they come from.

    `levels` are the levels of care the referral leads back to, else agreed, else recommended.
    """

    client: Client
    points: tuple[Point, ...]
    episode: Episode | None
    levels: tuple[str, ...]
    back: Referral | None
    inquiries: tuple[Inquiry, ...]
    earlier: int


def ready(client_id: UUID, *, by: Actor, today: date) -> Ready:
    """What an admission of this person looks at. Raises NotHere for anyone else's."""
    check_access(by, Action.READ_CHART)
    client = Client.objects.filter(organization_id=by.organization_id, pk=client_id).first()
    if client is None:
        raise NotHere
    made = [one for one in recommendations_of(client_id, by=by) if one.voided_at is None]
    back, agreed = referral_back(client_id, by=by), latest_agreement(client_id, by=by)
    return Ready(
        client=client,
        points=checklist(_facts(client, made, agreed, by, today)),
        episode=episodes.open_episode(client_id),
        levels=_levels(made, agreed, back),
        back=back,
        inquiries=tuple(
            Inquiry.objects.filter(client=client)
            .exclude(stage__in=[one.value for one in ENDED])
            .order_by("came_at", "id")
        ),
        earlier=client.episodes.filter(closed_date__isnull=False).count(),
    )


def _facts(
    client: Client,
    made: Sequence[Recommendation],
    agreed: Agreement | None,
    by: Actor,
    today: date,
) -> Facts:
    signed = consents_of(client.pk, by=by, on=today)
    care = [one for one in signed if one.consent.kind is ConsentKind.CARE and one.standing.holds]
    return Facts(
        notice=bool(notices_of(client.pk, by=by)),
        consent=bool(care),
        recommended=bool(made),
        agreed=agreed is not None if made or agreed else None,
        at_risk=Flag.objects.filter(client=client, closed_at__isnull=True, kind__in=RISKS).exists(),
        safety_plan=when_of_safety_plan(client.pk, by=by) is not None,
        contact=Contact.objects.filter(
            client=client, ended_at__isnull=True, may_know__contains=["emergency"]
        )
        .exclude(phone="")
        .exists(),
        coverage=_has_coverage(client, by, today),
        age=client.age(today),
    )


def _has_coverage(client: Client, by: Actor, today: date) -> bool:
    """Whoever may not see coverage, such as the demo program, still learns that there is one."""
    if can_access(by, Action.SEE_COVERAGE):
        return primary(client.pk, by=by, on=today) is not None
    return Coverage.objects.filter(client=client, voided_at__isnull=True).exists()


def _levels(
    made: Sequence[Recommendation], agreed: Agreement | None, back: Referral | None
) -> tuple[str, ...]:
    if back and back.back_to:
        return (back.back_to,)
    if agreed and agreed.level in care_catalogue().levels:
        return (agreed.level,)
    newest = next((one.level for one in made if one.level), "")
    return (newest,) if newest else ()


# ---- tracks ------------------------------------------------------------------------------------


def track_fits(
    client: Client, *, wish: Wish, from_date: date, by: Actor
) -> tuple[tuple[Fit, Track], ...]:
    """Every track that goes on, with what speaks against it for this person from that day on.

    Whom they must not meet is added to the wish here. A fixed number of queries.
    """
    check_access(by, Action.SEE_GROUPS)
    rows = {
        str(one.pk): one
        for one in facts.tracks_with_facts().filter(ended_date__isnull=True).order_by("pk")
    }
    apart = frozenset(
        key
        for one in safety_facts.no_contact_pairs([client.pk])
        for key in (one.one, one.other)
        if key != str(client.pk)
    )
    whole = Wish(wish.levels, wish.busy, wish.modality, wish.language, wish.age, apart)
    groups = _groups(rows.values(), client, from_date)
    return tuple((one, rows[one.group.key]) for one in fits_of(whole, groups))


def _groups(tracks: Collection[Track], client: Client, from_date: date) -> list[Group]:
    coming = sessions_to_come([one.pk for one in tracks], from_date)
    all_rows = [one for rows in coming.values() for one in rows]
    members = members_of(tracks, all_rows)
    booked = facts.make_ups_of(all_rows)
    programs = [one.program_id for one in tracks]
    published = {
        one.program_id: one
        for one in PublishedProgram.objects.filter(
            program_id__in=programs, withdrawn_at__isnull=True
        )
    }
    person = str(client.pk)
    found = []
    for track in tracks:
        rosters = rosters_to_come(coming[track.pk], members, booked)
        said = published.get(track.program_id)
        there = {key for one in rosters for key in (*one.people, *one.session.facilitators)}
        found.append(
            Group(
                key=str(track.pk),
                name=track.name,
                level=track.program.level,
                meets=weekly(track),
                planned=len(rosters),
                free=fewest_free(rosters),
                modality=track.modality,
                people=frozenset(there - {person}),
                languages=tuple(said.languages) if said else (),
                ages_from=said.ages_from if said else None,
                ages_to=said.ages_to if said else None,
            )
        )
    return found


def weekly(track: Track) -> tuple[Weekly, ...]:
    """When a track meets in a week."""
    known = facts.track_facts(track)
    begins = track.start.hour * 60 + track.start.minute
    minutes = sum(one.minutes for one in known.segments)
    return tuple(Weekly(int(day), begins, begins + minutes) for day in sorted(known.days))


# ---- the course --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LaidDay:
    """One session of a course that is laid out. `moved_from` is the closed day it comes from."""

    local_date: date
    starts_at: datetime
    start: time
    moved_from: date | None
    moved_reason: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A course as it would be: its sessions in order, and the closed days in between.

    `missing` is how many sessions of the planned number are not on the calendar yet.
    """

    track: Track
    days: tuple[LaidDay, ...]
    closed: tuple[Closure, ...]
    planned: int

    @property
    def missing(self) -> int:
        """Sessions that still have to be put on the calendar."""
        return max(0, self.planned - len(self.days))

    @property
    def last_day(self) -> date | None:
        """The last day, once all of the course is on the calendar."""
        return self.days[-1].local_date if self.days and not self.missing else None


def lay_out(
    track_id: UUID,
    *,
    from_date: date,
    days: Collection[int],
    busy: Collection[Weekly],
    by: Actor,
) -> Laid:
    """The course of someone who would begin on that day and come on those weekdays (empty: all)."""
    check_access(by, Action.SEE_GROUPS)
    track = facts.tracks_with_facts().filter(pk=track_id, ended_date__isnull=True).first()
    if track is None:
        raise NotHere
    wanted = Enrollment("", str(track.pk), from_date, None, frozenset(Weekday(one) for one in days))
    rows = [
        one
        for one in sessions_to_come([track.pk], from_date)[track.pk]
        if wanted.expects(facts.session_facts(one))
    ][: track.program.sessions]
    laid = tuple(_laid(one, busy) for one in rows)
    closed = (
        Closure.objects.filter(local_date__range=(from_date, laid[-1].local_date)).order_by(
            "local_date"
        )
        if laid
        else ()
    )
    return Laid(track, laid, tuple(closed), track.program.sessions)


def still_open(points: Iterable[Point]) -> StillOpen | None:
    """What is asked about what is open on the list; None when nothing is."""
    missing = tuple(one.words for one in to_confirm(points))
    return StillOpen(missing) if missing else None


def about_first_session(laid: Laid, at: datetime) -> FirstSessionBegan | None:
    """What is asked when the first session of a course has begun by now; None when it has not."""
    if not laid.days or laid.days[0].starts_at > at:
        return None
    return FirstSessionBegan(laid.days[0].local_date, laid.days[0].start)


def _laid(row: Session, busy: Collection[Weekly]) -> LaidDay:
    known = facts.session_facts(row)
    begins = row.start.hour * 60 + row.start.minute
    time_of_it = Weekly(row.local_date.weekday(), begins, begins + known.minutes)
    return LaidDay(
        local_date=row.local_date,
        starts_at=row.starts_at,
        start=row.start,
        moved_from=row.moved_from_date,
        moved_reason=row.moved_reason,
        clash=bool(clashes_of(busy, [time_of_it])),
    )


# ---- the first days ----------------------------------------------------------------------------


def first_contacts_of(client_id: UUID, *, by: Actor) -> tuple[FirstContact, ...]:
    """The first contacts of the episode that is open, in order of their days."""
    check_access(by, Action.READ_CHART)
    rows = FirstContact.objects.filter(client_id=client_id, episode__closed_date__isnull=True)
    return tuple(rows.order_by("due_date", "id"))


def whose_first_contact(first_contact_id: UUID, *, by: Actor) -> UUID:
    """The client whom a first contact is about. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = FirstContact.objects.filter(
        organization_id=by.organization_id, pk=first_contact_id
    ).values_list("client_id", flat=True)
    client_id = found.first()
    if client_id is None:
        raise NotHere
    return client_id
