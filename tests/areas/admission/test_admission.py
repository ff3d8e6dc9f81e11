"""Admitting: an episode, a seat, the way in brought to its end, the first calls; all or nothing."""

import re
from datetime import date, time, timedelta

import pytest

from handrail.areas.admission import errors, selectors
from handrail.areas.admission import services as admission
from handrail.areas.admission.models import FirstContact
from handrail.areas.clients import services as clients_services
from handrail.areas.clients.models import Episode
from handrail.areas.consents import services as consents_services
from handrail.areas.enrollment.errors import TrackFull
from handrail.areas.enrollment.models import Appointment
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.referrals import services as referrals
from handrail.areas.referrals.models import Referral
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import Enrollment
from handrail.areas.schedule.services import availability
from handrail.core.access import NotHere, Refused
from handrail.core.admission import Against, Weekly, Wish
from handrail.core.errors import Invalid, TooLong
from handrail.foundation import tenancy
from handrail.web.kit.sentences import sentence
from tests import due as waits
from tests.areas.enrollment.test_last_seat import race
from tests.areas.evening_track import Evening
from tests.areas.inquiries.asking import some_inquiry
from tests.areas.referrals.referring import a_referral
from tests.factories import programs as make
from tests.factories.programs import AT, TODAY
from tests.refused import refused


def newcomer(by, name=""):
    """Someone without an episode, who was given the notice."""
    person = make.a_client(by, name=name, level="")
    consents_services.give_notice(client_id=person.pk, signed_name=person.full_name, by=by, at=AT)
    return person


def asked(person, by):
    """The answer to what is asked before this person is admitted."""
    open_points = selectors.still_open(selectors.ready(person.pk, by=by, today=TODAY).points)
    return AskFirst((open_points,)).answer


def admit(evening, person, track=None, **more):
    given = {"from_date": TODAY, "confirmed": asked(person, evening.by)} | more
    return admission.admit(
        client_id=person.pk,
        track_id=(track or evening.track).pk,
        by=evening.by,
        at=AT,
        **given,
    )


