"""Inquiries: taken, carried on, merged on purpose, given a chart, closed with a reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from handrail.areas.clients.models import Client
from handrail.areas.clients.services.people import record_client
from handrail.areas.inquiries import services
from handrail.areas.inquiries.models import Confided, Inquiry, InquiryEvent
from handrail.areas.inquiries.selectors import inquiries as selectors
from handrail.core.access import NotHere, Refused, system_actor
from handrail.core.duplicates import Reason
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.inquiries.asking import AT, TODAY, TOMORROW, carry, some_inquiry

DANA = {"given_name": "Dana", "family_name": "Ellery", "birth_date": date(1991, 4, 9)}


def problems_of(said) -> set[str]:
    return {one.field for one in said.value.errors}


def test_a_name_and_a_number_are_enough_and_there_is_an_owner_and_a_next_step(alder):
    made = some_inquiry(alder.actor("ines"))
    assert (made.stage, made.owner) == ("new", alder.place("ines"))
    assert (made.next_step, made.next_step_date) == ("Call back", TODAY)
    assert made.person_name == "Dana Ellery"


def test_someone_who_calls_about_another_is_not_taken_for_them(alder):
    made = some_inquiry(alder.actor("ines"), caller_is="family", given_name="Kit")
    assert made.person_name == "Kit"


def test_a_booking_made_online_goes_to_somebody_at_intake(alder):
    by = system_actor("public booking", alder.alder)
    made = some_inquiry(by, source="online_booking", stage="booked", next_step="Screening")
    assert made.owner == alder.place("ines")
    assert made.came_by == "System: public booking"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("caller_name", {"caller_name": " "}),
        ("caller_name", {"caller_name": "x" * 151, "caller_is": "court"}),
        ("caller_phone", {"caller_phone": ""}),
        ("caller_email", {"caller_email": "dana"}),
        ("email", {"email": "dana@"}),
        ("caller_is", {"caller_is": "neighbor"}),
        ("source", {"source": "pigeon"}),
        ("safe_to_leave_message", {"safe_to_leave_message": "perhaps"}),
        ("wanted", {"wanted": "spa"}),
        ("mandated_level", {"mandated_by": "A court", "mandated_level": "spa"}),
        ("mandated_by", {"mandated_by_date": TOMORROW}),
        ("mandated_by", {"mandated_level": "iop"}),
        ("birth_date", {"birth_date": TODAY}),
        ("birth_date", {"birth_date": date(1870, 1, 1)}),
        ("about", {"about": "x" * 4001}),
        ("next_step", {"next_step": " "}),
        ("next_step", {"next_step": "x" * 201}),
        ("next_step_date", {"next_step_date": date(2026, 11, 23)}),
        ("words", {"told_in_confidence": "x" * 4001}),
        ("kept_from", {"told_in_confidence": "x", "kept_from": "world"}),
        ("stage", {"stage": "admitted"}),
    ],
)
def test_what_cannot_be_taken_is_said_by_field_and_nothing_is_written(alder, field, wrong):
    with pytest.raises(Invalid) as said:
        some_inquiry(alder.actor("ines"), **wrong)
    assert problems_of(said) == {field}
    assert not Inquiry.objects.exists()


def test_only_someone_who_works_with_inquiries_can_own_one(alder):
    for owner in (uuid4(), alder.place("owen").pk):
        with pytest.raises(Invalid) as said:
            some_inquiry(alder.actor("ines"), owner_id=owner)
        assert problems_of(said) == {"owner"}


def test_it_is_carried_on_with_the_next_step_and_the_log_says_so(alder):
    by, mara = alder.actor("ines"), alder.place("mara")
    made = some_inquiry(by)
    carry(by, made, "reached", owner_id=mara.pk, words="Wants evenings only.")
    found = selectors.inquiry(made.pk, by=by)
    assert (found.stage, found.owner, found.next_step_date) == ("reached", mara, TOMORROW)
    carried, taken = selectors.log_of([made.pk], by=by)
    assert (carried.kind, carried.words) == ("carried_on", "Wants evenings only.")
    assert (carried.stage, carried.next_step, carried.owner_name) == (
        "reached",
        "Call again",
        "Mara Whitfield",
    )
    assert (taken.kind, taken.stage, taken.owner_name) == ("taken", "new", by.name)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("next_step", {"next_step": ""}),
        ("next_step_date", {"next_step_date": None}),
        ("next_step_date", {"next_step_date": TODAY - timedelta(1)}),
        ("owner", {"owner_id": uuid4()}),
        ("words", {"words": "x" * 1001}),
    ],
)
def test_an_open_inquiry_cannot_be_left_without_owner_and_next_step(alder, field, wrong):
    made = some_inquiry(alder.actor("ines"))
    with pytest.raises(Invalid) as said:
        carry(alder.actor("ines"), made, "reached", **wrong)
    assert problems_of(said) == {field}
    made.refresh_from_db()
    assert made.stage == "new"


def test_what_does_not_follow_is_refused_with_the_reason(alder):
    by = alder.actor("ines")
    made = some_inquiry(by)
    for stage in ("screened", "closed", "nowhere"):
        with pytest.raises(Invalid) as said:
            carry(by, made, stage)
        assert problems_of(said) == {"stage"}


def test_an_attempt_is_logged_and_talking_moves_a_new_inquiry_on(alder):
    by = alder.actor("ines")
    made = some_inquiry(by)

    def attempt(result, **more):
        details = {"how": "call", "next_step": "Call again", "next_step_date": TOMORROW} | more
        return services.log_attempt(inquiry_id=made.pk, result=result, by=by, at=AT, **details)

    assert attempt("no_answer").stage == "new"
    assert attempt("reached", words="Talked for a minute.").stage == "reached"
    assert [one.result for one in selectors.log_of([made.pk], by=by)] == [
        "reached",
        "no_answer",
        "",
    ]
    for field, wrong in (
        ("how", {"how": "shouting"}),
        ("result", {"result": "perhaps"}),
        ("words", {"words": "x" * 1001}),
        ("next_step", {"next_step": ""}),
    ):
        with pytest.raises(Invalid) as said:
            attempt(**({"result": "no_answer"} | wrong))
        assert problems_of(said) == {field}


def test_it_closes_with_a_reason_and_opens_again_when_they_call_again(alder):
    by = alder.actor("ines")
    made = some_inquiry(by)
    for why in ("", "x" * 301):
        with pytest.raises(Invalid) as said:
            services.close_inquiry(inquiry_id=made.pk, why=why, by=by, at=AT)
        assert problems_of(said) == {"why"}
    closed = services.close_inquiry(inquiry_id=made.pk, why="Went elsewhere.", by=by, at=AT)
    assert (closed.closed_by, closed.closed_why) == (by.name, "Went elsewhere.")
    with pytest.raises(Invalid):
        services.close_inquiry(inquiry_id=made.pk, why="Again", by=by, at=AT)
    with pytest.raises(Invalid):
        carry(by, made, "waiting")
    again = carry(by, made, "reached")
    assert (again.stage, again.closed_at, again.closed_why) == ("reached", None, "")
    assert [one.kind for one in selectors.log_of([made.pk], by=by)] == [
        "reopened",
        "closed",
        "taken",
    ]


def test_nobody_is_admitted_without_a_chart(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, **DANA)
    with pytest.raises(Invalid) as said:
        carry(by, made, "admitted")
    assert problems_of(said) == {"stage"}
    services.open_chart(inquiry_id=made.pk, by=by, at=AT)
    done = services.carry_on(inquiry_id=made.pk, stage="admitted", by=by, at=AT)
    assert (done.stage, done.closed_why) == ("admitted", "Admitted.")


def test_a_chart_is_opened_from_what_the_inquiry_knows(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, language="Spanish", **DANA)
    client = services.open_chart(inquiry_id=made.pk, by=by, at=AT)
    assert (client.full_name, client.phone) == ("Dana Ellery", "(804) 555-0142")
    assert services.open_chart(inquiry_id=made.pk, by=by, at=AT) == client
    assert Client.objects.count() == 1
    assert selectors.inquiries_of_client(client.pk, by=by) == (made,)


def test_the_number_of_someone_who_calls_for_another_is_not_put_on_the_chart(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, caller_name="Lee Ellery", caller_is="family", **DANA)
    assert services.open_chart(inquiry_id=made.pk, by=by, at=AT).phone == ""


def test_a_chart_needs_both_names_and_the_birth_date(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, caller_is="court")
    with pytest.raises(Invalid) as said:
        services.open_chart(inquiry_id=made.pk, by=by, at=AT)
    assert problems_of(said) == {"given_name", "family_name", "birth_date"}
    named = some_inquiry(by, given_name="Dana", family_name="Ellery")
    with pytest.raises(Invalid) as said:
        services.open_chart(inquiry_id=named.pk, by=by, at=AT)
    assert problems_of(said) == {"birth_date"}


def test_someone_alike_with_a_chart_is_asked_about_before_another_chart_is_made(alder):
    by = alder.actor("ines")
    known = record_client(by=by, at=AT, **DANA)
    made = some_inquiry(by, **DANA)
    with pytest.raises(Invalid) as said:
        services.open_chart(inquiry_id=made.pk, by=by, at=AT)
    assert problems_of(said) == {"client"}
    (like,) = selectors.possible_duplicates(made.pk, by=by).clients
    assert like.client == known
    assert like.alike.reasons == (Reason.BORN, Reason.NAMES)
    assert services.open_chart(inquiry_id=made.pk, client_id=known.pk, by=by, at=AT) == known
    other = some_inquiry(by, **DANA)
    another = services.open_chart(inquiry_id=other.pk, nobody_alike=True, by=by, at=AT)
    assert another != known
    with pytest.raises(Invalid) as said:
        services.open_chart(inquiry_id=other.pk, client_id=known.pk, by=by, at=AT)
    assert problems_of(said) == {"client"}


def test_who_looks_alike_is_found_by_number_mail_and_birth_date(alder):
    by = alder.actor("ines")
    record_client(by=by, at=AT, given_name="Ana", family_name="Sol", birth_date=date(1980, 1, 1),
                  phone="+1 804 555 0142")  # fmt: skip
    record_client(by=by, at=AT, given_name="Bo", family_name="Lind", birth_date=date(1980, 1, 2),
                  email="Dana@example.org")  # fmt: skip
    record_client(by=by, at=AT, given_name="Danna", family_name="Woods",
                  birth_date=DANA["birth_date"])  # fmt: skip
    record_client(by=by, at=AT, given_name="Una", family_name="Else", birth_date=date(1999, 1, 1))
    made = some_inquiry(by, caller_email="dana@example.org", **DANA)
    found = {
        one.client.given_name: (one.alike.reasons, one.alike.birth_dates_differ)
        for one in selectors.possible_duplicates(made.pk, by=by).clients
    }
    assert found == {
        "Ana": ((Reason.PHONE,), True),
        "Bo": ((Reason.MAIL,), True),
        "Danna": ((Reason.BORN, Reason.NEAR_NAME), False),
    }


def test_inquiries_about_one_person_are_merged_on_purpose_and_both_stay_readable(alder):
    by = alder.actor("ines")
    first = some_inquiry(by, **DANA)
    second = some_inquiry(
        by, caller_name="Lee Ellery", caller_phone="(804) 555-0199", caller_is="family", **DANA
    )
    (like,) = selectors.possible_duplicates(second.pk, by=by).inquiries
    assert like.inquiry == first
    client = services.open_chart(inquiry_id=second.pk, nobody_alike=True, by=by, at=AT)
    into = services.merge_inquiries(inquiry_id=second.pk, into_id=first.pk, by=by, at=AT)
    assert into.client == client
    away = selectors.inquiry(second.pk, by=by)
    assert (away.stage, away.merged_into, away.closed_by) == ("closed", first, by.name)
    assert away.caller_name == "Lee Ellery"
    assert selectors.merged_into(first.pk, by=by) == (away,)
    assert not selectors.possible_duplicates(first.pk, by=by)
    kinds = [one.kind for one in selectors.log_of([first.pk, second.pk], by=by)]
    assert kinds == ["merged_here", "merged_away", "chart_opened", "taken", "taken"]


def test_a_merged_inquiry_is_not_worked_on_but_can_be_taken_out_again(alder):
    by = alder.actor("ines")
    first, second = some_inquiry(by), some_inquiry(by)
    services.merge_inquiries(inquiry_id=second.pk, into_id=first.pk, by=by, at=AT)
    for again in (
        lambda: carry(by, second, "reached"),
        lambda: services.close_inquiry(inquiry_id=second.pk, why="x", by=by, at=AT),
        lambda: services.merge_inquiries(inquiry_id=second.pk, into_id=first.pk, by=by, at=AT),
        lambda: services.open_chart(inquiry_id=second.pk, by=by, at=AT),
    ):
        with pytest.raises(Invalid) as said:
            again()
        assert problems_of(said) == {"inquiry"}
    step = {"next_step": "Call", "next_step_date": TOMORROW, "by": by, "at": AT}
    with pytest.raises(Invalid) as said:
        services.separate_inquiry(inquiry_id=second.pk, why=" ", **step)
    assert problems_of(said) == {"why"}
    out = services.separate_inquiry(inquiry_id=second.pk, why="Her twin sister.", **step)
    assert (out.stage, out.merged_into) == ("reached", None)
    assert selectors.merged_into(first.pk, by=by) == ()
    with pytest.raises(Invalid) as said:
        services.separate_inquiry(inquiry_id=second.pk, why="Twice.", **step)
    assert problems_of(said) == {"inquiry"}


def test_what_cannot_be_merged(alder):
    by = alder.actor("ines")
    first, second, third = (some_inquiry(by, **DANA) for _ in range(3))
    for one in (first, second):
        services.open_chart(inquiry_id=one.pk, nobody_alike=True, by=by, at=AT)
    services.close_inquiry(inquiry_id=third.pk, why="x", by=by, at=AT)
    for into in (first.pk, second.pk, third.pk):
        with pytest.raises(Invalid) as said:
            services.merge_inquiries(inquiry_id=first.pk, into_id=into, by=by, at=AT)
        assert problems_of(said) == {"into"}
    with pytest.raises(NotHere):
        services.merge_inquiries(inquiry_id=first.pk, into_id=uuid4(), by=by, at=AT)


def test_changed_details_are_found_and_the_log_says_which(alder):
    by = alder.actor("ines")
    made = some_inquiry(by)
    details = {"caller_name": "Dana Ellery", "caller_phone": "(804) 555-0142"}
    services.change_inquiry(
        inquiry_id=made.pk, given_name="Dana", family_name="Zamora", by=by, at=AT, **details
    )
    assert [one.inquiry for one in selectors.find_inquiries("zam", by=by)] == [made]
    services.change_inquiry(
        inquiry_id=made.pk, given_name="Dana", family_name="Zamora", by=by, at=AT, **details
    )
    changed, taken = selectors.log_of([made.pk], by=by)
    assert (changed.kind, changed.words, taken.kind) == ("changed", "family_name", "taken")
    with pytest.raises(Invalid):
        services.change_inquiry(inquiry_id=made.pk, caller_name="", by=by, at=AT)


def test_inquiries_are_found_by_the_names_of_caller_and_person_open_ones_first(alder):
    by = alder.actor("ines")
    closed = some_inquiry(by, caller_is="family", given_name="Kit", family_name="Moreau")
    services.close_inquiry(inquiry_id=closed.pk, why="x", by=by, at=AT)
    made = some_inquiry(by, caller_name="Ada Moreau", birth_date=date(1999, 2, 3))

    def found(words):
        return [one.inquiry for one in selectors.find_inquiries(words, by=by)]

    assert found("mor") == [made, closed]
    assert found("kit mor") == [closed]
    assert found("2/3/1999") == [made]
    assert (found(""), found("xq")) == ([], [])


def test_what_is_told_in_confidence_is_kept_apart_and_never_changed(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, caller_is="family", told_in_confidence="He sold the car.", **DANA)
    services.confide(
        inquiry_id=made.pk, words="She is afraid.", told_by="Lee", kept_from="both", by=by, at=AT
    )
    told = selectors.confided_about([made.pk], by=by)
    assert {(one.words, one.kept_from) for one in told} == {
        ("He sold the car.", "person"),
        ("She is afraid.", "both"),
    }
    assert "sold" not in made.about
    for field, wrong in (("words", {"words": ""}), ("told_by", {"told_by": ""})):
        details = {"words": "x", "told_by": "Lee", "kept_from": "both"} | wrong
        with pytest.raises(Invalid) as said:
            services.confide(inquiry_id=made.pk, by=by, at=AT, **details)
        assert problems_of(said) == {field}
    logged = " ".join(one.words for one in selectors.log_of([made.pk], by=by))
    assert "sold" not in logged
    for rows in (Confided.objects.all(), InquiryEvent.objects.all()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows.delete()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows.update(recorded_by="Somebody else")


def test_the_pipeline_shows_the_longest_overdue_first_and_what_ended_last(alder):
    by = alder.actor("ines")
    later = some_inquiry(by, next_step_date=TOMORROW)
    mara = some_inquiry(by, owner_id=alder.place("mara").pk, at=AT - timedelta(9))
    today = some_inquiry(by)
    gone = some_inquiry(by)
    services.close_inquiry(inquiry_id=gone.pk, why="Went elsewhere.", by=by, at=AT)
    seen = selectors.pipeline(by=by)
    assert [one.inquiry for one in seen.open] == [mara, today, later]
    assert [one.overdue(TODAY) for one in seen.open] == [9, 0, 0]
    assert [one.inquiry for one in seen.ended] == [gone]
    assert [one.inquiry for one in selectors.pipeline(by=by, mine_only=True).open] == [today, later]


def test_the_trail_names_rows_and_nobodys_words(alder):
    by = alder.actor("ines")
    made = some_inquiry(by, about="He sold the car.", **DANA)
    entry = AuditEntry.objects.filter(action="inquiry.take").get()
    assert entry.subjects == [f"inquiry:{made.pk}"]
    assert entry.detail == {}


@pytest.mark.parametrize("name", ["owen", "bao", "tess"])
def test_those_whose_roles_do_not_include_inquiries_are_refused(alder, name):
    by, made = alder.actor(name), some_inquiry(alder.actor("ines"))
    for one in (
        lambda: some_inquiry(by),
        lambda: carry(by, made, "reached"),
        lambda: selectors.pipeline(by=by),
        lambda: selectors.inquiry(made.pk, by=by),
        lambda: services.merge_inquiries(inquiry_id=made.pk, into_id=uuid4(), by=by, at=AT),
    ):
        with pytest.raises(Refused):
            one()


def test_another_organizations_inquiry_does_not_exist(program):
    with tenancy.within(program.alder):
        made = some_inquiry(program.actor("ines"))
    harbor = program.harbor
    with tenancy.within(harbor):
        other = program.actor("paul", harbor)
        with pytest.raises(NotHere):
            carry(other, made, "reached")
        with pytest.raises(NotHere):
            selectors.inquiry(made.pk, by=other)
