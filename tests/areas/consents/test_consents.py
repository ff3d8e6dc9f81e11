"""Taking consents, renewing them and taking them back, as the chart keeps them."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from handrail.areas.clients import services as clients_services
from handrail.areas.consents import errors, selectors
from handrail.areas.consents import services as consents_services
from handrail.areas.consents.models import Consent, NoticeText
from handrail.core.access import NotHere, Refused
from handrail.core.consents import ConsentKind, Content, Named, RecipientKind
from handrail.core.errors import Invalid
from handrail.data import consent_wording
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import due
from tests.areas.clients.people import AT, TODAY, some_client, some_episode
from tests.areas.clients.test_recording import contact
from tests.areas.consents.consents import (
    CLASSES,
    NEXT_YEAR,
    family_consent,
    signed_by,
    some_consent,
)

DRAWN = [[[number, 2 * number] for number in range(9)], [[5, 5], [6, 7]]]


@pytest.fixture
def by(alder):
    return alder.actor("ines")


@pytest.fixture
def joy(by):
    return some_client(by)


def standing(consent, by, on=TODAY):
    return selectors.consent(consent.pk, by=by, on=on).standing


# ---- signing -----------------------------------------------------------------------------------


def test_what_was_signed_is_kept_word_for_word_with_its_hash(by, joy):
    made = some_consent(by, joy, signature=signed_by(joy, how="drawn", where="here", strokes=DRAWN))
    kept = Consent.objects.get(pk=made.pk)
    assert kept.text.startswith(consent_wording().forms[ConsentKind.CARE].title)
    assert "Joy Okonkwo" in kept.text
    assert "Alder Street Recovery" in kept.text
    assert "November 24, 2027" in kept.text
    assert kept.text_sha256 == sha256(kept.text.encode()).hexdigest()
    assert (kept.signed_name, kept.witnessed_by, kept.signed_at) == (
        "Joy Okonkwo",
        "Ines Caldera",
        AT,
    )
    assert kept.drawn == DRAWN
    assert standing(made, by).holds


def test_a_prepared_consent_covers_nothing_until_it_is_signed(by, joy):
    made = consents_services.prepare_consent(
        client_id=joy.pk, kind="care", recipients=CLASSES, expires_date=NEXT_YEAR, by=by, at=AT
    )
    assert standing(made, by).words == "is not complete: it is not signed"
    consents_services.sign_consent(consent_id=made.pk, signature=signed_by(joy), by=by, at=AT)
    assert standing(made, by).holds


def test_a_consent_is_signed_once(by, joy):
    made = some_consent(by, joy)
    with pytest.raises(errors.SignedAlready):
        consents_services.sign_consent(consent_id=made.pk, signature=signed_by(joy), by=by, at=AT)


def test_a_consent_put_away_cannot_be_signed(by, joy):
    made = consents_services.prepare_consent(
        client_id=joy.pk, kind="care", recipients=CLASSES, expires_date=NEXT_YEAR, by=by, at=AT
    )
    consents_services.put_away_consent(consent_id=made.pk, by=by, at=AT)
    consents_services.put_away_consent(consent_id=made.pk, by=by, at=AT)
    with pytest.raises(errors.PutAwayUnsigned):
        consents_services.sign_consent(consent_id=made.pk, signature=signed_by(joy), by=by, at=AT)


def test_a_signed_consent_is_not_put_away(by, joy):
    with pytest.raises(errors.SignedCannotBePutAway):
        consents_services.put_away_consent(consent_id=some_consent(by, joy).pk, by=by, at=AT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201, "authority": "Guardian"}, "name"),
        ({"name": "Somebody Else"}, "name"),
        ({"how": "nodded"}, "how"),
        ({"where": "nowhere"}, "how"),
        ({"how": "drawn"}, "strokes"),
        ({"how": "drawn", "strokes": [[[1, 1], [2, 2]]]}, "strokes"),
        ({"strokes": [[[1, 1, 1]]]}, "strokes"),
        ({"strokes": [["a"]]}, "strokes"),
        ({"strokes": [[[-1, 5]]]}, "strokes"),
        ({"strokes": [[[1, 1]] * 4_001]}, "strokes"),
        ({"authority": "x" * 201}, "authority"),
    ],
)
def test_a_signature_that_is_none_is_not_taken(by, joy, wrong, field):
    with pytest.raises(Invalid) as said:
        some_consent(by, joy, signature=signed_by(joy, **wrong))
    assert {one.field for one in said.value.errors} == {field}
    assert not Consent.objects.filter(client=joy).exists()


def test_someone_may_sign_for_the_client_who_says_why(by, joy):
    made = some_consent(
        by, joy, signature=signed_by(joy, name="Ada Okonkwo", authority="Legal guardian")
    )
    assert (made.signed_name, made.authority) == ("Ada Okonkwo", "Legal guardian")


def test_a_consent_is_not_signed_after_its_last_day(by, joy):
    made = consents_services.prepare_consent(
        client_id=joy.pk, kind="care", recipients=CLASSES, expires_date=TODAY, by=by, at=AT
    )
    with pytest.raises(errors.ExpiredUnsigned):
        consents_services.sign_consent(
            consent_id=made.pk, signature=signed_by(joy), by=by, at=AT + timedelta(days=1)
        )


# ---- what can be asked -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "everything"}, "kind"),
        ({"recipients": ()}, "recipients"),
        ({"contents": ()}, "contents"),
        ({"contents": {Content.IN_CARE, Content.COUNSELING_NOTES}}, "contents"),
        ({"expires_date": None}, "expires"),
        ({"expires_date": TODAY - timedelta(days=1)}, "expires"),
        ({"expires_date": None, "expires_when": "x" * 201}, "expires"),
        ({"kind": "named"}, "recipients"),
        (
            {"kind": "named", "recipients": [Named(RecipientKind.OTHER, "x" * 201)]},
            "recipients",
        ),
        ({"not_before": TODAY}, "not_before"),
    ],
)
def test_a_consent_that_cannot_be_is_not_prepared(by, joy, wrong, field):
    with pytest.raises(Invalid) as said:
        some_consent(by, joy, **wrong)
    assert {one.field for one in said.value.errors} == {field}


def test_a_family_member_is_named_only_after_the_client_was_asked_alone(by, joy):
    ada = contact(by, joy)
    with pytest.raises(errors.NotAskedAlone):
        family_consent(by, joy, ada, asked_alone=False)
    assert standing(family_consent(by, joy, ada), by).holds


def test_a_contact_of_someone_else_cannot_be_named(by, joy):
    other = some_client(by, "Sam", "Kell")
    with pytest.raises(NotHere):
        family_consent(by, other, contact(by, joy))


def test_a_contact_is_named_as_on_file_and_no_more_once_ended(by, joy):
    ada = contact(by, joy)
    ada.name = "Someone quite different"
    made = family_consent(by, joy, ada)
    assert "Ada Okonkwo" in made.text
    clients_services.end_contact(contact_id=ada.pk, by=by, at=AT)
    assert not standing(made, by).holds


# ---- what a contact may know -------------------------------------------------------------------


def test_what_a_contact_may_know_follows_what_was_signed(by, joy):
    ada = contact(by, joy, may_know=["emergency"])
    made = family_consent(by, joy, ada, contents={Content.ATTENDANCE, Content.PROGRESS})
    ada.refresh_from_db()
    assert ada.may_know == ["attendance", "progress"]
    assert ada.call_if_missed
    told = selectors.told_to_contacts(joy.pk, by=by, on=TODAY)
    assert told == {ada.pk: {Content.ATTENDANCE, Content.PROGRESS}}
    consents_services.revoke_consent(consent_id=made.pk, said_how="phone", by=by, at=AT)
    ada.refresh_from_db()
    assert (ada.may_know, ada.call_if_missed) == ([], False)
    assert selectors.told_to_contacts(joy.pk, by=by, on=TODAY) == {}


def test_only_in_an_emergency_stays_where_nothing_of_it_is_signed(by, joy):
    ada = contact(by, joy, may_know=["emergency"])
    family_consent(by, joy, ada, contents={Content.MEDICINES})
    ada.refresh_from_db()
    assert (ada.may_know, ada.call_if_missed) == (["emergency"], True)


def test_a_contact_nobody_signed_for_keeps_what_the_client_said(by, joy):
    ada, ben = contact(by, joy), contact(by, joy, name="Ben Okonkwo")
    family_consent(by, joy, ada, contents={Content.IN_CARE})
    ben.refresh_from_db()
    assert ben.may_know == ["attendance"]


# ---- taking back, renewing, ending -------------------------------------------------------------


@pytest.mark.parametrize("who", ["ruth", "owen", "helen"])
def test_whoever_reads_charts_may_take_the_call_that_takes_it_back(alder, by, joy, who):
    made = some_consent(by, joy)
    found = consents_services.revoke_consent(
        consent_id=made.pk,
        said_how="phone",
        why="She no longer wants it",
        by=alder.actor(who),
        at=AT,
    )
    assert found.ended_by == alder.actor(who).name
    assert standing(made, by).words == "was taken back"


def test_a_consent_is_taken_back_once(by, joy):
    made = some_consent(by, joy)
    consents_services.revoke_consent(consent_id=made.pk, said_how="written", by=by, at=AT)
    with pytest.raises(errors.TakenBackAlready):
        consents_services.revoke_consent(consent_id=made.pk, said_how="written", by=by, at=AT)


def test_taking_back_says_how_and_only_what_was_signed(by, joy):
    made = some_consent(by, joy)
    for wrong in ({"said_how": "dreamt"}, {"said_how": "phone", "why": "x" * 301}):
        with pytest.raises(Invalid):
            consents_services.revoke_consent(consent_id=made.pk, by=by, at=AT, **wrong)
    unsigned = consents_services.renew_consent(
        consent_id=made.pk, expires_date=NEXT_YEAR, by=by, at=AT
    )
    with pytest.raises(errors.UnsignedCannotEnd):
        consents_services.revoke_consent(consent_id=unsigned.pk, said_how="phone", by=by, at=AT)


def test_a_court_may_rely_on_a_consent_until_the_day_it_names(by, joy):
    until = TODAY + timedelta(days=30)
    made = some_consent(
        by,
        joy,
        kind=ConsentKind.CRIMINAL_JUSTICE,
        recipients=[Named(RecipientKind.COURT_OR_SUPERVISION, "County drug court")],
        contents={Content.ATTENDANCE},
        not_before=until,
    )
    assert "December 24, 2026" in made.text
    with pytest.raises(errors.NotYetTakenBack):
        consents_services.revoke_consent(consent_id=made.pk, said_how="written", by=by, at=AT)
    later = AT + timedelta(days=30)
    consents_services.revoke_consent(consent_id=made.pk, said_how="written", by=by, at=later)


def test_the_old_consent_holds_until_the_new_one_is_signed(by, joy):
    old = some_consent(by, joy, expires_date=TODAY + timedelta(days=5))
    new = consents_services.renew_consent(consent_id=old.pk, expires_date=NEXT_YEAR, by=by, at=AT)
    assert standing(old, by).holds
    consents_services.sign_consent(consent_id=new.pk, signature=signed_by(joy), by=by, at=AT)
    assert standing(old, by).words == "was replaced by a newer one"
    assert standing(new, by).holds
    with pytest.raises(errors.NotRenewable):
        consents_services.renew_consent(consent_id=old.pk, expires_date=NEXT_YEAR, by=by, at=AT)


def test_an_unsigned_consent_is_not_renewed(by, joy):
    made = consents_services.prepare_consent(
        client_id=joy.pk, kind="care", recipients=CLASSES, expires_date=NEXT_YEAR, by=by, at=AT
    )
    with pytest.raises(errors.NeverSigned):
        consents_services.renew_consent(consent_id=made.pk, expires_date=NEXT_YEAR, by=by, at=AT)
    for ended in ("event", "false"):
        with pytest.raises(errors.UnsignedCannotEnd):
            consents_services.end_consent(consent_id=made.pk, ended=ended, why="x", by=by, at=AT)


def test_renewing_what_was_taken_back_asks_for_a_new_signature(by, joy):
    old = some_consent(by, joy)
    consents_services.revoke_consent(consent_id=old.pk, said_how="phone", by=by, at=AT)
    new = consents_services.renew_consent(consent_id=old.pk, expires_date=NEXT_YEAR, by=by, at=AT)
    consents_services.sign_consent(consent_id=new.pk, signature=signed_by(joy), by=by, at=AT)
    assert standing(old, by).words == "was taken back"


def test_a_consent_ends_with_the_event_it_names_or_when_it_is_false(by, joy):
    made = some_consent(by, joy, expires_date=None, expires_when="When I leave the program")
    for wrong in ({"ended": "boredom", "why": "x"}, {"ended": "event", "why": ""}):
        with pytest.raises(Invalid):
            consents_services.end_consent(consent_id=made.pk, by=by, at=AT, **wrong)
    consents_services.end_consent(consent_id=made.pk, ended="event", why="Left today", by=by, at=AT)
    assert standing(made, by).words == "ended with the event it names"
    with pytest.raises(errors.EndedAlready):
        consents_services.end_consent(consent_id=made.pk, ended="event", why="x", by=by, at=AT)


def test_a_false_consent_never_held(by, joy):
    made = some_consent(by, joy)
    consents_services.end_consent(consent_id=made.pk, ended="false", why="Forged", by=by, at=AT)
    assert not standing(made, by, TODAY - timedelta(days=1)).holds


def test_what_runs_out_within_two_weeks_is_seen_while_someone_is_in_care(by, joy):
    some_episode(by, joy)
    soon = some_consent(by, joy, expires_date=TODAY + timedelta(days=5))
    some_consent(by, joy, expires_date=TODAY + timedelta(days=15))
    away = some_client(by, "Sam", "Kell")
    some_consent(by, away, expires_date=TODAY + timedelta(days=5))
    assert [one.due.key for one in due.items(by, TODAY, "consent")] == [str(soon.pk)]
    later = due.items(by, TODAY + timedelta(days=6), "consent")
    assert str(soon.pk) not in {one.due.key for one in later}
    assert len(later) == 1


# ---- notices and restrictions ------------------------------------------------------------------


def test_the_notice_that_ships_is_kept_with_who_acknowledged_it(by, joy):
    consents_services.give_notice(client_id=joy.pk, signed_name="Joy Okonkwo", by=by, at=AT)
    (given,) = selectors.notices_of(joy.pk, by=by)
    assert given.notice.text == consent_wording().notice.text
    consents_services.give_notice(
        client_id=joy.pk, not_signed_why="Wants to read it first", by=by, at=AT
    )
    assert NoticeText.objects.count() == 1


def test_a_new_version_of_the_notice_is_given_from_then_on(alder, by, joy):
    with pytest.raises(Refused):
        consents_services.publish_notice(version="2", text="New words.", by=by, at=AT)
    chief = alder.actor("ada")
    consents_services.publish_notice(version="2", text="New words.", by=chief, at=AT)
    for wrong in ({"version": "2"}, {"version": ""}, {"version": "3", "text": ""}):
        with pytest.raises(Invalid):
            consents_services.publish_notice(**{"text": "More.", "by": chief, "at": AT} | wrong)
    consents_services.give_notice(client_id=joy.pk, signed_name="Joy Okonkwo", by=by, at=AT)
    assert selectors.notices_of(joy.pk, by=by)[0].notice.text == "New words."
    assert selectors.published_notice(by=by).version == "2"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"signed_name": "Joy", "not_signed_why": "x"},
        {"signed_name": "x" * 201},
        {"not_signed_why": "x" * 301},
    ],
)
def test_a_notice_is_acknowledged_or_it_is_said_why_not(by, joy, wrong):
    with pytest.raises(Invalid):
        consents_services.give_notice(client_id=joy.pk, by=by, at=AT, **wrong)


def restrict(by, client, **more):
    details = {
        "recipient_kind": "payer",
        "asked": "Do not tell my plan about this week",
        "answer": "agreed",
    } | more
    return consents_services.request_restriction(client_id=client.pk, by=by, at=AT, **details)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recipient_kind": "anyone"}, "recipient_kind"),
        ({"recipient_kind": "client"}, "recipient_kind"),
        ({"contents": ["gossip"]}, "contents"),
        ({"asked": ""}, "asked"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "declined", "paid_in_full": True, "answer_why": "x"}, "answer"),
        ({"answer": "declined"}, "answer_why"),
        ({"answer_why": "x" * 301}, "answer_why"),
    ],
)
def test_a_request_to_restrict_that_cannot_be_is_not_kept(by, joy, wrong, field):
    with pytest.raises(Invalid) as said:
        restrict(by, joy, **wrong)
    assert {one.field for one in said.value.errors} == {field}


def test_a_restriction_is_lifted_once(by, joy):
    made = restrict(by, joy)
    consents_services.lift_restriction(restriction_id=made.pk, by=by, at=AT)
    lifted = consents_services.lift_restriction(
        restriction_id=made.pk, by=by, at=AT + timedelta(hours=1)
    )
    assert lifted.ended_at == AT
    assert selectors.restrictions_of(joy.pk, by=by)[0].ended_by == "Ines Caldera"


# ---- who may, and what is written down ---------------------------------------------------------


def everything(by, made):
    """Every write about consents as a function."""
    act = {"by": by, "at": AT}
    care = {"kind": "care", "recipients": CLASSES, "expires_date": NEXT_YEAR}
    sign = consents_services.Signature(name="Joy Okonkwo")
    return {
        "prepare": lambda: consents_services.prepare_consent(
            client_id=made["client"], **care, **act
        ),
        "sign": lambda: consents_services.sign_consent(
            consent_id=made["new"], signature=sign, **act
        ),
        "record": lambda: consents_services.record_consent(
            client_id=made["client"], signature=sign, **care, **act
        ),
        "renew": lambda: consents_services.renew_consent(
            consent_id=made["old"], expires_date=NEXT_YEAR, **act
        ),
        "revoke": lambda: consents_services.revoke_consent(
            consent_id=made["old"], said_how="phone", **act
        ),
        "end": lambda: consents_services.end_consent(
            consent_id=made["old"], ended="event", why="x", **act
        ),
        "put_away": lambda: consents_services.put_away_consent(consent_id=made["new"], **act),
        "notice": lambda: consents_services.give_notice(
            client_id=made["client"], signed_name="Joy", **act
        ),
        "restrict": lambda: consents_services.request_restriction(
            client_id=made["client"], recipient_kind="payer", asked="x", answer="agreed", **act
        ),
        "lift": lambda: consents_services.lift_restriction(restriction_id=made["limit"], **act),
    }


NAMES = tuple(everything(None, {}))


@pytest.fixture
def ours(by, joy):
    old = some_consent(by, joy)
    new = consents_services.renew_consent(consent_id=old.pk, expires_date=NEXT_YEAR, by=by, at=AT)
    limit = restrict(by, joy)
    return {"client": joy.pk, "old": old.pk, "new": new.pk, "limit": limit.pk}


@pytest.mark.parametrize("name", NAMES)
def test_a_biller_may_do_nothing_of_it(alder, ours, name):
    with pytest.raises(Refused):
        everything(alder.actor("bao"), ours)[name]()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("inside", ["alder", "harbor"])
def test_to_another_organization_nothing_of_it_exists(alder, ours, name, inside):
    jonah = alder.actor("jonah", alder.harbor)
    with tenancy.within(getattr(alder, inside)), pytest.raises(NotHere):
        everything(jonah, ours)[name]()


@pytest.mark.parametrize("name", NAMES)
def test_each_is_written_down_without_a_name(by, ours, name):
    before = AuditEntry.objects.count()
    everything(by, ours)[name]()
    fresh = AuditEntry.objects.order_by("-id")[: AuditEntry.objects.count() - before]
    assert fresh
    for entry in fresh:
        assert f"client:{ours['client']}" in entry.subjects
        assert "Joy" not in str(entry.detail)


def test_reading_another_organizations_consent_finds_nothing(alder, ours):
    jonah = alder.actor("jonah", alder.harbor)
    for key in (ours["old"], uuid4()):
        with pytest.raises(NotHere):
            selectors.consent(key, by=jonah, on=TODAY)
    assert selectors.consents_of(ours["client"], by=jonah, on=TODAY) == ()
