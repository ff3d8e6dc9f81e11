"""Counseling notes: for their author alone, signed for good, and out by their own consent alone."""

from datetime import timedelta

import pytest

from handrail.areas.consents import services as consents_services
from handrail.areas.consents.errors import Uncovered
from handrail.areas.consents.models import Disclosure
from handrail.areas.counseling import services as counseling
from handrail.areas.counseling.errors import NothingWritten, NotYourNote
from handrail.areas.counseling.models import CounselingNote
from handrail.areas.counseling.selectors import (
    counseling_draft_of,
    counseling_note,
    counseling_notes_of,
)
from handrail.core.access import NotHere, Refused
from handrail.core.consents import ConsentKind, Content, Named, Purpose, RecipientKind
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from tests.areas.clients.people import AT, TODAY, some_client
from tests.areas.consents.consents import CLASSES, DOCTOR, some_consent

WORDS = "I kept steering back to her brother.\n\nWhy do I?"


@pytest.fixture
def joy(alder):
    return some_client(alder.actor("ines"))


@pytest.fixture
def mara(alder):
    return alder.actor("mara")


def said(by, client, **more):
    return {
        "client_id": client.pk, "text": WORDS, "note_date": TODAY, "session": "group",
        "by": by, "at": AT,
    } | more  # fmt: skip


def letting_out(by, note, **more):
    return {
        "note_id": note.pk, "recipient": DOCTOR, "purpose": Purpose.TREATMENT, "how": "printed",
        "by": by, "at": AT,
    } | more  # fmt: skip


def own_consent(by, client, **more):
    details = {
        "kind": ConsentKind.COUNSELING_NOTES,
        "recipients": (Named(DOCTOR.kind, DOCTOR.name),),
        "contents": {Content.COUNSELING_NOTES},
        "purposes": {Purpose.TREATMENT},
    }
    return some_consent(by, client, **(details | more))


def test_a_draft_is_replaced_signed_and_then_stays(joy, mara):
    counseling.keep_counseling_draft(**said(mara, joy, text="First"))
    counseling.keep_counseling_draft(**said(mara, joy, text="Second"))
    assert counseling_draft_of(joy.pk, by=mara).text == "Second"
    made = counseling.sign_counseling_note(**said(mara, joy))
    assert counseling_draft_of(joy.pk, by=mara) is None
    assert [one.text for one in counseling_notes_of(joy.pk, by=mara)] == [WORDS]
    assert made.signed_name == "Mara Whitfield, LPC"
    counseling.add_to_counseling_note(note_id=made.pk, text="Now I know.", by=mara, at=AT)
    (found,) = counseling_notes_of(joy.pk, by=mara)
    assert [one.text for one in found.addenda.all()] == ["Now I know."]


def test_an_empty_draft_is_put_away_and_nothing_empty_is_signed(joy, mara):
    counseling.keep_counseling_draft(**said(mara, joy))
    counseling.keep_counseling_draft(**said(mara, joy, text=" \n"))
    assert not CounselingNote.objects.exists()
    with pytest.raises(NothingWritten):
        counseling.sign_counseling_note(**said(mara, joy, text=" "))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "x" * 10_001}, "text"),
        ({"note_date": TODAY + timedelta(days=1)}, "note_date"),
        ({"session": "séance"}, "session"),
    ],
)
def test_what_cannot_be_taken_is_said_by_field(wrong, field, joy, mara):
    with pytest.raises(Invalid) as refused:
        counseling.sign_counseling_note(**said(mara, joy, **wrong))
    assert {one.field for one in refused.value.errors} == {field}


@pytest.mark.parametrize("other", ["ruth", "helen"])
def test_another_clinician_finds_nothing(other, alder, joy, mara):
    counseling.keep_counseling_draft(**said(mara, joy))
    by = alder.actor(other)
    assert counseling_draft_of(joy.pk, by=by) is None
    made = counseling.sign_counseling_note(**said(mara, joy))
    assert not counseling_notes_of(joy.pk, by=by)
    for attempt in (
        lambda: counseling_note(made.pk, by=by),
        lambda: counseling.add_to_counseling_note(note_id=made.pk, text="x", by=by, at=AT),
        lambda: counseling.let_out_counseling_note(**letting_out(by, made)),
    ):
        with pytest.raises(NotYourNote):
            attempt()


@pytest.mark.parametrize("other", ["paul", "ines", "ada", "owen", "bao"])
def test_a_director_and_the_desk_are_refused(other, alder, joy, mara):
    made, by = counseling.sign_counseling_note(**said(mara, joy)), alder.actor(other)
    with pytest.raises(Refused):
        counseling_notes_of(joy.pk, by=by)
    with pytest.raises(Refused):
        counseling_note(made.pk, by=by)
    with pytest.raises(Refused):
        counseling.sign_counseling_note(**said(by, joy))


def test_in_another_organization_there_is_no_such_note(program, alder, joy, mara):
    made = counseling.sign_counseling_note(**said(mara, joy))
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        counseling_note(made.pk, by=program.actor("jonah", program.harbor))


def test_without_its_own_consent_it_does_not_leave(joy, mara):
    made = counseling.sign_counseling_note(**said(mara, joy))
    with pytest.raises(Uncovered, match="No consent on file"):
        counseling.let_out_counseling_note(**letting_out(mara, made))
    some_consent(mara, joy, recipients=CLASSES)
    with pytest.raises(Uncovered, match="does not cover"):
        counseling.let_out_counseling_note(**letting_out(mara, made))
    assert not Disclosure.objects.exists()


def test_with_its_own_consent_it_leaves_and_is_accounted_for(joy, mara):
    made, consent = counseling.sign_counseling_note(**said(mara, joy)), own_consent(mara, joy)
    left = counseling.let_out_counseling_note(**letting_out(mara, made))
    assert (left.consent_id, left.contents, left.state) == (
        consent.pk, ["counseling_notes"], "sent"
    )  # fmt: skip
    assert left.what == "Counseling note of Nov 24, 2026"
    assert left.statement
    consents_services.revoke_consent(
        consent_id=consent.pk, said_how="phone", why="", by=mara, at=AT
    )
    with pytest.raises(Uncovered):
        counseling.let_out_counseling_note(**letting_out(mara, made))


def test_such_a_consent_is_combined_with_nothing(joy, mara):
    with pytest.raises(Invalid):
        own_consent(mara, joy, contents={Content.COUNSELING_NOTES, Content.NOTES})
    with pytest.raises(Invalid):
        some_consent(
            mara, joy, kind=ConsentKind.NAMED,
            recipients=(Named(RecipientKind.TREATING_PROVIDER, "Dr. Ana Reyes"),),
            contents={Content.COUNSELING_NOTES}, purposes={Purpose.TREATMENT},
        )  # fmt: skip