@pytest.mark.django_db
class TestAdmitting:
    def test_an_episode_a_seat_and_the_first_calls(self, evening):
        person = newcomer(evening.by)
        made = admit(evening, person, days=[0, 2])
        episode = Episode.objects.get(client=person, closed_date__isnull=True)
        assert episode.opened_date == TODAY
        assert episode.levels.get().level == "iop"
        assert made.episode_id == episode.pk
        assert list(made.days) == [0, 2]
        calls = selectors.first_contacts_of(person.pk, by=evening.by)
        wednesday = date(2026, 11, 25)
        assert [one.due_date for one in calls] == [
            TODAY,
            wednesday + timedelta(days=1),
            wednesday + timedelta(days=7),
        ]

    def test_without_the_notice_nobody_is_admitted(self, evening):
        person = make.a_client(evening.by, level="")
        with pytest.raises(errors.InTheWay):
            admit(evening, person)
        assert not Episode.objects.filter(client=person).exists()

    def test_what_is_open_is_asked_first_and_nothing_is_written_until_then(self, evening):
        person = newcomer(evening.by)
        with refused("No recommendation is on file", AskFirst):
            admit(evening, person, confirmed="")
        with refused("", AskFirst):
            admit(evening, person, confirmed="Still open: something else.")
        assert not Episode.objects.filter(client=person).exists()

    def test_a_first_session_that_has_begun_without_them_is_asked_about(self, evening):
        person = newcomer(evening.by)
        begun = evening.on(date(2026, 11, 25))
        given = {
            "client_id": person.pk,
            "track_id": evening.track.pk,
            "from_date": begun.local_date,
            "by": evening.by,
        }
        late = begun.starts_at + timedelta(minutes=90)
        said = "The first session, on Wed, Nov 25, began at 6:00 pm: are they in it?"
        with refused(re.escape(said), AskFirst):
            admission.admit(**given, confirmed=asked(person, evening.by), at=late)
        assert not Episode.objects.filter(client=person).exists()
        with refused("", AskFirst) as question:
            admission.admit(**given, at=begun.starts_at - timedelta(minutes=1))
        assert "began" not in sentence(question.value)

    def test_earlier_episodes_stay(self, evening):
        person = newcomer(evening.by)
        earlier = clients_services.open_episode(
            client_id=person.pk, level="php", opened_date=date(2026, 9, 1), by=evening.by, at=AT
        )
        clients_services.close_episode(
            episode_id=earlier.pk,
            outcome="transferred",
            summary="Left for residential care.",
            closed_date=date(2026, 10, 1),
            by=evening.by,
            at=AT,
        )
        admit(evening, person)
        assert person.episodes.count() == 2
        kept = Episode.objects.get(pk=earlier.pk)
        assert kept.summary == "Left for residential care."
        assert kept.levels.get().level == "php"

    def test_someone_in_care_is_not_admitted_again(self, evening):
        person = evening.person()
        consents_services.give_notice(client_id=person.pk, signed_name="X", by=evening.by, at=AT)
        with pytest.raises(errors.InCareAlready):
            admit(evening, person)

    def test_the_inquiry_ends_as_admitted(self, evening):
        person = newcomer(evening.by)
        inquiry = some_inquiry(evening.by, at=AT)
        Inquiry.objects.filter(pk=inquiry.pk).update(client=person)
        admit(evening, person, inquiry_id=inquiry.pk)
        inquiry.refresh_from_db()
        assert inquiry.stage == "admitted"
        assert inquiry.closed_at == AT

    def test_an_inquiry_of_someone_else_is_refused_and_nothing_is_written(self, evening):
        person, other = newcomer(evening.by), newcomer(evening.by)
        inquiry = some_inquiry(evening.by, at=AT)
        Inquiry.objects.filter(pk=inquiry.pk).update(client=other)
        with pytest.raises(errors.InquiryOfAnother):
            admit(evening, person, inquiry_id=inquiry.pk)
        assert not Episode.objects.filter(client=person).exists()

    def test_who_comes_back_from_a_referral_is_back(self, evening):
        person = newcomer(evening.by)
        before = AT - timedelta(days=31)
        sent = a_referral(evening.by, person, evening.owner, at=before)
        referrals.hear(
            referral_id=sent.pk,
            state="admitted",
            on_date=before.date(),
            said_by="Their intake",
            by=evening.by,
            at=before,
        )
        found = selectors.ready(person.pk, by=evening.by, today=TODAY)
        assert found.back.pk == sent.pk
        assert found.levels == ("iop",)
        admit(evening, person, referral_id=sent.pk)
        assert Referral.objects.get(pk=sent.pk).state == "returned"
        assert selectors.ready(person.pk, by=evening.by, today=TODAY).back is None

    def test_another_referral_is_refused(self, evening):
        person = newcomer(evening.by)
        sent = a_referral(evening.by, person, evening.owner)
        with pytest.raises(errors.NotExpectedFromThere):
            admit(evening, person, referral_id=sent.pk)

    def test_another_level_than_the_one_they_come_back_to_needs_a_reason(self, evening):
        person = newcomer(evening.by)
        sent = a_referral(evening.by, person, evening.owner)
        Referral.objects.filter(pk=sent.pk).update(state="admitted", back_to="php")
        with pytest.raises(errors.LevelUnexplained):
            admit(evening, person)
        with pytest.raises(TooLong):
            admit(evening, person, reason="x" * 301)
        admit(evening, person, reason="The payer authorizes this level only.")
        stay = Episode.objects.get(client=person).levels.get()
        assert stay.reason == "The payer authorizes this level only."

    def test_a_full_track_admits_nobody_and_no_episode_is_left(self, evening):
        small = evening.other_track(seats=1)
        make.in_track(evening.by, small, evening.person())
        person = newcomer(evening.by)
        with pytest.raises(TrackFull):
            admit(evening, person, small)
        assert not Episode.objects.filter(client=person).exists()
        assert not FirstContact.objects.exists()

    def test_who_may_not_admit_is_refused(self, evening, program):
        person = newcomer(evening.by)
        with pytest.raises(Refused):
            admission.admit(
                client_id=person.pk,
                track_id=evening.track.pk,
                from_date=TODAY,
                by=program.actor("bao"),
                at=AT,
            )
        with pytest.raises(NotHere):
            admission.admit(
                client_id=person.pk, track_id=person.pk, from_date=TODAY, by=evening.by, at=AT
            )


@pytest.mark.django_db
class TestTracks:
    def fits(self, evening, person, **wish):
        found = selectors.track_fits(person, wish=Wish(**wish), from_date=TODAY, by=evening.by)
        return {track.name: one for one, track in found}

    def test_each_track_says_why_or_why_not(self, evening):
        person = newcomer(evening.by)
        small = evening.other_track(seats=1)
        make.in_track(evening.by, small, evening.person())
        found = self.fits(evening, person, busy=(Weekly(0, 17 * 60, 19 * 60),))
        assert found["Morning IOP"].against == (Against.FULL,)
        assert found["Evening IOP"].against == (Against.BUSY,)
        assert list(found) == ["Evening IOP", "Morning IOP"]

    def test_someone_they_must_not_meet_bars_it(self, evening):
        person, member = newcomer(evening.by), evening.member()
        make.must_not_meet(evening.by, evening.owner, member, person)
        assert Against.APART in self.fits(evening, person)["Evening IOP"].against

    def test_a_colleague_they_must_not_meet_bars_what_they_lead(self, evening, program):
        person = newcomer(evening.by)
        track = evening.other_track(facilitators=[evening.owner.pk])
        make.must_not_meet(evening.by, evening.owner, person, evening.owner)
        assert Against.APART in self.fits(evening, person)[track.name].against

    def test_the_course_is_laid_out_with_clashes_and_its_last_day(self, evening):
        laid = selectors.lay_out(
            evening.track.pk,
            from_date=TODAY,
            days=[0, 3],
            busy=[Weekly(3, 20 * 60, 22 * 60)],
            by=evening.by,
        )
        assert all(one.local_date.weekday() in (0, 3) for one in laid.days)
        assert {one.local_date.weekday() for one in laid.days if one.clash} == {3}
        assert laid.missing == laid.planned - len(laid.days)
        assert (laid.last_day is None) == bool(laid.missing)
        with pytest.raises(NotHere):
            selectors.lay_out(evening.iop.pk, from_date=TODAY, days=(), busy=(), by=evening.by)


