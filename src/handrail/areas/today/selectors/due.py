"""What is due for someone: concerns, people to reach, notes, endings, licenses; no order yet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Window

from handrail.areas.admission.selectors import FirstContactDue, first_contacts_due
from handrail.areas.assessment.selectors.due_assessments import AssessmentDue, assessments_due
from handrail.areas.booking.selectors.bookings import SlotLine, screenings_of_today
from handrail.areas.clients.models import Client, Episode
from handrail.areas.consents.selectors.due_consents import ConsentDue, consents_due
from handrail.areas.enrollment.selectors.course import courses_of, how_far
from handrail.areas.inquiries.selectors.due_inquiries import InquiryDue, inquiries_due
from handrail.areas.ledger.selectors.due_ledger import (
    AgreementDue,
    RecommendationDue,
    agreements_due,
    recommendations_to_co_sign,
)
from handrail.areas.notes.models import Note, NoteState
from handrail.areas.organizations.models import Credential
from handrail.areas.organizations.selectors import credentials_running_out
from handrail.areas.outreach.models import Outreach
from handrail.areas.outreach.selectors import (
    RISKS,
    contacts_to_call,
    reached_by,
    steps_left,
    was_reached,
)
from handrail.areas.plans.models import Goal
from handrail.areas.referrals.models import Referral
from handrail.areas.referrals.selectors.referrals import (
    due_touches,
    returned_without_care,
    stopped_before_sending,
)
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.safety.selectors.due_safety import SafetyPlanDue, safety_plans_due
from handrail.areas.schedule.models import Enrollment, SessionFacilitator
from handrail.areas.screening.selectors.due_screening import CallDue, calls_due
from handrail.areas.sessions.selectors.groups_today import ToBeSigned, sees_every_group
from handrail.areas.waitlist.selectors import WaitingDue, waiting_due
from handrail.core.access import Action, Actor, Role, can_access
from handrail.core.referrals import State as ReferralState
from handrail.core.referrals import is_overdue
from handrail.core.today import Due, What
from handrail.data import note_rules

OF_A_KIND = 12
"""How many things of one kind are shown."""
LICENSES_AHEAD = timedelta(days=60)
BACK_FOR = timedelta(days=30)
"""For how long somebody who is back and not in care yet stands on Today."""


@dataclass(frozen=True, slots=True)
class FlagDue:
    """An open concern that someone looks at again."""

    due: Due
    client_id: UUID
    name: str
    kind: FlagKind
    why: str
    review_date: date | None
    owner: str
    mine: bool


@dataclass(frozen=True, slots=True)
class OutreachDue:
    """Someone who was not there and is to be reached. `next_step` is empty when all are taken, or
    when they were reached, at `reached_at`: then only closing it is left.
    """

    due: Due
    outreach_id: UUID
    client_id: UUID
    name: str
    why: str
    attempts: int
    next_step: str
    reached_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotesDue:
    """A session whose notes the reader signs."""

    due: Due
    group: ToBeSigned


@dataclass(frozen=True, slots=True)
class CoSignDue:
    """Notes of one colleague that wait for a co-signature."""

    due: Due
    signer: str
    notes: int


@dataclass(frozen=True, slots=True)
class EndingDue:
    """A course that is about to end, or has no session to go while its membership is open.

    `last_day` None: not on the calendar, or nothing to go. `goals_met` is asked only of courses
    with nothing to go: whether every goal of the plan is met.
    """

    due: Due
    client_id: UUID
    name: str
    done: int
    planned: int
    to_go: int
    last_day: date | None
    goals_met: bool


@dataclass(frozen=True, slots=True)
class ScreeningDue:
    """A screening that is booked today and that nobody has marked yet."""

    due: Due
    slot: SlotLine


@dataclass(frozen=True, slots=True)
class LicenseDue:
    """A license that runs out."""

    due: Due
    membership_id: UUID
    name: str
    title: str
    issuer: str
    expires_date: date


@dataclass(frozen=True, slots=True)
class ReturnDue:
    """A day to get in touch about someone who was referred to other care. `overdue`: they were
    expected back and have not come.

    `admits`: their day is here, they are in no care, and the reader may admit them; `back`: they
    have come already. `back_to` is the level they step down to. `stopped` says why papers that
    waited were not sent.
    """

    due: Due
    referral_id: UUID
    client_id: UUID
    name: str
    why: str
    to: str
    due_date: date
    overdue: bool
    back_to: str = ""
    admits: bool = False
    back: bool = False
    stopped: str = ""


Row: TypeAlias = (
    FlagDue
    | OutreachDue
    | NotesDue
    | CoSignDue
    | InquiryDue
    | CallDue
    | EndingDue
    | ConsentDue
    | FirstContactDue
    | WaitingDue
    | ReturnDue
    | ScreeningDue
    | LicenseDue
    | SafetyPlanDue
    | AgreementDue
    | RecommendationDue
    | AssessmentDue
)


class DueFor:
    """What is due for one person. `more` counts what is left out, by kind."""

    def __init__(self, by: Actor, at: datetime, zone: str, signing: Iterable[ToBeSigned]) -> None:
        here = at.astimezone(ZoneInfo(zone)).date()
        self.more: dict[What, int] = {}
        rows: tuple[Row, ...] = (
            *_flags(by, zone, here, self.more),
            *_outreach(by, self.more),
            *_screenings(by, at, zone, self.more),
            *safety_plans_due(by=by, here=here, zone=zone),
            *_notes(by, signing, at),
            *_co_sign(by, self.more),
            *_inquiries(by, here, zone, self.more),
            *_endings(by, here, zone, self.more),
            *_consents(by, here, zone, self.more),
            *first_contacts_due(by=by, here=here, zone=zone),
            *_waiting(by, here, zone, self.more),
            *_returns(by, here, zone, self.more),
            *_licenses(by, here, zone, self.more),
            *calls_due(by),
            *_agreements(by, here, zone, self.more),
            *_recommendations(by, self.more),
            *assessments_due(by=by),
        )
        self.rows = tuple(one for one in rows if not _said_by_another(one, rows))


def _said_by_another(row: Row, rows: Iterable[Row]) -> bool:
    """An inquiry whose next step is a call under way or booked today stands there already."""
    if not isinstance(row, InquiryDue) or row.due.life or row.mandated_by:
        return False
    calls = {one.inquiry_id for one in rows if isinstance(one, CallDue)}
    booked = {
        one.slot.booked.inquiry_id
        for one in rows
        if isinstance(one, ScreeningDue) and one.slot.booked
    }
    return row.inquiry_id in calls | booked


# ---- reading -----------------------------------------------------------------------------------


def _flags(by: Actor, zone: str, here: date, more: dict[What, int]) -> list[FlagDue]:
    """Concerns of risk that the reader owns, or all of a supervisor's house; a no-contact flag
    only once its review is due.
    """
    if not can_access(by, Action.READ_CHART):
        return []
    found = Flag.objects.filter(
        Q(kind__in=RISKS) | Q(review_date__lte=here),
        organization_id=by.organization_id,
        closed_at__isnull=True,
    )
    if Role.SUPERVISOR not in by.roles:
        found = found.filter(owner__user_id=by.id)
    rows = _some(
        found.select_related("client", "owner__user").order_by(
            F("review_date").asc(nulls_first=True), "opened_at", "id"
        ),
        What.FLAG,
        more,
    )
    return [_flag(one, by, zone) for one in rows]


def _flag(row: Flag, by: Actor, zone: str) -> FlagDue:
    due_at = _day_ends(row.review_date, zone) if row.review_date else None
    return FlagDue(
        due=Due(What.FLAG, str(row.pk), due_at, life=row.kind in RISKS),
        client_id=row.client_id,
        name=row.client.name,
        kind=FlagKind(row.kind),
        why=row.why,
        review_date=row.review_date,
        owner=row.owner.user.name,
        mine=str(row.owner.user_id) == by.id,
    )


def _outreach(by: Actor, more: dict[What, int]) -> list[OutreachDue]:
    if not can_access(by, Action.SEE_OUTREACH):
        return []
    risk = Flag.objects.filter(
        client_id=OuterRef("client_id"), closed_at__isnull=True, kind__in=RISKS
    )
    mine = SessionFacilitator.objects.filter(
        session=OuterRef("session_id"), membership__user_id=by.id
    )
    found = Outreach.objects.filter(organization_id=by.organization_id, closed_at__isnull=True)
    if not sees_every_group(by):
        found = found.filter(Exists(mine))
    rows = _some(
        found.annotate(life=Exists(risk), was_reached=was_reached())
        .select_related("client")
        .prefetch_related("attempts")
        .order_by("was_reached", "-life", "due_at", "id"),
        What.OUTREACH,
        more,
    )
    contacts = contacts_to_call([one.client_id for one in rows])
    return [_reach(one, has_contact=one.client_id in contacts) for one in rows]


def _reach(row: Outreach, *, has_contact: bool) -> OutreachDue:
    attempts = list(row.attempts.all())
    reached = reached_by(attempts)
    tried = [(one.kind, one.result) for one in attempts]
    left = steps_left(row.steps, tried, has_contact=has_contact)
    return OutreachDue(
        due=Due(
            What.OUTREACH,
            str(row.pk),
            row.due_at,
            life=vars(row)["life"],
            settled=reached is not None,
        ),
        outreach_id=row.pk,
        client_id=row.client_id,
        name=row.client.name,
        why=row.why,
        attempts=len(attempts),
        next_step=left[0] if left else "",
        reached_at=reached.at if reached else None,
    )


def _screenings(by: Actor, at: datetime, zone: str, more: dict[What, int]) -> list[ScreeningDue]:
    rows = screenings_of_today(at=at, zone=zone, by=by)
    _leave_out(rows, What.SCREENING, more)
    return [
        ScreeningDue(Due(What.SCREENING, str(one.slot_id), one.starts_at), one)
        for one in rows[:OF_A_KIND]
    ]


def _notes(by: Actor, signing: Iterable[ToBeSigned], at: datetime) -> list[NotesDue]:
    """Sessions that the reader leads; for those who watch over all, others' once overdue."""
    if not can_access(by, Action.SIGN_NOTE):
        return []
    return [
        NotesDue(Due(What.NOTES, str(one.meeting.session_id), one.due_at), one)
        for one in signing
        if one.meeting.mine or one.due_at < at
    ][:OF_A_KIND]


