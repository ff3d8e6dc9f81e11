"""The gate as services use it: what leaves is covered and accounted for, and nothing else does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from handrail.areas.consents import errors, selectors
from handrail.areas.consents import services as consents_services
from handrail.areas.consents.models import Disclosure
from handrail.core.access import NotHere, Refused
from handrail.core.consents import Content, Named, Purpose, Recipient, RecipientKind
from handrail.core.disclosure import (
    STATEMENT,
    Covered,
    Exception_,
    ExceptionKind,
    NotCovered,
)
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import AT, TODAY, some_client
from tests.areas.clients.test_recording import contact
from tests.areas.consents.consents import (
    DOCTOR,
    NEXT_YEAR,
    PLAN,
    disclosing,
    family_consent,
    signed_by,
    some_consent,
)
from tests.areas.consents.test_consents import restrict

MEDIC = Recipient(RecipientKind.MEDICAL_PERSONNEL, "Dr. Lee Park")
EMERGENCY = Exception_(
    ExceptionKind.MEDICAL_EMERGENCY, why="Found unconscious", works_at="County Hospital"
)
ORDER = Exception_(
    ExceptionKind.COURT_ORDER,
    court="District Court",
    order="24-113",
    order_date=date(2026, 11, 20),
    subpoena="S-9",
)


@pytest.fixture
def by(alder):
    return alder.actor("ruth")


@pytest.fixture
def joy(by):
    return some_client(by)


def out(by, client, **more):
    return consents_services.disclose(**{"how": "printed"} | disclosing(by, client, **more))


def queued(by, client, **more):
    details = {"subject": "referral:1"} | disclosing(by, client, **more)
    return consents_services.queue_disclosure(**details)


def sent(by, row, **more):
    details = {"disclosure_id": row.pk, "how": "fax", "by": by, "at": AT} | more
    return consents_services.send_queued(**details)


# ---- leaving now -------------------------------------------------------------------------------


def test_what_leaves_under_a_consent_carries_statement_and_scope_and_is_accounted_for(by, joy):
    consent = some_consent(by, joy)
    made = out(by, joy)
    assert made.statement == STATEMENT
    assert "my treating providers" in made.scope
    assert made.consent_id == consent.pk
    (row,) = selectors.accounting(joy.pk, by=by, at=AT)
    assert (row.recipient_name, row.left_by, row.how) == ("Dr. Ana Reyes", by.name, "printed")


def test_without_a_consent_nothing_leaves_and_the_refusal_is_written_down(by, joy):
    with pytest.raises(errors.Uncovered, match="No consent on file names this recipient"):
        out(by, joy)
    assert not Disclosure.objects.filter(client=joy).exists()
    entry = AuditEntry.objects.filter(action="disclosure.refused").get()
    assert entry.subjects == [f"client:{joy.pk}"]
    assert "Reyes" not in str(entry.detail)


def test_pages_can_ask_before_anyone_presses(by, joy):
    asked = {
        "client_id": joy.pk,
        "recipient": DOCTOR,
        "purpose": Purpose.TREATMENT,
        "contents": {Content.NOTES},
        "by": by,
        "on": TODAY,
    }
    assert isinstance(selectors.may_disclose(**asked), NotCovered)
    some_consent(by, joy)
    assert isinstance(selectors.may_disclose(**asked), Covered)
    with pytest.raises(NotHere):
        selectors.may_disclose(**asked | {"client_id": uuid4()})


def test_a_client_gets_their_own_record_without_a_consent_and_it_is_accounted_for(by, joy):
    own = Recipient(RecipientKind.CLIENT, "whoever")
    made = out(by, joy, recipient=own, purpose=Purpose.AT_MY_REQUEST)
    assert (made.recipient_name, made.consent_id, made.statement) == ("Joy Okonkwo", None, "")
    assert selectors.accounting(joy.pk, by=by, at=AT) == (made,)


def test_the_accounting_reaches_back_three_years(by, joy):
    some_consent(by, joy, expires_date=NEXT_YEAR + timedelta(days=5_000))
    made = out(by, joy)
    in_time = AT + timedelta(days=3 * 365)
    assert selectors.accounting(joy.pk, by=by, at=in_time) == (made,)
    assert selectors.accounting(joy.pk, by=by, at=in_time + timedelta(days=4)) == ()


def test_a_contact_is_told_what_was_signed_and_no_more(by, joy):
    ada = contact(by, joy)
    family_consent(by, joy, ada)
    told = {
        "recipient": Recipient(RecipientKind.CONTACT, "", str(ada.pk)),
        "purpose": Purpose.FAMILY_SUPPORT,
        "how": "phone",
    }
    made = out(by, joy, contents={Content.ATTENDANCE}, **told)
    assert made.recipient_name == "Ada Okonkwo"
    with pytest.raises(errors.Uncovered, match="does not cover my diagnoses"):
        out(by, joy, contents={Content.ATTENDANCE, Content.DIAGNOSES}, **told)
    theirs = contact(by, some_client(by, "Sam", "Kell"))
    with pytest.raises(NotHere):
        out(by, joy, **told | {"recipient": Recipient(RecipientKind.CONTACT, "", str(theirs.pk))})


def test_what_the_client_wants_kept_back_stays_until_they_say_otherwise(by, joy):
    some_consent(by, joy)
    limit = restrict(by, joy, contents=["diagnoses"], paid_in_full=True)
    bill = {"recipient": PLAN, "purpose": Purpose.PAYMENT}
    out(by, joy, contents={Content.ATTENDANCE}, **bill)
    with pytest.raises(errors.Uncovered, match="asked that this be kept"):
        out(by, joy, contents={Content.DIAGNOSES}, **bill)
    consents_services.lift_restriction(restriction_id=limit.pk, by=by, at=AT)
    out(by, joy, contents={Content.DIAGNOSES}, **bill)


def test_a_declined_request_holds_nothing_back(by, joy):
    some_consent(by, joy)
    restrict(by, joy, answer="declined", answer_why="The plan is owed a bill")
    out(by, joy, recipient=PLAN, purpose=Purpose.PAYMENT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"how": "pigeon"}, "how"),
        ({"recipient": Recipient(RecipientKind.PAYER, "x" * 201)}, "recipient"),
    ],
)
def test_what_leaves_says_what_it_is_and_how_it_goes(by, joy, wrong, field):
    some_consent(by, joy)
    with pytest.raises(Invalid) as said:
        out(by, joy, **wrong)
    assert {one.field for one in said.value.errors} == {field}


# ---- exceptions --------------------------------------------------------------------------------


def test_an_emergency_is_told_to_those_who_treat_it_and_written_down_at_once(by, joy):
    restrict(by, joy, recipient_kind="medical_personnel")
    made = out(
        by,
        joy,
        recipient=MEDIC,
        purpose=Purpose.EMERGENCY,
        contents={Content.MEDICINES},
        exception=EMERGENCY,
    )
    assert made.details == {"why": "Found unconscious", "works_at": "County Hospital"}
    assert (made.left_by, made.left_at, made.exception) == (by.name, AT, "medical_emergency")


def test_an_exception_lacking_something_says_which(by, joy):
    with pytest.raises(Invalid) as said:
        out(
            by,
            joy,
            recipient=MEDIC,
            purpose=Purpose.EMERGENCY,
            exception=Exception_(ExceptionKind.MEDICAL_EMERGENCY),
        )
    assert {one.field for one in said.value.errors} == {"why", "works_at"}


def test_a_court_order_is_answered_by_a_director_and_by_nobody_else(alder, by, joy):
    court = {
        "recipient": Recipient(RecipientKind.COURT_OR_SUPERVISION, "District Court"),
        "purpose": Purpose.COURT_ORDER,
        "exception": ORDER,
    }
    with pytest.raises(Refused, match="not_your_role"):
        out(alder.actor("mara"), joy, **court)
    director = alder.actor("paul")
    made = out(director, joy, **court)
    assert made.details["order_date"] == "2026-11-20"


def test_a_subpoena_alone_releases_nothing(alder, joy):
    with pytest.raises(errors.ExceptionLacks):
        out(
            alder.actor("paul"),
            joy,
            recipient=Recipient(RecipientKind.ATTORNEY, "Mr. Hale"),
            purpose=Purpose.COURT_ORDER,
            exception=Exception_(ExceptionKind.COURT_ORDER, subpoena="S-9", order_date=TODAY),
        )


def test_an_intake_coordinator_discloses_in_an_emergency_and_a_biller_does_not(alder, joy):
    help_ = {"recipient": MEDIC, "purpose": Purpose.EMERGENCY, "exception": EMERGENCY}
    out(alder.actor("ines"), joy, **help_)
    with pytest.raises(Refused):
        out(alder.actor("bao"), joy, **help_)


# ---- the queue ---------------------------------------------------------------------------------


def test_what_waits_is_decided_again_when_it_goes(by, joy):
    some_consent(by, joy, expires_date=TODAY + timedelta(days=1))
    row = queued(by, joy)
    assert selectors.queue_of(joy.pk, by=by, on=TODAY)[0].against == ""
    later = AT + timedelta(days=2)
    with pytest.raises(errors.Uncovered, match="has run out"):
        sent(by, row, at=later)
    (waiting,) = selectors.queue_of(joy.pk, by=by, on=TODAY + timedelta(days=2))
    assert (waiting.row.state, "has run out" in waiting.against) == ("queued", True)
    renewed = some_consent(by, joy, expires_date=NEXT_YEAR, at=later)
    assert sent(by, row, at=later).consent_id == renewed.pk


def test_taking_a_consent_back_stops_what_waits_under_it(by, joy):
    consent = some_consent(by, joy)
    row, other = queued(by, joy), queued(by, joy, subject="referral:2")
    ada = contact(by, joy)
    family_consent(by, joy, ada)
    kept = queued(
        by,
        joy,
        recipient=Recipient(RecipientKind.CONTACT, "", str(ada.pk)),
        purpose=Purpose.FAMILY_SUPPORT,
        contents={Content.ATTENDANCE},
    )
    consents_services.revoke_consent(consent_id=consent.pk, said_how="phone", by=by, at=AT)
    states = {one.pk: one.state for one in Disclosure.objects.filter(client=joy)}
    assert states == {row.pk: "stopped", other.pk: "stopped", kept.pk: "queued"}
    with pytest.raises(errors.Stopped):
        sent(by, row)
    assert selectors.accounting(joy.pk, by=by, at=AT) == ()


def test_a_false_consent_stops_what_waits_under_it(by, joy):
    consent = some_consent(by, joy)
    row = queued(by, joy)
    consents_services.end_consent(consent_id=consent.pk, ended="false", why="Forged", by=by, at=AT)
    row.refresh_from_db()
    assert row.stopped_why == "The consent is known to be false."


def test_what_has_left_stays_when_the_consent_is_taken_back(by, joy):
    consent = some_consent(by, joy)
    made = out(by, joy)
    consents_services.revoke_consent(consent_id=consent.pk, said_how="phone", by=by, at=AT)
    assert selectors.accounting(joy.pk, by=by, at=AT) == (made,)


def test_something_is_sent_once_and_stopped_with_a_reason(by, joy):
    some_consent(by, joy)
    row = queued(by, joy)
    with pytest.raises(Invalid):
        sent(by, row, how="pigeon")
    assert sent(by, row).how == "fax"
    with pytest.raises(errors.LeftAlready):
        sent(by, row)
    other = queued(by, joy)
    with pytest.raises(Invalid):
        consents_services.stop_queued(disclosure_id=other.pk, why=" ", by=by, at=AT)
    consents_services.stop_queued(disclosure_id=other.pk, why="They declined", by=by, at=AT)
    with pytest.raises(errors.Stopped):
        sent(by, other)
    (stopped,) = selectors.queue_of(joy.pk, by=by, on=TODAY)
    assert stopped.against == "They declined"


def test_what_waits_under_an_exception_keeps_what_was_written_down(alder, joy):
    director = alder.actor("paul")
    row = queued(
        director,
        joy,
        recipient=Recipient(RecipientKind.COURT_OR_SUPERVISION, "District Court"),
        purpose=Purpose.COURT_ORDER,
        exception=ORDER,
    )
    with pytest.raises(Refused, match="not_your_role"):
        sent(alder.actor("mara"), row)
    assert sent(director, row).state == "sent"


def test_counseling_notes_leave_only_by_their_own_consent(by, joy):
    some_consent(by, joy)
    with pytest.raises(errors.Uncovered):
        out(by, joy, contents={Content.COUNSELING_NOTES})
    some_consent(
        by,
        joy,
        kind="counseling_notes",
        recipients=[Named(RecipientKind.TREATING_PROVIDER, "Dr. Ana Reyes")],
        contents={Content.COUNSELING_NOTES},
        purposes={Purpose.TREATMENT},
        signature=signed_by(joy),
    )
    out(by, joy, contents={Content.COUNSELING_NOTES})


@pytest.mark.parametrize("inside", ["alder", "harbor"])
def test_to_another_organization_nothing_of_it_exists(alder, by, joy, inside):
    some_consent(by, joy)
    row, jonah = queued(by, joy), alder.actor("jonah", alder.harbor)
    for act in (
        lambda: out(jonah, joy),
        lambda: queued(jonah, joy),
        lambda: sent(jonah, row),
        lambda: consents_services.stop_queued(disclosure_id=row.pk, why="x", by=jonah, at=AT),
    ):
        with tenancy.within(getattr(alder, inside)), pytest.raises(NotHere):
            act()