@pytest.mark.django_db
class TestFirstDays:
    def test_due_once_for_each_person_until_all_that_is_due_is_written_down(self, evening):
        person = newcomer(evening.by)
        admit(evening, person)
        due = self.due(evening, TODAY + timedelta(days=2))
        assert [one.client_id for one in due] == [person.pk]
        first = FirstContact.objects.order_by("due_date").first()
        admission.log_first_contact(
            first_contact_id=first.pk, words="Has a ride.", by=evening.by, at=AT
        )
        assert (
            "After the first session"
            in self.due(evening, TODAY + timedelta(days=2))[0].facts["why"]
        )
        assert self.due(evening, TODAY) == []

    def test_written_down_once_and_with_words(self, evening):
        admit(evening, newcomer(evening.by))
        key = FirstContact.objects.order_by("due_date").first().pk
        with pytest.raises(errors.NothingHeard):
            admission.log_first_contact(first_contact_id=key, words=" ", by=evening.by, at=AT)
        admission.log_first_contact(first_contact_id=key, words="Fine.", by=evening.by, at=AT)
        with pytest.raises(errors.WrittenDownAlready):
            admission.log_first_contact(first_contact_id=key, words="Y", by=evening.by, at=AT)
        with pytest.raises(NotHere):
            admission.log_first_contact(
                first_contact_id=evening.track.pk, words="Y", by=evening.by, at=AT
            )

    def due(self, evening, here):
        return waits.items(evening.by, here, "first_contact")


@pytest.mark.django_db(transaction=True)
def test_two_at_the_last_seat_one_is_admitted_and_the_other_is_told(program):
    with tenancy.within(program.alder):
        evening = Evening(program)
        small = evening.other_track(seats=1)
        people = [newcomer(evening.by) for _ in range(2)]
    tasks = [lambda person=person: admit(evening, person, small) for person in people]
    answers = race(tasks, program.alder)
    assert answers.count(None) == 1
    assert sum(isinstance(one, TrackFull) for one in answers) == 1
    with tenancy.within(program.alder):
        assert Enrollment.objects.filter(track=small).count() == 1
        assert Episode.objects.filter(client__in=people).count() == 1
        assert FirstContact.objects.values("client").distinct().count() == 1


@pytest.mark.django_db
class TestTheFirstHour:
    def at(self, evening, day, hour):
        return admission.Meeting(day, time(hour), evening.owner.pk)

    def test_it_is_booked_with_the_admission(self, evening):
        person = newcomer(evening.by)
        admit(evening, person, meeting=self.at(evening, TODAY + timedelta(days=1), 10))
        booked = Appointment.objects.get(client=person)
        assert (booked.start, booked.membership_id) == (time(10), evening.owner.pk)

    def test_a_counselor_who_is_with_someone_else_is_said_and_nothing_is_written(self, evening):
        tomorrow = TODAY + timedelta(days=1)
        admit(evening, newcomer(evening.by), meeting=self.at(evening, tomorrow, 10))
        person = newcomer(evening.by)
        with pytest.raises(Invalid) as wrong:
            admit(evening, person, meeting=self.at(evening, tomorrow, 10))
        assert wrong.value.field == "meeting_date"
        assert not Episode.objects.filter(client=person).exists()

    def test_outside_their_hours_is_asked_together_with_what_is_open(self, evening):
        tomorrow = TODAY + timedelta(days=1)
        availability.set_hours_of_date(
            membership_id=evening.owner.pk,
            local_date=tomorrow,
            hours=[(time(9), time(12))],
            zone=make.NEW_YORK,
            by=evening.by,
            at=AT,
        )
        person = newcomer(evening.by)
        late = self.at(evening, tomorrow, 14)
        with refused("Still open: .* Is that meant", AskFirst) as asked_first:
            admit(evening, person, meeting=late)
        assert not Episode.objects.filter(client=person).exists()
        admit(evening, person, meeting=late, confirmed=asked_first.value.answer)
        assert Appointment.objects.filter(client=person).exists()
