"""Referred out and back: through the gate, with what was heard, and called about in time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from handrail.areas.consents.models import Disclosure
from handrail.areas.consents.services.consents import revoke_consent
from handrail.areas.referrals import errors, services
from handrail.areas.referrals.models import Referral
from handrail.areas.referrals.selectors import referrals as selectors
from handrail.core.access import NotHere, Refused
from handrail.core.consents import Content
from handrail.core.errors import Invalid, NotAChoice
from handrail.core.referrals import DoesNotFit
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import due as waits
from tests.areas.clients.people import AT, TODAY, some_client, some_episode
from tests.areas.consents.consents import some_consent

PAPERS = (Content.IN_CARE, Content.RECOMMENDATION)
BACK = TODAY + timedelta(days=31)


@pytest.fixture
def by(alder):
    return alder.actor("ruth")


@pytest.fixture
def joy(by):
    return some_client(by)


def refer(by, client, alder, **more) -> Referral:
    details = {
        "client_id": client.pk,
        "level": "rtc",
        "to_name": "Maple Ferry House",
        "why": "No night at home has been safe since October.",
        "owner_id": alder.place("ruth").pk,
        "expected_return_date": BACK,
        "back_to": "iop",
        "by": by,
        "at": AT,
    }
    return services.refer(**(details | more))


def sent(by, client, alder, **more) -> Referral:
    made = refer(by, client, alder, **more)
    return services.send_referral(referral_id=made.pk, how="fax", by=by, at=AT)


def hear(by, row, state, **more) -> Referral:
    details = {
        "referral_id": row.pk,
        "state": state,
        "on_date": TODAY,
        "said_by": "Intake there, Ms. Orr",
        "by": by,
        "at": AT,
    }
    return services.hear(**(details | more))


def due(row) -> list[date]:
    found = row.touches.filter(done_at__isnull=True).order_by("due_date")
    return list(found.values_list("due_date", flat=True))


def test_papers_wait_behind_a_consent_leave_through_the_gate_and_are_accounted_for(by, joy, alder):
    consent = some_consent(by, joy)
    made = refer(by, joy, alder, contents=PAPERS)
    assert made.state == "prepared"
    assert made.disclosure.state == "queued"
    assert made.disclosure.subject == f"referral:{made.pk}"
    services.send_referral(referral_id=made.pk, how="fax", by=by, at=AT)
    made.refresh_from_db()
    assert made.state == "sent"
    left = Disclosure.objects.get(pk=made.disclosure_id)
    assert (left.state, left.how, left.consent_id) == ("sent", "fax", consent.pk)
    assert due(made) == [TODAY + timedelta(days=number) for number in (1, 3, 7)]


def test_without_a_consent_nothing_is_prepared_and_the_refusal_is_written_down(by, joy, alder):
    with pytest.raises(Refused, match="No consent on file names this recipient"):
        refer(by, joy, alder, contents=PAPERS)
    assert not Referral.objects.exists()
    assert not Disclosure.objects.exists()
    assert AuditEntry.objects.filter(action="disclosure.refused").exists()


def test_a_consent_taken_back_while_a_referral_waits_stops_it(by, joy, alder):
    consent = some_consent(by, joy)
    made = refer(by, joy, alder, contents=PAPERS)
    revoke_consent(consent_id=consent.pk, said_how="phone", by=by, at=AT)
    with pytest.raises(Refused, match="stopped"):
        services.send_referral(referral_id=made.pk, how="fax", by=by, at=AT)
    made.refresh_from_db()
    assert made.state == "prepared", "nothing was sent"
    assert made.disclosure.state == "stopped"


def test_whoever_goes_there_by_themself_needs_no_consent_and_nothing_leaves(by, joy, alder):
    made = sent(by, joy, alder)
    assert made.state == "sent"
    assert not Disclosure.objects.exists()


def test_admitted_there_the_calls_follow_the_day_of_return_and_the_return_ends_it(by, joy, alder):
    made = sent(by, joy, alder)
    hear(by, made, "received")
    hear(by, made, "accepted")
    there = hear(by, made, "admitted")
    assert due(there)[:3] == [TODAY + timedelta(days=number) for number in (7, 14, 21)]
    assert BACK in due(there)
    later = BACK + timedelta(days=10)
    services.expect_back(
        referral_id=made.pk,
        expected_return_date=later,
        words="Ms. Orr: ten more days",
        by=by,
        at=AT,
    )
    assert later in due(there)
    assert BACK not in due(there)
    assert selectors.referral_back(joy.pk, by=by) == there
    back = hear(by, made, "returned", on_date=TODAY)
    assert back.is_over
    assert due(back) == []
    assert selectors.referral_back(joy.pk, by=by) == back  # here, and not admitted yet
    (back_here,) = waits.items(by, AT, "referral")
    assert (back_here.client_id, back_here.facts["what"]) == (joy.pk, "back")
    some_episode(by, joy)
    assert selectors.referral_back(joy.pk, by=by) is None
    assert waits.items(by, AT, "referral") == []
    read = selectors.referral(made.pk, by=by)
    assert read.steps[0].state == "returned"
    assert len(read.steps) == 7


def test_who_declines_says_why_and_it_is_over(by, joy, alder):
    made = sent(by, joy, alder)
    with pytest.raises(errors.DeclinedWithoutWhy):
        hear(by, made, "declined")
    assert hear(by, made, "declined", words="No bed before January").is_over
    with pytest.raises(DoesNotFit):
        hear(by, made, "accepted")


def test_nobody_is_there_without_a_day_of_return(by, joy, alder):
    made = sent(by, joy, alder, expected_return_date=None)
    with pytest.raises(errors.ReturnUnknown):
        hear(by, made, "admitted")
    assert hear(by, made, "admitted", expected_return_date=BACK).expected_return_date == BACK


def test_a_call_is_written_down_once_and_stays_when_the_days_are_laid_out_anew(by, joy, alder):
    made = hear(by, sent(by, joy, alder), "admitted")
    first = made.touches.order_by("due_date").first()
    services.log_touch(touch_id=first.pk, words="Doing well.", by=by, at=AT)
    with pytest.raises(Refused, match="already"):
        services.log_touch(touch_id=first.pk, words="Again", by=by, at=AT)
    services.expect_back(
        referral_id=made.pk, expected_return_date=BACK, words="Same day", by=by, at=AT
    )
    read = selectors.referral(made.pk, by=by)
    assert [one.words for one in read.done] == ["Doing well."]
    assert first.due_date not in [one.due_date for one in read.to_come]


def test_ending_one_that_waits_stops_what_would_have_left(by, joy, alder):
    some_consent(by, joy)
    made = refer(by, joy, alder, contents=PAPERS)
    services.end_referral(referral_id=made.pk, why="Changed their mind", by=by, at=AT)
    made.refresh_from_db()
    assert made.is_over
    assert Disclosure.objects.get().state == "stopped"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"level": "spa"}, "level"),
        ({"to_name": " "}, "to_name"),
        ({"why": ""}, "why"),
        ({"back_to": "detox"}, "back_to"),
        ({"expected_return_date": TODAY - timedelta(days=1)}, "expected_return_date"),
        ({"owner_id": uuid4()}, "owner"),
        ({"contents": [Content.COUNSELING_NOTES]}, "contents"),
    ],
)
def test_what_is_wrong_is_said_by_field(by, joy, alder, more, field):
    with pytest.raises(Invalid) as wrong:
        refer(by, joy, alder, **more)
    assert field in [one.field for one in wrong.value.errors]
    assert not Referral.objects.exists()


def test_what_was_heard_needs_a_name_and_a_day_that_can_be(by, joy, alder):
    made = sent(by, joy, alder)
    for more, field in (
        ({"said_by": ""}, "said_by"),
        ({"on_date": TODAY + timedelta(days=1)}, "on_date"),
        ({"on_date": TODAY - timedelta(days=1)}, "on_date"),
        ({"words": "x" * 501}, "words"),
    ):
        with pytest.raises(Invalid) as wrong:
            hear(by, made, "received", **more)
        assert field in [one.field for one in wrong.value.errors]
    with pytest.raises(NotAChoice):
        hear(by, made, "lost")


def test_only_who_cares_for_clients_refers_and_others_have_nothing_there(by, joy, alder):
    with pytest.raises(Refused):
        refer(alder.actor("ada"), joy, alder)
    made = refer(by, joy, alder)
    with tenancy.within(alder.harbor), pytest.raises(NotHere):
        services.send_referral(
            referral_id=made.pk, how="fax", by=alder.actor("paul", alder.harbor), at=AT
        )


# ---- what the database holds -------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "set to_name = ''",
        "set state = 'lost'",
        "set ended_at = now()",
        "set state = 'returned'",
        "set state = 'admitted', expected_return_date = null",
    ],
)
def test_the_database_refuses_a_referral_that_cannot_be(by, joy, alder, change):
    made = refer(by, joy, alder)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update referrals_referral {change} where id = %s", [made.pk])


def test_what_was_heard_cannot_be_changed(by, joy, alder):
    refer(by, joy, alder)
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update referrals_referralstep set words = 'other'")
