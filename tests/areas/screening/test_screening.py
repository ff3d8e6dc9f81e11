"""A screening call keeps every word, opens a safety task at once, and ends with a next step."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from handrail.areas.checks.services import DraftGone, change_check, start_check
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.open_chart import open_chart
from handrail.areas.recommendations.models import Recommendation
from handrail.areas.recommendations.selectors import replay
from handrail.areas.safety.models import Flag
from handrail.areas.screening import errors
from handrail.areas.screening.models import EmergencyStep, Screening
from handrail.areas.screening.selectors import screening as reading
from handrail.areas.screening.services import handed_checks, screening
from handrail.areas.screening.services.screening import NotTaken
from handrail.areas.screening.services.screening_end import finish_screening
from handrail.core.access import Actor, NotHere, Refused, Role
from handrail.core.check import Voice
from handrail.core.drafts import Conflict, Saved, Unchanged, text_key
from handrail.core.errors import Invalid
from handrail.core.findings import Open
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import due
from tests.areas.inquiries.asking import AT, TODAY, TOMORROW, some_inquiry

pytestmark = pytest.mark.django_db

PERSON = {
    "given_name": "Dana",
    "family_name": "Ellery",
    "birth_date": date(1984, 2, 29),
}
DRINKS = {
    "body-now": "no",
    "thoughts": "none",
    "attempt": "none-of-these",
    "mind-now": "none-of-these",
    "substances": "alcohol",
    "last-use": "days",
    "danger-signs": "no",
    "drinking": "binge",
    "shaking": "none",
    "morning": "no",
    "stopping-before": "none-of-these",
    "overdose": "no",
    "body": "none-of-these",
    "pregnant": "no",
    "signs": "more stop costs people",
    "tried": "counseling",
    "held": "counseling",
}


@pytest.fixture
def ruth(alder):
    """Who takes the calls."""
    return alder.actor("ruth")


@pytest.fixture
def running(ruth):
    inquiry = some_inquiry(ruth, **PERSON)
    return screening.start_screening(inquiry_id=inquiry.pk, by=ruth, at=AT)


def say(call, by, field, text, base=0, who="person", at=AT):
    return screening.save_answer(
        screening_id=call.pk, field=field, text=text, who=who, base_version=base, by=by, at=at
    )


def say_all(call, by, answers=DRINKS):
    for field, text in answers.items():
        say(call, by, field, text)


def end(call, by, outcome, **more):
    return finish_screening(screening_id=call.pk, outcome=outcome, by=by, at=AT, **more)


# ---- starting and saving -------------------------------------------------------------------------


def test_a_call_starts_once_knows_the_age_and_moves_the_inquiry(ruth, running):
    again = screening.start_screening(inquiry_id=running.inquiry_id, by=ruth, at=AT)
    found = reading.call(running.pk, by=ruth)
    inquiry = Inquiry.objects.get(pk=running.inquiry_id)
    assert again == running
    assert (found.sheet["age"].text, found.voice, found.mine) == ("42", Voice.ME, True)
    assert (inquiry.stage, inquiry.next_step_date) == ("screening", TODAY)


def test_an_inquiry_can_be_screened_again_after_a_call_has_ended(ruth, running):
    end(running, ruth, "follow_up", follow_up_date=TOMORROW)
    again = screening.start_screening(inquiry_id=running.inquiry_id, by=ruth, at=AT)
    assert again != running
    assert len(reading.screenings_of(running.inquiry_id, by=ruth)) == 2


def test_one_inquiry_has_one_open_call_whatever_is_written(ruth, running):
    twin = Screening(
        organization_id=running.organization_id,
        inquiry_id=running.inquiry_id,
        holder_id=running.holder_id,
        voice="me",
        script_version="1",
        started_at=AT,
        started_by="Somebody",
    )
    with pytest.raises(Exception, match="screening_one_open"), transaction.atomic():
        twin.save()


def test_what_is_said_is_saved_and_the_same_again_changes_nothing(ruth, running):
    first = say(running, ruth, "thoughts", "none")
    again = say(running, ruth, "thoughts", "none", base=1)
    assert isinstance(first, Saved)
    assert isinstance(again, Unchanged)
    assert reading.call(running.pk, by=ruth).fields["thoughts"].saved_by == ruth.name


def test_two_colleagues_at_once_lose_nothing(alder, ruth, running):
    mara = alder.actor("mara")
    say(running, ruth, "how-much", "A fifth a day")
    torn = say(running, mara, "how-much", "A pint of vodka")
    row = reading.call(running.pk, by=ruth).fields["how-much"]
    assert isinstance(torn, Conflict)
    assert (row.text, row.other_texts[0]["text"]) == ("A fifth a day", "A pint of vodka")
    screening.settle_answer(
        screening_id=running.pk,
        field="how-much",
        text="A fifth a day. A pint of vodka",
        who="person",
        base_version=row.version,
        seen=[text_key("A pint of vodka")],
        by=mara,
        at=AT,
    )
    row = reading.call(running.pk, by=ruth).fields["how-much"]
    assert (row.text, row.other_texts) == ("A fifth a day. A pint of vodka", [])


def test_a_word_after_the_end_is_kept_beside_the_answer(ruth, running):
    say(running, ruth, "wants", "To sleep")
    end(running, ruth, "follow_up", follow_up_date=TOMORROW)
    late = say(running, ruth, "wants", "To sleep and to work", base=1)
    row = reading.call(running.pk, by=ruth).fields["wants"]
    assert isinstance(late, NotTaken)
    assert (row.text, row.other_texts[0]["text"]) == ("To sleep", "To sleep and to work")


@pytest.mark.parametrize(
    ("field", "text", "who"),
    [
        ("nonsense", "yes", "person"),
        ("thoughts", "maybe", "person"),
        ("age", "very old", "person"),
        ("thoughts", "none", "nobody"),
    ],
)
def test_what_the_script_does_not_know_is_refused(ruth, running, field, text, who):
    with pytest.raises(Invalid):
        say(running, ruth, field, text, who=who)


def test_every_change_makes_the_version_grow(ruth, running):
    before = reading.call_version(running.pk, by=ruth)
    say(running, ruth, "thoughts", "none")
    assert reading.call_version(running.pk, by=ruth) > before


# ---- danger --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("thoughts", "passive"),
        ("thoughts", "refused"),
        ("asq/asq-3", "1"),
        ("asq/asq-1", "refused"),
        ("phq/phq9-9", "1"),
        ("attempt", "recent"),
    ],
)
def test_thoughts_of_suicide_make_the_next_step_safety_today(ruth, running, field, text):
    say(running, ruth, field, text)
    inquiry = Inquiry.objects.get(pk=running.inquiry_id)
    assert inquiry.next_step.startswith("Safety first: thoughts of suicide")
    assert inquiry.next_step_date == TODAY


def test_with_a_chart_a_flag_opens_at_once_and_only_one(ruth, running):
    client = open_chart(inquiry_id=running.inquiry_id, by=ruth, at=AT)
    say(running, ruth, "thoughts", "active")
    say(running, ruth, "right-now", "plan")
    say(running, ruth, "substances", "opioids")
    say(running, ruth, "overdose", "yes")
    flags = Flag.objects.filter(client=client)
    assert sorted(one.kind for one in flags) == ["overdose_risk", "suicide_risk"]
    assert "Thought of killing themselves" in flags.get(kind="suicide_risk").why


def test_a_reassuring_answer_opens_nothing(ruth, running):
    say(running, ruth, "thoughts", "none")
    say(running, ruth, "phq/phq9-9", "0")
    assert not Screening.objects.get(pk=running.pk).tasks


def test_an_emergency_is_written_step_by_step_and_the_call_goes_on(ruth, running):
    screening.record_step(
        screening_id=running.pk, kind="body", step="address", words="12 Elm St, 3B", by=ruth, at=AT
    )
    screening.record_step(
        screening_id=running.pk,
        kind="body",
        step="told",
        words="Dr. Osei, on call",
        by=ruth,
        at=AT + timedelta(minutes=2),
    )
    assert isinstance(say(running, ruth, "thoughts", "none"), Saved)
    steps = reading.call(running.pk, by=ruth).steps
    assert [(one.step, one.words) for one in steps] == [
        ("address", "12 Elm St, 3B"),
        ("told", "Dr. Osei, on call"),
    ]


def test_what_was_done_in_danger_is_never_rewritten(ruth, running):
    screening.record_step(screening_id=running.pk, kind="body", step="called", by=ruth, at=AT)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        EmergencyStep.objects.update(words="Nothing")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        EmergencyStep.objects.all().delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "weather"},
        {"step": "nothing"},
        {"step": "address"},
        {"step": "told"},
        {"words": "x" * 501},
    ],
)
def test_a_step_says_what_it_was(ruth, running, wrong):
    given = {"kind": "body", "step": "called", **wrong}
    with pytest.raises(Invalid):
        screening.record_step(screening_id=running.pk, by=ruth, at=AT, **given)


# ---- handing over --------------------------------------------------------------------------------


def test_a_call_is_handed_over_with_everything_on_it(alder, ruth, running):
    mara = alder.actor("mara")
    say(running, ruth, "thoughts", "none")
    screening.hand_over(screening_id=running.pk, to_id=alder.place("mara").pk, by=ruth, at=AT)
    assert [one.due.key for one in due.items(mara, AT, "screening_call")] == [str(running.pk)]
    assert not due.items(ruth, AT, "screening_call")
    assert reading.call(running.pk, by=mara).sheet["thoughts"].text == "none"


def test_a_call_goes_to_someone_who_holds_calls(ruth, running):
    with pytest.raises(Invalid):
        screening.hand_over(screening_id=running.pk, to_id=uuid4(), by=ruth, at=AT)


def test_who_is_on_the_line_can_change(ruth, running):
    screening.change_voice(screening_id=running.pk, voice="someone", by=ruth, at=AT)
    assert reading.call(running.pk, by=ruth).voice is Voice.SOMEONE
    with pytest.raises(Invalid):
        screening.change_voice(screening_id=running.pk, voice="all", by=ruth, at=AT)


# ---- ending --------------------------------------------------------------------------------------


def test_a_recommendation_is_kept_on_a_chart_with_its_evidence(ruth, running):
    say_all(running, ruth)
    say(running, ruth, "held.words", "drank after each session")
    done = end(running, ruth, "recommended")
    kept = replay(done.recommendation_id, client_id=done.client_id, by=ruth)
    held = kept.answer.findings["weekly_care_not_enough"]
    assert kept.same
    assert kept.kept.level == "iop"
    assert "Said by the person. Words: “drank after each session”" in held.evidence
    assert done.client.family_name == "Ellery"
    assert Inquiry.objects.get(pk=running.inquiry_id).stage == "screened"


def test_while_safety_is_open_a_range_is_kept_and_no_level(ruth, running):
    say(running, ruth, "substances", "alcohol")
    done = end(running, ruth, "recommended")
    assert done.recommendation.level == ""


def test_dangers_of_the_call_become_flags_of_the_new_chart(ruth, running):
    say_all(running, ruth, DRINKS | {"thoughts": "passive", "right-now": "no"})
    done = end(running, ruth, "recommended")
    assert [one.kind for one in Flag.objects.filter(client=done.client)] == ["suicide_risk"]


def test_someone_who_looks_alike_is_asked_about_first(ruth, running):
    first = some_inquiry(ruth, **PERSON)
    known = open_chart(inquiry_id=first.pk, by=ruth, at=AT)
    say_all(running, ruth)
    with pytest.raises(Invalid) as asked:
        end(running, ruth, "recommended")
    assert "client" in {one.field for one in asked.value.errors}
    done = end(running, ruth, "recommended", client_id=known.pk)
    assert done.client == known


def test_a_chart_needs_a_birth_date_and_the_call_stays_open(ruth):
    inquiry = some_inquiry(ruth, given_name="Lee", family_name="Moss")
    call = screening.start_screening(inquiry_id=inquiry.pk, by=ruth, at=AT)
    say_all(call, ruth, DRINKS | {"age": "40"})
    with pytest.raises(Invalid) as asked:
        end(call, ruth, "recommended")
    assert "birth_date" in {one.field for one in asked.value.errors}
    assert Screening.objects.get(pk=call.pk).ended_at is None


def test_nothing_yet_needs_a_day_to_call_again(ruth, running):
    with pytest.raises(Invalid) as asked:
        end(running, ruth, "follow_up")
    assert "follow_up_date" in {one.field for one in asked.value.errors}
    done = end(running, ruth, "follow_up", follow_up_date=TOMORROW, words="Wants to talk to him")
    inquiry = Inquiry.objects.get(pk=running.inquiry_id)
    assert (done.outcome, inquiry.stage, inquiry.next_step_date) == (
        "follow_up",
        "reached",
        TOMORROW,
    )


def test_sent_elsewhere_says_where(ruth, running):
    with pytest.raises(Invalid):
        end(running, ruth, "referred", follow_up_date=TOMORROW)
    end(running, ruth, "referred", follow_up_date=TOMORROW, words="Harbor Youth Program")
    assert Inquiry.objects.get(pk=running.inquiry_id).stage == "referred"


def test_under_18_no_level_is_kept(ruth, running):
    say(running, ruth, "age", "15", base=1)
    with pytest.raises(errors.OutsideTheCriteria):
        end(running, ruth, "recommended")
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"outcome": "fine"}, {"outcome": "follow_up", "words": "x" * 501}]
)
def test_an_end_that_cannot_be_is_said(ruth, running, wrong):
    with pytest.raises(Invalid):
        end(running, ruth, **{"follow_up_date": TOMORROW, **wrong})


def test_nothing_asked_keeps_nothing(ruth):
    inquiry = some_inquiry(ruth)
    call = screening.start_screening(inquiry_id=inquiry.pk, by=ruth, at=AT)
    with pytest.raises(errors.NothingAnswered):
        end(call, ruth, "recommended")


def test_an_ended_call_stays_as_it_ended(ruth, running):
    end(running, ruth, "follow_up", follow_up_date=TOMORROW)
    with pytest.raises(errors.CallEnded):
        end(running, ruth, "follow_up", follow_up_date=TOMORROW)
    with pytest.raises(ProgrammingError, match="stays as it ended"), transaction.atomic():
        Screening.objects.filter(pk=running.pk).update(outcome_words="Something else")


# ---- answers of the private check ----------------------------------------------------------------


@pytest.fixture
def checked():
    """A private check with a few answers, and its token."""
    token = start_check(voice=Voice.ME, at=AT)

    def answer(draft):
        given = {"thoughts": ("none",), "body-now": ("unknown",), "substances": ("alcohol",)}
        return type(draft)(draft.voice, given)

    change_check(token=token, change=answer, at=AT)
    return token


def take(call, by, code):
    return handed_checks.take_over_check(screening_id=call.pk, code=code, by=by, at=AT)


def test_a_code_fills_in_answers_that_wait_to_be_confirmed(ruth, running, checked):
    code = handed_checks.give_check(token=checked, at=AT)
    taken = take(running, ruth, code.lower().replace("-", " "))
    found = reading.call(running.pk, by=ruth)
    assert taken.filled == 2
    assert found.sheet["thoughts"].who.value == "check"
    assert "suicidal_thoughts" not in found.picture.findings
    assert found.picture.found.level is None
    assert (
        screening.confirm_part(screening_id=running.pk, part="safety", who="person", by=ruth, at=AT)
        == 1
    )
    found = reading.call(running.pk, by=ruth)
    assert found.picture.findings["suicidal_thoughts"].answer == "none"


def test_the_same_answer_once_more_confirms_it(ruth, running, checked):
    take(running, ruth, handed_checks.give_check(token=checked, at=AT))
    say(running, ruth, "thoughts", "none", base=1)
    assert reading.call(running.pk, by=ruth).sheet["thoughts"].who.value == "person"


def test_a_code_works_once_and_a_new_one_replaces_it(ruth, running, checked):
    first = handed_checks.give_check(token=checked, at=AT)
    code = handed_checks.give_check(token=checked, at=AT)
    assert take(running, ruth, first).problem
    assert take(running, ruth, code).filled == 2
    assert take(running, ruth, code).problem


def test_a_code_expires_and_can_be_taken_back(ruth, running, checked):
    code = handed_checks.give_check(token=checked, at=AT)
    assert handed_checks.is_given(token=checked, at=AT)
    assert not handed_checks.is_given(token=checked, at=AT + timedelta(days=15))
    assert handed_checks.take_back_check(token=checked)
    assert take(running, ruth, code).problem
    handed_checks.give_check(token=checked, at=AT)
    assert handed_checks.purge_handed(at=AT + timedelta(days=15)) == 1


def test_wrong_codes_are_counted(ruth, running, checked):
    code = handed_checks.give_check(token=checked, at=AT)
    for _ in range(5):
        assert take(running, ruth, "AAA-AAA-AAA").problem == handed_checks.NO_SUCH_CODE
    assert take(running, ruth, code).problem == handed_checks.TOO_MANY


def test_what_stands_in_the_database_opens_nothing(checked):
    code = handed_checks.give_check(token=checked, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("select code_hash, draft_hash, sealed from screening_handedcheck")
        row = cursor.fetchone()
    assert code not in str(row)
    assert b"alcohol" not in bytes(row[2])


def test_there_is_no_code_without_a_check(alder):
    with pytest.raises(DraftGone):
        handed_checks.give_check(token="nothing", at=AT)


def test_answers_given_in_the_call_stay(ruth, running, checked):
    say(running, ruth, "substances", "opioids")
    take(running, ruth, handed_checks.give_check(token=checked, at=AT))
    assert reading.call(running.pk, by=ruth).sheet["substances"].text == "opioids"


# ---- who may -------------------------------------------------------------------------------------


def somebody(organization, role):
    return Actor(str(uuid4()), "Somebody", organization, frozenset({role}))


def test_another_organization_finds_nothing(alder, running):
    with tenancy.within(alder.harbor):
        other = somebody(alder.harbor, Role.SUPERVISOR)
        for ask in (reading.call, reading.call_version):
            with pytest.raises(NotHere):
                ask(running.pk, by=other)
        with pytest.raises(NotHere):
            say(running, other, "thoughts", "none")


def test_who_only_bills_is_refused(alder, running):
    biller = somebody(alder.alder, Role.BILLER)
    for ask in (reading.call, reading.call_version):
        with pytest.raises(Refused):
            ask(running.pk, by=biller)
    with pytest.raises(Refused):
        say(running, biller, "thoughts", "none")


def test_the_trail_holds_nobodys_words(ruth, running):
    say(running, ruth, "wants", "To see my daughter")
    entries = AuditEntry.objects.filter(action__startswith="screening.")
    assert {"screening.start", "screening.write"} <= {one.action for one in entries}
    assert "daughter" not in str([(one.subjects, one.detail) for one in entries])


def test_open_answers_are_findings_too(ruth, running):
    say(running, ruth, "thoughts", "refused")
    found = reading.call(running.pk, by=ruth).picture.findings
    assert found["suicidal_thoughts"].answer is Open.REFUSED
