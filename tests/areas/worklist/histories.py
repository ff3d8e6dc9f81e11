"""Random histories of services: what people do at a program, in any order.

Each act takes chance and the moment, picks rows that are there, and calls one service. What the
service refuses is refused: an act that changed nothing is a part of a history too.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from handrail.areas.admission import services as admission
from handrail.areas.admission.models import FirstContact
from handrail.areas.assessment import services as assessments
from handrail.areas.assessment.models import Assessment
from handrail.areas.booking.models import Booking, ScreeningSlot
from handrail.areas.booking.services import bookings
from handrail.areas.clients import services as charts
from handrail.areas.clients.models import Client, Contact, Episode
from handrail.areas.clients.services import contacts
from handrail.areas.consents.models import Consent, Disclosure
from handrail.areas.consents.services import consents, disclosures
from handrail.areas.enrollment.models import Attendance
from handrail.areas.enrollment.services import discharge, enrollment
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services import merging
from handrail.areas.inquiries.services import next_steps as carrying
from handrail.areas.inquiries.services import record_inquiry as taking
from handrail.areas.ledger.services import agreements
from handrail.areas.notes.models import Note
from handrail.areas.notes.services import notes
from handrail.areas.organizations import services as organizations
from handrail.areas.organizations.models import Credential, Membership
from handrail.areas.outreach.models import Outreach
from handrail.areas.outreach.services import outreach
from handrail.areas.plans import services as goals
from handrail.areas.plans.models import Goal
from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.areas.recommendations.services import confirmations, recommendations
from handrail.areas.referrals import services as referrals
from handrail.areas.referrals.models import Referral, ReferralTouch
from handrail.areas.safety.models import Flag, SafetyPlan
from handrail.areas.safety.services import flags
from handrail.areas.safety.services import safety_plans as safety
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import (
    Closure,
    Enrollment,
    MakeUp,
    Pause,
    Program,
    Session,
    Track,
)
from handrail.areas.schedule.services import calendar, closed_days, planning
from handrail.areas.screening.models import Screening
from handrail.areas.screening.services import screening, screening_end
from handrail.areas.sessions.services import board, closing
from handrail.areas.waitlist import services as waiting
from handrail.areas.waitlist.models import WaitingPlace
from handrail.core.access import Actor
from handrail.core.course.attendance import Absent, Present
from tests.areas.assessment.assessing import write_everything
from tests.areas.ledger.ledgers import DETOX, IOP_PLACED, found


class House:
    """One program with its people, and the moment it is. `pick` is None where there is nothing."""

    def __init__(self, program, chance: Random, at) -> None:
        self.program, self.chance, self.at = program, chance, at
        self.ruth = program.actor("ruth")
        self.ines = program.actor("ines")
        self.paul = program.actor("paul")
        self.helen = program.actor("helen")
        self.mara = program.actor("mara")
        self.dev = program.actor("dev")
        self.carmen = program.actor("carmen")

    def pick(self, rows):
        keys = sorted(rows.order_by().values_list("pk", flat=True).distinct(), key=str)
        return rows.model.objects.get(pk=self.chance.choice(keys)) if keys else None

    def client(self) -> Client:
        return self.pick(Client.objects.filter(episodes__closed_date__isnull=True))

    def member(self) -> Membership:
        names = ("ruth", "ines", "paul", "mara", "dev")
        return self.program.place(self.chance.choice(names))

    def clinician(self) -> Actor:
        return self.chance.choice((self.ruth, self.mara, self.dev))

    def day(self, first: int = 1, last: int = 40) -> date:
        return self.at.date() + timedelta(days=self.chance.randint(first, last))


Act = Callable[[House], object]
ACTS: list[Act] = []


def act(made: Act) -> Act:
    ACTS.append(made)
    return made


# ---- flags, plans, contacts, consents ----------------------------------------------------------


@act
def raise_flag(h):
    kind = h.chance.choice(("suicide_risk", "overdose_risk"))
    review = h.chance.choice((None, h.day()))
    flags.raise_flag(
        client_id=h.client().pk, kind=kind, why="said something tonight", review_date=review,
        owner_id=h.member().pk, by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def close_flag(h):
    words = "Three weeks without such thoughts, a plan, and a sister who calls every evening."
    flags.close_flag(
        flag_id=h.pick(Flag.objects.filter(closed_at=None)).pk,
        formulation=words,
        by=h.ruth,
        at=h.at,
    )


@act
def review_plan(h):
    plan = h.pick(SafetyPlan.objects.all())
    safety.look_again(
        client_id=plan.client_id, words="Went through it, it still holds.", next_look=h.day(1, 20),
        owner_id=h.member().pk, by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def decline_plan(h):
    safety.decline_safety_plan(
        client_id=h.client().pk, reason="does not want one today", ask_again=h.day(1, 20),
        instead="gave the crisis line and naloxone", owner_id=h.member().pk, by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def record_contact(h):
    contacts.record_contact(
        client_id=h.client().pk, name="Marguerite Ames", relationship="sibling", phone="5550117",
        may_know=h.chance.choice((["attendance"], ["emergency"])), call_if_missed=True,
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def end_contact(h):
    contacts.end_contact(
        contact_id=h.pick(Contact.objects.filter(ended_at=None)).pk, by=h.ines, at=h.at
    )


@act
def end_consent(h):
    held = Consent.objects.filter(ended_at=None, signed_at__isnull=False)
    consents.end_consent(
        consent_id=h.pick(held).pk, ended="false", why="the name was wrong", by=h.ines, at=h.at
    )


@act
def revoke_consent(h):
    held = Consent.objects.filter(ended_at=None, signed_at__isnull=False)
    consents.revoke_consent(consent_id=h.pick(held).pk, said_how="phone", by=h.ines, at=h.at)


# ---- episodes, enrollment, goals ---------------------------------------------------------------


@act
def discharge_someone(h):
    discharge.discharge(
        episode_id=h.pick(Episode.objects.filter(closed_date=None)).pk,
        outcome=h.chance.choice(("completed", "dropped_out")), summary="Moves on with a plan.",
        by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def open_episode(h):
    charts.open_episode(
        client_id=h.pick(Client.objects.all()).pk, level="iop", opened_date=h.at.date(),
        reason="back again", by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def enroll(h):
    """Someone in care whose membership has ended."""
    free = Client.objects.filter(episodes__closed_date=None, episodes__isnull=False).exclude(
        pk__in=Enrollment.objects.filter(until_date=None).values("client_id")
    )
    enrollment.enroll(
        client_id=h.pick(free).pk, track_id=h.pick(Track.objects.all()).pk, from_date=h.day(14, 20),
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def end_enrollment(h):
    enrollment.end_enrollment(
        enrollment_id=h.pick(Enrollment.objects.filter(until_date=None)).pk,
        last_day=h.day(0, 12), reason="moves away", by=h.ines, at=h.at,
    )  # fmt: skip


@act
def transfer(h):
    enrollment.transfer(
        enrollment_id=h.pick(Enrollment.objects.filter(until_date=None)).pk,
        track_id=h.pick(Track.objects.all()).pk, from_date=h.day(0, 9), reason="works evenings",
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def taper(h):
    row = h.pick(Enrollment.objects.filter(until_date=None))
    fewer = h.chance.sample(row.track.days, max(1, len(row.track.days) - 1))
    enrollment.taper(enrollment_id=row.pk, days=fewer, from_date=h.day(0, 9), by=h.ines, at=h.at)


@act
def pause(h):
    first = h.day(0, 9)
    enrollment.pause(
        enrollment_id=h.pick(Enrollment.objects.filter(until_date=None)).pk, from_date=first,
        until_date=h.chance.choice((None, first + timedelta(days=6))), reason="on vacation",
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def end_pause(h):
    away = h.pick(Pause.objects.filter(until_date=None))
    last = away.from_date + timedelta(days=3)
    enrollment.end_pause(pause_id=away.pk, last_day=last, by=h.ines, at=h.at)


@act
def book_make_up(h):
    ahead = Session.objects.filter(state="planned", starts_at__gt=h.at)
    enrollment.book_make_up(
        client_id=h.client().pk, session_id=h.pick(ahead).pk, by=h.ines, at=h.at
    )


@act
def cancel_make_up(h):
    enrollment.cancel_make_up(
        make_up_id=h.pick(MakeUp.objects.filter(canceled_at=None)).pk, by=h.ines, at=h.at
    )


@act
def set_goal(h):
    goals.set_goal(
        client_id=h.client().pk, words="One evening at a time", on_date=h.at.date(),
        by=h.mara, at=h.at,
    )  # fmt: skip


@act
def meet_goal(h):
    goals.meet_goal(
        goal_id=h.pick(Goal.objects.filter(met_date=None, dropped_date=None)).pk,
        on_date=h.at.date(), by=h.mara, at=h.at,
    )  # fmt: skip


@act
def drop_goal(h):
    goals.drop_goal(
        goal_id=h.pick(Goal.objects.filter(met_date=None, dropped_date=None)).pk,
        on_date=h.at.date(), by=h.mara, at=h.at,
    )  # fmt: skip


# ---- sessions ----------------------------------------------------------------------------------


@act
def start_session(h):
    here = Session.objects.filter(state__in=["planned", "canceled"], local_date__lte=h.day(0, 1))
    board.start_session(session_id=h.pick(here).pk, by=h.ruth, at=h.at)


@act
def mark(h):
    there = Attendance.objects.filter(session__state="in progress")
    row = h.pick(there)
    seen = h.chance.choice((Absent(""), Absent("sick"), Present(0, None), Present(0, 60)))
    board.mark_attendance(
        session_id=row.session_id, client_id=row.client_id, seen=seen, base_version=row.version,
        by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def add_unannounced(h):
    on = Session.objects.filter(state="in progress")
    board.add_unannounced(session_id=h.pick(on).pk, client_id=h.client().pk, by=h.ruth, at=h.at)


@act
def close_attendance(h):
    on = h.pick(Session.objects.filter(state="in progress"))
    closing.close_attendance(session_id=on.pk, by=h.ruth, at=h.at, ended_early=True)


@act
def reopen_attendance(h):
    done = Session.objects.filter(state="to be signed")
    closing.reopen_attendance(session_id=h.pick(done).pk, by=h.ruth, at=h.at)


@act
def sign_notes(h):
    done = h.pick(Session.objects.filter(state="to be signed"))
    people = list(done.attendances.values_list("client_id", flat=True))
    by = h.chance.choice((h.ruth, h.carmen, h.mara))
    notes.sign_notes(session_id=done.pk, client_ids=people, acknowledged={}, by=by, at=h.at)


@act
def co_sign_note(h):
    waits = Note.objects.filter(needs_co_signature=True, state="signed")
    notes.co_sign(note_id=h.pick(waits).pk, by=h.ruth, at=h.at)


@act
def void_note(h):
    recent = Note.objects.exclude(state="voided").filter(
        local_date__gte=h.at.date() - timedelta(days=14)
    )
    notes.void_note(note_id=h.pick(recent).pk, reason="two people mixed up", by=h.ruth, at=h.at)


@act
def try_to_reach(h):
    kind, result = h.chance.choice(
        (("call", "no_answer"), ("call", "reached"), ("text", "left_message"))
    )
    outreach.log_attempt(
        outreach_id=h.pick(Outreach.objects.filter(closed_at=None)).pk, kind=kind, result=result,
        by=h.mara, at=h.at,
    )  # fmt: skip


@act
def close_outreach(h):
    outreach.close_outreach(
        outreach_id=h.pick(Outreach.objects.filter(closed_at=None)).pk, outcome="reached",
        words="fine", by=h.mara, at=h.at,
    )  # fmt: skip


# ---- the calendar ------------------------------------------------------------------------------


@act
def move_session(h):
    ahead = h.pick(Session.objects.filter(state="planned", starts_at__gt=h.at))
    who = h.chance.sample([h.program.place(one).pk for one in ("mara", "dev", "ruth")], 2)
    calendar.change_session(
        session_id=ahead.pk, reason="the room floods", by=h.paul, at=h.at,
        local_date=h.chance.choice((None, ahead.local_date + timedelta(days=1))),
        facilitators=h.chance.choice((None, who)),
    )  # fmt: skip


@act
def change_pattern(h):
    ahead = h.pick(Session.objects.filter(state="planned", starts_at__gt=h.at))
    who = h.chance.sample([h.program.place(one).pk for one in ("mara", "dev", "ruth")], 1)
    calendar.change_session_and_later(session_id=ahead.pk, facilitators=who, by=h.paul, at=h.at)


@act
def cancel_session(h):
    ahead = h.pick(Session.objects.filter(state__in=["planned", "to be signed"]))
    calendar.cancel_session(session_id=ahead.pk, reason="snow", by=h.paul, at=h.at)


@act
def restore_session(h):
    gone = h.pick(Session.objects.filter(state="canceled"))
    calendar.restore_session(session_id=gone.pk, by=h.paul, at=h.at)


@act
def close_day(h):
    closed_days.close_day(local_date=h.day(2, 20), reason="staff day", by=h.paul, at=h.at)


@act
def reopen_day(h):
    closed_days.reopen_day(closure_id=h.pick(Closure.objects.all()).pk, by=h.paul, at=h.at)


@act
def lay_out(h):
    track = h.pick(Track.objects.filter(ended_date=None))
    planning.lay_out(track_id=track.pk, until=h.day(85, 120), by=h.paul, at=h.at)


# ---- asking for help ---------------------------------------------------------------------------


@act
def take_inquiry(h):
    taking.take_inquiry(
        caller_name="Ola Brandt", caller_phone="5550123", next_step_date=h.day(0, 5),
        mandated_by=h.chance.choice(("", "Franklin County court")), mandated_by_date=h.day(3, 30),
        owner_id=h.member().pk, by=h.ines, at=h.at,
    )  # fmt: skip


@act
def carry_on(h):
    found = h.pick(Inquiry.objects.filter(closed_at=None))
    carrying.carry_on(
        inquiry_id=found.pk, stage=found.stage, next_step="Call again",
        next_step_date=h.day(0, 9), owner_id=h.member().pk, by=h.ines, at=h.at,
    )  # fmt: skip


@act
def close_inquiry(h):
    carrying.close_inquiry(
        inquiry_id=h.pick(Inquiry.objects.filter(closed_at=None)).pk, why="went elsewhere",
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def merge_inquiries(h):
    both = Inquiry.objects.filter(closed_at=None)
    merging.merge_inquiries(inquiry_id=h.pick(both).pk, into_id=h.pick(both).pk, by=h.ines, at=h.at)


@act
def start_call(h):
    found = h.pick(Inquiry.objects.filter(closed_at=None))
    screening.start_screening(inquiry_id=found.pk, holder_id=h.member().pk, by=h.ines, at=h.at)


@act
def danger_on_a_call(h):
    call = h.pick(Screening.objects.filter(ended_at=None))
    screening.record_step(
        screening_id=call.pk, kind="suicide", step="called", words="988", by=h.ines, at=h.at
    )


@act
def hand_over_call(h):
    call = h.pick(Screening.objects.filter(ended_at=None))
    screening.hand_over(screening_id=call.pk, to_id=h.member().pk, by=h.ines, at=h.at)


@act
def end_call(h):
    call = h.pick(Screening.objects.filter(ended_at=None))
    screening_end.finish_screening(
        screening_id=call.pk, outcome="follow_up", follow_up_date=h.day(), by=h.ines, at=h.at
    )


@act
def book_screening(h):
    free = h.pick(ScreeningSlot.objects.filter(starts_at__gt=h.at, withdrawn_at=None))
    person = bookings.Person(called="Jo", phone=f"555{h.chance.randint(1000, 9999)}")
    bookings.book(slot_id=free.pk, person=person, by=h.ines, at=h.at)


@act
def move_booking(h):
    free = h.pick(ScreeningSlot.objects.filter(starts_at__gt=h.at, withdrawn_at=None))
    booked = h.pick(Booking.objects.filter(state="booked"))
    bookings.move_booking(booking_id=booked.pk, slot_id=free.pk, by=h.ines, at=h.at)


@act
def cancel_booking(h):
    booked = h.pick(Booking.objects.filter(state="booked"))
    bookings.cancel_booking(booking_id=booked.pk, by=h.ines, at=h.at)


@act
def record_came(h):
    booked = h.pick(Booking.objects.exclude(state="canceled"))
    bookings.record_came(
        booking_id=booked.pk, came=h.chance.choice((True, False)), by=h.ines, at=h.at
    )


@act
def put_on_list(h):
    waiting.put_on(
        client_id=h.pick(Client.objects.all()).pk, program_id=h.pick(Program.objects.all()).pk,
        priority=h.chance.choice(("pregnant", "injects", "others")), source="said so",
        by=h.ines, at=h.at,
    )  # fmt: skip


@act
def reach_waiting(h):
    row = h.pick(WaitingPlace.objects.filter(ended_at=None))
    waiting.attempt(waiting_id=row.pk, way="call", outcome="no_answer", by=h.ines, at=h.at)


@act
def offer_meanwhile(h):
    row = h.pick(WaitingPlace.objects.filter(ended_at=None))
    waiting.offer_meanwhile(
        waiting_id=row.pk, services=(), instead="a weekly call", by=h.ines, at=h.at
    )


@act
def end_waiting(h):
    row = h.pick(WaitingPlace.objects.filter(ended_at=None))
    waiting.end(waiting_id=row.pk, how="declined", by=h.ines, at=h.at)


@act
def admit(h):
    """Someone who was here before: they have signed what is needed."""
    signed = Consent.objects.filter(kind="care", ended_at=None, signed_at__isnull=False)
    back = Client.objects.filter(pk__in=signed.values("client_id")).exclude(
        pk__in=Episode.objects.filter(closed_date=None).values("client_id")
    )
    person, track = h.pick(back), h.pick(Track.objects.all())
    wanted = {
        "client_id": person.pk, "track_id": track.pk, "from_date": h.day(1, 5),
        "reason": "as agreed with the client", "by": h.ines, "at": h.at,
    }  # fmt: skip
    try:
        admission.admit(**wanted)
    except AskFirst as asked:
        admission.admit(**wanted, confirmed=asked.answer)


@act
def first_contact(h):
    row = h.pick(FirstContact.objects.filter(done_at=None))
    admission.log_first_contact(
        first_contact_id=row.pk, words="doing fine so far", by=h.ines, at=h.at
    )


# ---- placement ---------------------------------------------------------------------------------


@act
def begin_assessment(h):
    assessments.begin_assessment(client_id=h.client().pk, by=h.clinician(), at=h.at)


@act
def sign_assessment(h):
    row = h.pick(Assessment.objects.filter(state="draft"))
    write_everything(h.carmen, row.client, h.at)
    assessments.sign_assessment(client_id=row.client_id, by=h.carmen, at=h.at)


@act
def co_sign_assessment(h):
    row = h.pick(Assessment.objects.filter(state="signed"))
    assessments.co_sign_assessment(assessment_id=row.pk, by=h.helen, at=h.at)


@act
def void_assessment(h):
    row = h.pick(Assessment.objects.exclude(state__in=["draft", "voided"]))
    assessments.void_assessment(
        assessment_id=row.pk, reason="written about another person", by=h.ruth, at=h.at
    )


@act
def confirm(h):
    row = h.pick(Recommendation.objects.filter(voided_at=None))
    confirmations.confirm_recommendation(
        client_id=row.client_id, recommendation_id=row.pk,
        by=h.chance.choice((h.ines, h.carmen, h.dev)), at=h.at,
    )  # fmt: skip


@act
def co_sign_recommendation(h):
    row = h.pick(Confirmation.objects.filter(needs_co_signature=True, co_signed_at=None))
    confirmations.co_sign(confirmation_id=row.pk, by=h.helen, at=h.at)


@act
def void_recommendation(h):
    row = h.pick(Recommendation.objects.filter(voided_at=None))
    recommendations.void_recommendation(
        recommendation_id=row.pk, reason="about someone else", by=h.ruth, at=h.at
    )


@act
def agree(h):
    person = h.client()
    made = found(h.ruth, person, at=h.at)
    agreements.agree(
        client_id=person.pk, recommendation_id=made.pk, sequence=IOP_PLACED,
        accepted_by=["client", "payer"], review_date=h.day(5, 40), by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def decline_safety_care(h):
    person = h.client()
    made = found(h.ruth, person, DETOX, at=h.at)
    agreements.record_refusal(
        client_id=person.pk, recommendation_id=made.pk, sequence=IOP_PLACED,
        explained="Seizures can kill; detox prevents them.", physician="Dr. Helen Strand",
        physician_told_at=h.at - timedelta(minutes=20), offered="A visit every day",
        call_again_date=h.day(1, 4), by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def refer(h):
    referrals.refer(
        client_id=h.pick(Client.objects.all()).pk, level="rtc", to_name="Cedar House",
        why="more than we can hold", owner_id=h.member().pk, expected_return_date=h.day(),
        back_to="iop", by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def send_referral(h):
    row = h.pick(Referral.objects.filter(state="prepared"))
    referrals.send_referral(referral_id=row.pk, how="phone", by=h.ruth, at=h.at)


@act
def hear(h):
    row = h.pick(Referral.objects.filter(ended_at=None))
    referrals.hear(
        referral_id=row.pk, state=h.chance.choice(("received", "accepted", "admitted", "returned")),
        on_date=h.at.date(), said_by="their intake", expected_return_date=h.day(),
        by=h.ruth, at=h.at,
    )  # fmt: skip


@act
def another_return(h):
    row = h.pick(Referral.objects.filter(ended_at=None))
    referrals.expect_back(
        referral_id=row.pk, expected_return_date=h.day(), words="said so", by=h.ruth, at=h.at
    )


@act
def touch(h):
    row = h.pick(ReferralTouch.objects.filter(done_at=None))
    referrals.log_touch(touch_id=row.pk, words="still there", by=h.ruth, at=h.at)


@act
def end_referral(h):
    row = h.pick(Referral.objects.filter(ended_at=None))
    referrals.end_referral(referral_id=row.pk, why="changed their mind", by=h.ruth, at=h.at)


@act
def stop_disclosure(h):
    row = h.pick(Disclosure.objects.filter(state="queued"))
    disclosures.stop_queued(disclosure_id=row.pk, why="wrong fax number", by=h.ruth, at=h.at)


# ---- colleagues --------------------------------------------------------------------------------


@act
def record_credential(h):
    organizations.record_credential(
        membership_id=h.member().pk, title="First aid", short="", number="1", issuer="Red Cross",
        expires_date=h.day(), by=h.paul, at=h.at,
    )  # fmt: skip


@act
def void_credential(h):
    row = h.pick(Credential.objects.filter(voided_at=None))
    organizations.void_credential(credential_id=row.pk, reason="entered twice", by=h.paul, at=h.at)


@act
def end_and_renew_access(h):
    place = h.program.place("tess")
    organizations.deactivate(membership_id=place.pk, by=h.paul, at=h.at)
    if h.chance.random() < 0.5:
        organizations.reactivate(membership_id=place.pk, by=h.paul, at=h.at)