def _co_sign(by: Actor, more: dict[What, int]) -> list[CoSignDue]:
    if not can_access(by, Action.CO_SIGN_NOTE):
        return []
    waiting = (
        Note.objects.filter(
            organization_id=by.organization_id, needs_co_signature=True, state=NoteState.SIGNED
        )
        .exclude(signed_by__user_id=by.id)
        .order_by()
        .values("signed_by_id", "signed_by__user__name")
        .annotate(notes=Count("pk"), oldest=Min("signed_at"))
        .order_by("oldest")
    )
    rows = list(waiting)
    _leave_out(rows, What.CO_SIGN, more)
    within = note_rules().co_sign_within
    return [
        CoSignDue(
            due=Due(What.CO_SIGN, str(one["signed_by_id"]), one["oldest"] + within),
            signer=one["signed_by__user__name"],
            notes=one["notes"],
        )
        for one in rows[:OF_A_KIND]
    ]


def _inquiries(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[InquiryDue]:
    rows = inquiries_due(by=by, here=here, zone=zone)
    _leave_out(rows, What.INQUIRY, more)
    return rows[:OF_A_KIND]


def _endings(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[EndingDue]:
    """Courses with no session or few to go, of people in the tracks that the reader leads. Those
    with none come first: the talk about what comes next is due now.
    """
    if not can_access(by, Action.SET_GOAL):
        return []
    few = note_rules().ending_within
    names = {str(one.pk): one for one in _in_tracks_of(by, here)}
    far = {
        key: one
        for key, one in how_far([one.pk for one in names.values()]).items()
        if one.planned and one.to_go <= few
    }
    done = [names[key].pk for key, one in far.items() if not one.to_go]
    courses = courses_of([names[key].pk for key, one in far.items() if one.to_go])
    last = {key: one.projected_last_day for key, one in courses.items()}
    near = sorted(
        far, key=lambda key: (far[key].to_go > 0, last.get(key) or here, names[key].name, key)
    )
    _leave_out(near, What.ENDING, more)
    met = _with_goals_met(done)
    return [
        EndingDue(
            due=Due(
                What.ENDING, key, _day_ends(last[key] or here, zone) if far[key].to_go else None
            ),
            client_id=names[key].pk,
            name=names[key].name,
            done=far[key].done,
            planned=far[key].planned,
            to_go=far[key].to_go,
            last_day=last.get(key),
            goals_met=names[key].pk in met,
        )
        for key in near[:OF_A_KIND]
    ]


def _with_goals_met(clients: Collection[UUID]) -> set[UUID]:
    """Those whose open episode has goals and each of them is met; dropped ones aside."""
    goals: dict[UUID, list[bool]] = {}
    rows = Goal.objects.filter(
        client_id__in=clients, episode__closed_date__isnull=True, dropped_date__isnull=True
    )
    for client, met_date in rows.values_list("client_id", "met_date"):
        goals.setdefault(client, []).append(met_date is not None)
    return {client for client, met in goals.items() if all(met)}


def _in_tracks_of(by: Actor, here: date) -> QuerySet[Client]:
    """Those in care who belong to a track that the reader leads."""
    enrolled = Enrollment.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=here),
        organization_id=by.organization_id,
        track__facilitators__membership__user_id=by.id,
        from_date__lte=here,
        episode__closed_date__isnull=True,
    )
    return Client.objects.filter(pk__in=enrolled.values("client_id"))


def _consents(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[ConsentDue]:
    rows = consents_due(by, here, zone)
    _leave_out(rows, What.CONSENT, more)
    return rows[:OF_A_KIND]


def _waiting(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[WaitingDue]:
    rows = waiting_due(by=by, here=here, zone=zone)
    _leave_out(rows, What.WAITING, more)
    return rows[:OF_A_KIND]


def _licenses(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[LicenseDue]:
    rows = credentials_running_out(by=by, until=here + LICENSES_AHEAD)
    _leave_out(rows, What.LICENSE, more)
    return [_license(one, zone) for one in rows[:OF_A_KIND]]


def _license(row: Credential, zone: str) -> LicenseDue:
    expires = row.expires_date or date.max  # never None: the selector asks for days alone
    return LicenseDue(
        due=Due(What.LICENSE, str(row.pk), _day_ends(expires, zone)),
        membership_id=row.membership_id,
        name=row.membership.user.name,
        title=row.title,
        issuer=row.issuer,
        expires_date=expires,
    )


_WATCHES_ALL = {Role.SUPERVISOR, Role.INTAKE_COORDINATOR, Role.PROGRAM_DIRECTOR}


def _agreements(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[AgreementDue]:
    """All of the house for those who watch over it; for others, those in the tracks they lead."""
    only = None if by.roles & _WATCHES_ALL else _in_tracks_of(by, here)
    rows = agreements_due(by=by, here=here, zone=zone, only=only)
    _leave_out(rows, What.AGREEMENT, more)
    return rows[:OF_A_KIND]


def _recommendations(by: Actor, more: dict[What, int]) -> list[RecommendationDue]:
    rows = recommendations_to_co_sign(by=by)
    _leave_out(rows, What.CO_SIGN_RECOMMENDATION, more)
    return rows[:OF_A_KIND]


def _some(found: QuerySet, what: What, more: dict[What, int]) -> list:  # type: ignore[type-arg]
    """The first of these, and in `more` how many are left out, in one query."""
    rows = list(found.annotate(in_all=Window(Count("pk")))[:OF_A_KIND])
    if rows and rows[0].in_all > len(rows):
        more[what] = rows[0].in_all - len(rows)
    return rows


def _returns(by: Actor, here: date, zone: str, more: dict[What, int]) -> list[ReturnDue]:
    """Who is back and not in care yet, then the calls that are due about whoever the reader
    referred elsewhere, one for each person.
    """
    if not can_access(by, Action.REFER):
        return []
    first = {one.referral_id: one for one in reversed(due_touches(by=by, until=here))}
    back = returned_without_care(by=by, since=here - BACK_FOR)
    rows = [(one, _day_of(one, zone), "") for one in stopped_before_sending(by=by)]
    rows += [(one, one.since_date, "") for one in back]
    rows += [(one.referral, one.due_date, one.why) for one in first.values()]
    in_care = set(
        Episode.objects.filter(
            client_id__in=[one.client_id for one, _, _ in rows], closed_date__isnull=True
        ).values_list("client_id", flat=True)
    )
    _leave_out(rows, What.RETURN, more)
    may_admit = can_access(by, Action.ADMIT)
    return [
        _return(one, day, why, here, zone, admits=may_admit and one.client_id not in in_care)
        for one, day, why in rows[:OF_A_KIND]
    ]


def _day_of(one: Referral, zone: str) -> date:
    papers = one.disclosure
    stopped_at = papers.stopped_at if papers else None
    return stopped_at.astimezone(ZoneInfo(zone)).date() if stopped_at else one.since_date


def _return(
    one: Referral, day: date, why: str, here: date, zone: str, *, admits: bool
) -> ReturnDue:
    state, expected = ReferralState(one.state), one.expected_return_date
    back = state is ReferralState.RETURNED
    their_day = state is ReferralState.ADMITTED and expected is not None and expected <= here
    if their_day and expected and admits:
        # The return is what is due, whatever call was not written down before.
        day, why = expected, ""
    return ReturnDue(
        due=Due(What.RETURN, str(one.pk), _day_ends(day, zone)),
        referral_id=one.pk,
        client_id=one.client_id,
        name=one.client.name,
        why=why,
        to=one.to_name,
        due_date=day,
        overdue=is_overdue(state, expected, here),
        back_to=one.back_to,
        admits=admits and (back or their_day),
        back=back,
        stopped=one.disclosure.stopped_why
        if state is ReferralState.PREPARED and one.disclosure
        else "",
    )


def _leave_out(rows: Sequence[object], what: What, more: dict[What, int]) -> None:
    if len(rows) > OF_A_KIND:
        more[what] = len(rows) - OF_A_KIND


def _day_ends(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))
