"""Signing and what comes after: complete people only, nothing twice, nothing changed afterwards."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from handrail.areas.notes.errors import AttendanceNotClosed, NothingAdded, NotYoursToVoid
from handrail.areas.notes.models import Addendum, DraftField, Note
from handrail.areas.notes.selectors import notes as selectors
from handrail.areas.notes.services import notes as services
from handrail.areas.notes.services.notes import NotAdded, NotSigned, Signed
from handrail.areas.notes.session_record import NearNames
from handrail.areas.organizations.models import Credential
from handrail.areas.outreach.services.outreach import log_attempt
from handrail.areas.safety.models import FlagKind
from handrail.areas.schedule.models import Session
from handrail.areas.sessions.services.board import NotTaken
from handrail.core.access import NotHere, Refused
from handrail.core.course.attendance import Status
from handrail.core.course.session_states import State
from handrail.core.notes.checklist import PointKind
from handrail.core.notes.content import content_hash, read_canonical
from handrail.core.notes.errors import (
    CoSignFirst,
    NotTheLeader,
    NoValidLicense,
    OwnNote,
    SigningUnexplained,
    VoidUnexplained,
)
from handrail.core.notes.names import Named, mentions_in
from handrail.core.notes.signatures import Act, NotInThisState
from handrail.data import note_rules
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import AT, LATE, PEOPLE, WORDS, a_flag, a_person, add_person

LATER = LATE + timedelta(hours=12)


def kinds(outcome):
    assert isinstance(outcome, NotSigned)
    return [point.kind for point in outcome.points]


def open_kinds(tonight, client):
    return [point.kind for point in tonight.tile(client).open_points]


# ---- a whole evening ---------------------------------------------------------------------------


def test_a_whole_evening_of_twelve_is_signed_at_once_and_closed(tonight):
    tonight.held()
    assert [one.open_points for one in tonight.board().tiles] == [()] * 12
    outcomes = tonight.sign()
    assert all(isinstance(one, Signed) and not one.already for one in outcomes)
    assert tonight.fresh().state == State.CLOSED.value
    note = tonight.note(tonight.clients[0])
    content = read_canonical(note.content)
    assert content.individual.words == WORDS[0]
    assert content.individual.goal == "Three evenings a week without a drink"
    assert content.individual.attended_minutes == 180
    assert content.group.shared[0].text == "Check-in with a scale from one to ten."
    assert (content.group.start.hour, content.group.stop.hour) == (18, 21)
    assert note.content_hash == content_hash(note.content)
    assert (note.has_risk_statement, note.needs_co_signature) == (True, False)
    assert note.signed_name == "Dev Raman, LCSW"
    signed = AuditEntry.objects.filter(action="note.sign")
    assert len(signed) == 12
    assert {len(one.detail["content_hash"]) for one in signed} == {64}


def test_a_batch_signs_who_is_complete_and_says_what_the_others_lack(tonight):
    tonight.held()
    tonight.save(tonight.clients[3], "words", "", version=1)
    tonight.save(tonight.clients[4], "goal", " ", version=1)
    outcomes = tonight.sign()
    assert sum(isinstance(one, Signed) for one in outcomes) == 10
    assert kinds(outcomes[3]) == [PointKind.OWN_WORDS_MISSING]
    assert kinds(outcomes[4]) == [PointKind.GOAL_MISSING]
    assert tonight.fresh().state == State.TO_BE_SIGNED.value
    tonight.save(tonight.clients[3], "words", WORDS[3], version=2)
    tonight.save(tonight.clients[4], "goal", "Three evenings", version=2)
    outcomes = tonight.sign()
    assert [one.already for one in outcomes].count(True) == 10
    assert tonight.fresh().state == State.CLOSED.value


def test_a_second_click_on_sign_says_so_and_signs_nothing_twice(tonight):
    tonight.held()
    tonight.sign()
    version = tonight.board().version
    again = tonight.sign(by=tonight.mara)
    assert all(one.already for one in again)
    assert Note.objects.count() == 12
    assert tonight.board().version == version
    assert {one.signed_name for one in Note.objects.all()} == {"Dev Raman, LCSW"}


def test_the_same_person_named_twice_in_one_batch_is_signed_once(tonight):
    tonight.held()
    (outcome,) = tonight.sign(tonight.clients[0], tonight.clients[0])
    assert not outcome.already


def test_nobody_signs_before_attendance_is_closed(tonight):
    tonight.start()
    tonight.write_everything()
    with pytest.raises(AttendanceNotClosed):
        tonight.sign()
    assert not Note.objects.exists()


def test_who_may_not_sign_does_not(program, tonight):
    tonight.held()
    for name in ("ines", "bao", "paul"):
        with pytest.raises(Refused):
            tonight.sign(by=program.actor(name))
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        tonight.sign(by=program.actor("jonah", program.harbor))


def test_someone_who_is_not_in_the_session_cannot_be_signed_for(tonight):
    tonight.held()
    with pytest.raises(NotHere):
        tonight.sign(a_person(tonight, "Ottilie", "Brandvold"))


# ---- absence -----------------------------------------------------------------------------------


def test_who_was_absent_gets_a_note_that_says_what_is_done(tonight):
    tonight.start()
    tonight.write_everything()
    tonight.absent(tonight.clients[0], "child is sick")
    tonight.close()
    (outcome,) = tonight.sign(tonight.clients[0])
    assert isinstance(outcome, Signed)
    own = read_canonical(tonight.note(tonight.clients[0]).content).individual
    assert own.status is Status.ABSENT_EXCUSED
    assert own.outreach == "Excuse: child is sick"
    assert read_canonical(tonight.note(tonight.clients[0]).content).group.shared == ()
    assert (own.words, own.goal, own.risk) == ("", "", "")
    assert not tonight.note(tonight.clients[0]).has_risk_statement


def test_an_absence_without_an_excuse_waits_for_a_call(program, tonight):
    silent, flagged = tonight.clients[:2]
    a_flag(program, flagged)
    tonight.start()
    tonight.write_everything()
    tonight.absent(silent)
    tonight.absent(flagged, "child is sick")
    tonight.close()
    outcomes = tonight.sign(silent, flagged)
    assert [kinds(one) for one in outcomes] == [[PointKind.OUTREACH_MISSING]] * 2
    for row in tonight.session.outreach.all():
        log_attempt(outreach_id=row.pk, kind="call", result="reached", by=tonight.mara, at=LATE)
    assert all(isinstance(one, Signed) for one in tonight.sign(silent, flagged))
    said = read_canonical(tonight.note(flagged).content).individual.outreach
    assert said == "Excuse: child is sick\nNov 24, 9:05 PM: Called. Reached."


def test_own_words_about_the_absence_take_the_place_of_the_list(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.save(tonight.clients[0], "outreach", "Reached by phone at nine; safe at home.")
    tonight.close()
    tonight.sign(tonight.clients[0])
    own = read_canonical(tonight.note(tonight.clients[0]).content).individual
    assert own.outreach == "Reached by phone at nine; safe at home."


# ---- risk --------------------------------------------------------------------------------------


def test_without_any_statement_in_this_course_one_is_due(tonight):
    tonight.held()
    tonight.save(tonight.clients[0], "risk", "", version=1)
    (outcome,) = tonight.sign(tonight.clients[0])
    assert kinds(outcome) == [PointKind.RISK_MISSING]


def earlier_note(tonight, client, *, words="Something else entirely was said that evening then."):
    """As if Monday's note had been signed with a statement about risk."""
    from handrail.core.notes.content import GroupContent, IndividualContent, NoteContent, canonical

    monday = Session.objects.get(local_date=date(2026, 11, 23))
    text = canonical(
        NoteContent(
            GroupContent("Evening IOP", 4, monday.local_date),
            IndividualContent(str(client.pk), Status.ATTENDED, words=words, risk="Denies."),
        )
    )
    return Note.objects.create(
        organization_id=client.organization_id,
        client=client,
        episode=client.episodes.get(),
        session=monday,
        local_date=monday.local_date,
        content=text,
        content_hash=content_hash(text),
        has_risk_statement=True,
        signed_at=AT - timedelta(days=1),
        signed_by_id=tonight.session.facilitators.first().membership_id,
        signed_name="Mara Whitfield, LPC",
    )


def test_after_a_statement_none_is_due_until_something_changes(program, tonight):
    client = tonight.clients[0]
    earlier_note(tonight, client)
    tonight.start()
    assert tonight.tile(client).risk_due == ""
    flag = a_flag(program, client)
    assert tonight.tile(client).risk_due == "open flag: suicide"
    type(flag).objects.filter(pk=flag.pk).update(
        closed_at=AT, closed_by="Dev Raman", formulation="Safe now."
    )
    assert tonight.tile(client).risk_due == "something about the risk has changed"


def test_a_voided_statement_is_none(tonight):
    client = tonight.clients[0]
    note = earlier_note(tonight, client)
    services.void_note(note_id=note.pk, reason="wrong person", by=tonight.ruth, at=AT)
    assert "none yet" in tonight.tile(client).risk_due


def test_a_no_contact_flag_asks_for_no_statement_about_risk(program, tonight):
    client = tonight.clients[0]
    earlier_note(tonight, client)
    flag = a_flag(program, client, FlagKind.OVERDOSE)
    type(flag).objects.filter(pk=flag.pk).update(kind="no_contact", other_client=tonight.clients[2])
    assert tonight.tile(client).risk_due == ""


# ---- names and likeness ------------------------------------------------------------------------


def test_anothers_name_blocks_in_own_words_and_in_the_shared_part(tonight):
    tonight.held()
    tonight.save(tonight.clients[0], "words", "Argued with Jerome about the film.", version=1)
    assert open_kinds(tonight, tonight.clients[0]) == [PointKind.ANOTHERS_NAME]
    tonight.save(None, "segment:1", "Keiko told the story of her move.")
    (outcome,) = tonight.sign(tonight.clients[1])
    assert kinds(outcome) == [PointKind.ANOTHERS_NAME]


@pytest.mark.parametrize(
    "text",
    [
        "Laughed with Jérôme in the break.",
        "Told Castellano's joke again.",
        "KEIKO TANABE helped with the chairs.",
    ],
)
def test_names_are_found_however_they_are_written(tonight, text):
    tonight.held()
    tonight.save(tonight.clients[0], "words", text, version=1)
    assert PointKind.ANOTHERS_NAME in open_kinds(tonight, tonight.clients[0])


NAMED = [Named(given, given, family) for given, family in (*PEOPLE, ("Mary Ann", "O'Brien"))]
SAID = st.sampled_from(
    ["Jerome", "jero", "Mary", "maryann", "O’Brien", "castel", "lano", "told", "-"]
)


@given(st.lists(SAID, max_size=8).map(" ".join))
def test_the_quick_search_finds_what_the_whole_one_finds(text):
    own, others, staff = NAMED[0], NAMED[1:], [Named("dev", "Dev", "Castellano")]
    whole = mentions_in(
        {"words": text}, others, own=own, staff=staff, words=note_rules().name_words
    )
    assert NearNames(NAMED, staff).mentions({"words": text}, own=own) == whole


def test_own_name_and_staff_may_be_named(tonight):
    tonight.held()
    tonight.save(
        tonight.clients[0], "words", "Rosalind asked Mara for a word after the group.", version=1
    )
    (outcome,) = tonight.sign(tonight.clients[0])
    assert isinstance(outcome, Signed)


def test_people_of_the_track_who_are_away_tonight_may_not_be_named(tonight):
    tonight.held()
    away = add_person(tonight, "Ottilie", "Brandvold")
    away.enrollments.update(from_date=tonight.session.local_date + timedelta(days=7))
    tonight.save(tonight.clients[0], "words", "Misses Ottilie in the group.", version=1)
    assert open_kinds(tonight, tonight.clients[0]) == [PointKind.ANOTHERS_NAME]


def test_a_name_in_an_excuse_blocks_the_absence_note(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0], "drove Keiko Tanabe to the hospital")
    tonight.close()
    (outcome,) = tonight.sign(tonight.clients[0])
    assert kinds(outcome) == [PointKind.ANOTHERS_NAME]


def test_words_too_alike_ask_and_one_acknowledgement_answers(tonight):
    tonight.held()
    one, two = tonight.clients[:2]
    tonight.save(two, "words", WORDS[0], version=1)
    (outcome,) = tonight.sign(one)
    assert kinds(outcome) == [PointKind.ALIKE_ANOTHER]
    keys = {one.pk: [point.key for point in outcome.points]}
    (outcome,) = tonight.sign(one, acknowledged=keys)
    assert isinstance(outcome, Signed)
    (outcome,) = tonight.sign(two, acknowledged=keys)
    assert kinds(outcome) == [PointKind.ALIKE_ANOTHER]


def test_words_copied_from_last_time_ask(tonight):
    client = tonight.clients[0]
    earlier_note(tonight, client, words=WORDS[0])
    tonight.held()
    assert open_kinds(tonight, client) == [PointKind.ALIKE_LAST_TIME]


def test_two_texts_that_wait_block_everyone_they_concern(tonight):
    tonight.held()
    tonight.save(None, "segment:0", "Ruth writes something else.", by=tonight.ruth)
    outcomes = tonight.sign()
    assert {tuple(kinds(one)) for one in outcomes} == {(PointKind.TWO_TEXTS,)}


# ---- whose signature ---------------------------------------------------------------------------


def test_without_a_license_that_is_valid_that_day_a_supervisor_has_to_co_sign(program, tonight):
    tonight.held()
    Credential.objects.filter(membership=program.place("dev")).update(
        expires_date=date(2026, 11, 24)
    )
    # Five past nine in the evening in New York is still the last day.
    tonight.sign(tonight.clients[0])
    tonight.sign(tonight.clients[1], at=LATE + timedelta(hours=4))
    first, second = tonight.note(tonight.clients[0]), tonight.note(tonight.clients[1])
    assert (first.signed_name, first.needs_co_signature) == ("Dev Raman, LCSW", False)
    assert (second.signed_name, second.needs_co_signature) == ("Dev Raman", True)


@pytest.fixture
def unlicensed(program, tonight):
    """An evening signed by someone whose license was voided."""
    Credential.objects.filter(membership=program.place("dev")).update(
        voided_at=AT, voided_by="Ada Lindqvist", void_reason="typed wrong"
    )
    tonight.held()
    tonight.sign()
    return tonight


def test_co_signing_locking_and_the_queue(unlicensed):
    tonight, client = unlicensed, unlicensed.clients[0]
    note = tonight.note(client)
    assert len(selectors.to_co_sign(by=tonight.ruth)) == 12
    with pytest.raises(CoSignFirst):
        services.lock(note_id=note.pk, by=tonight.ruth, at=LATER)
    services.co_sign(note_id=note.pk, by=tonight.ruth, at=LATER)
    again = services.co_sign(note_id=note.pk, by=tonight.ruth, at=LATER + timedelta(1))
    assert (again.co_signed_name, again.co_signed_at) == ("Ruth Okafor, LPCC-S", LATER)
    assert len(selectors.to_co_sign(by=tonight.ruth)) == 11
    services.lock(note_id=note.pk, by=tonight.ruth, at=LATER)
    services.lock(note_id=note.pk, by=tonight.ruth, at=LATER)
    view = selectors.note(note.pk, by=tonight.ruth)
    assert (view.state, view.locked_by, view.intact) == ("locked", "Ruth Okafor", True)
    assert view.acts == {Act.ADD, Act.VOID}
    for action in ("note.co_sign", "note.lock"):
        assert AuditEntry.objects.filter(action=action).count() == 1


def test_nobody_co_signs_their_own_note(tonight):
    tonight.held()
    tonight.sign(tonight.clients[0], by=tonight.ruth)
    note = tonight.note(tonight.clients[0])
    with pytest.raises(OwnNote):
        services.co_sign(note_id=note.pk, by=tonight.ruth, at=LATER)
    assert Act.CO_SIGN not in selectors.note(note.pk, by=tonight.ruth).acts


def test_only_a_supervisor_co_signs_and_locks(unlicensed):
    note = unlicensed.note(unlicensed.clients[0])
    for act in (services.co_sign, services.lock):
        with pytest.raises(Refused):
            act(note_id=note.pk, by=unlicensed.mara, at=LATER)


def test_a_supervisor_without_a_valid_license_does_not_co_sign(program, unlicensed):
    Credential.objects.filter(membership=program.place("ruth")).update(
        expires_date=date(2026, 11, 1)
    )
    with pytest.raises(NoValidLicense):
        services.co_sign(
            note_id=unlicensed.note(unlicensed.clients[0]).pk, by=unlicensed.ruth, at=LATER
        )


# ---- after the signature -----------------------------------------------------------------------


def test_a_text_after_the_signature_is_kept_and_becomes_an_addendum(tonight):
    tonight.held()
    client = tonight.clients[0]
    tonight.sign(client)
    note = tonight.note(client)
    outcome = tonight.save(client, "words", "Written offline.", version=1, by=tonight.ruth)
    assert isinstance(outcome, NotTaken)
    assert (outcome.text, outcome.note_id) == ("Written offline.", note.pk)
    kept = tonight.tile(client).fields["words"]
    assert kept.text == WORDS[0]
    assert [one.text for one in kept.others] == ["Written offline."]
    made = services.add_addendum(
        note_id=note.pk, text="Written offline.", by=tonight.ruth, at=LATER
    )
    assert isinstance(made, Addendum)
    assert tonight.tile(client).fields["words"].others == ()
    (added,) = selectors.note(note.pk, by=tonight.mara).addenda
    assert (added.text, added.signed_name) == ("Written offline.", "Ruth Okafor, LPCC-S")
    assert tonight.note(client).content_hash == note.content_hash


def test_what_came_too_late_can_be_put_away(tonight):
    tonight.held()
    client = tonight.clients[0]
    tonight.sign(client)
    tonight.save(client, "words", "Written offline.", version=1, by=tonight.ruth)
    (other,) = tonight.tile(client).fields["words"].others
    assert isinstance(
        tonight.settle(client, "words", "Other words.", version=1, seen=[other.key]), NotTaken
    )
    tonight.settle(client, "words", WORDS[0], version=1, seen=[other.key])
    assert tonight.tile(client).fields["words"].others == ()


def test_the_shared_part_of_a_closed_session_stays_and_the_text_is_kept(tonight):
    tonight.held()
    tonight.sign()
    outcome = tonight.save(None, "segment:0", "Too late.", version=1)
    assert isinstance(outcome, NotTaken)
    assert [one.text for one in tonight.board().shared["segment:0"].others] == ["Too late."]


def test_an_addendum_sent_twice_is_one(tonight):
    tonight.held()
    tonight.sign(tonight.clients[0])
    note = tonight.note(tonight.clients[0])
    for _ in range(2):
        services.add_addendum(note_id=note.pk, text="One more word.", by=tonight.dev, at=LATER)
    assert Addendum.objects.count() == 1
    with pytest.raises(NothingAdded):
        services.add_addendum(note_id=note.pk, text="  ", by=tonight.dev, at=LATER)


def test_an_addendum_names_nobody_else(tonight):
    tonight.held()
    tonight.sign(tonight.clients[0])
    outcome = services.add_addendum(
        note_id=tonight.note(tonight.clients[0]).pk,
        text="It was Jerome Castellano who said so.",
        by=tonight.dev,
        at=LATER,
    )
    assert isinstance(outcome, NotAdded)
    assert [one.kind for one in outcome.points] == [PointKind.ANOTHERS_NAME]
    assert not Addendum.objects.exists()


def test_a_wrong_signature_is_voided_and_signed_anew(tonight):
    tonight.held()
    tonight.sign()
    client = tonight.clients[0]
    wrong = tonight.note(client)
    with pytest.raises(VoidUnexplained):
        services.void_note(note_id=wrong.pk, reason=" ", by=tonight.dev, at=LATER)
    services.void_note(note_id=wrong.pk, reason="wrong person's words", by=tonight.dev, at=LATER)
    services.void_note(note_id=wrong.pk, reason="again", by=tonight.dev, at=LATER)
    assert tonight.fresh().state == State.TO_BE_SIGNED.value
    assert tonight.tile(client).note is None
    assert tonight.tile(client).fields["words"].text == WORDS[0]
    (waiting,) = selectors.unsigned(by=tonight.mara)
    assert waiting.people == ((client.pk, client.name),)
    assert waiting.mine
    tonight.save(client, "words", "Said little but stayed to the end and helped tidy.", version=1)
    (outcome,) = tonight.sign(client, at=LATER)
    assert isinstance(outcome, Signed)
    assert tonight.fresh().state == State.CLOSED.value
    assert selectors.note(wrong.pk, by=tonight.mara).void_reason == "wrong person's words"
    with pytest.raises(NotInThisState):
        services.add_addendum(note_id=wrong.pk, text="x", by=tonight.dev, at=LATER)
    with pytest.raises(NotInThisState):
        services.co_sign(note_id=wrong.pk, by=tonight.ruth, at=LATER)


def test_only_author_or_supervisor_void(program, tonight):
    tonight.held()
    tonight.sign()
    note = tonight.note(tonight.clients[0])
    for actor in (tonight.mara, program.actor("helen")):
        with pytest.raises(NotYoursToVoid):
            services.void_note(note_id=note.pk, reason="x", by=actor, at=LATER)
    services.void_note(note_id=note.pk, reason="x", by=tonight.ruth, at=LATER)


def test_notes_of_another_organization_are_not_here(program, tonight):
    tonight.held()
    tonight.sign(tonight.clients[0])
    note, stranger = tonight.note(tonight.clients[0]), program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor):
        for use in (
            lambda: selectors.note(note.pk, by=stranger),
            lambda: selectors.notes_of(tonight.clients[0].pk, by=stranger),
            lambda: services.void_note(note_id=note.pk, reason="x", by=stranger, at=LATER),
        ):
            with pytest.raises(NotHere):
                use()


# ---- nobody changes what was signed ------------------------------------------------------------

TAMPERING = (
    "update notes_note set content = content || ' '",
    "update notes_note set content_hash = repeat('0', 64)",
    "update notes_note set signed_name = 'Somebody Else'",
    "update notes_note set signed_at = now()",
    "update notes_note set needs_co_signature = not needs_co_signature",
    "update notes_note set client_id = gen_random_uuid()",
    "delete from notes_note",
    "truncate notes_note cascade",
    "update notes_addendum set text = 'x'",
    "delete from notes_addendum",
    "update notes_note set state = 'signed', locked_at = null, locked_by = ''"
    " where state = 'locked'",
    "update notes_note set locked_by = 'Somebody Else' where state = 'locked'",
    "update notes_note set co_signed_name = 'Somebody Else' where state = 'locked'",
    "update notes_note set co_signed_at = null, co_signed_by_id = null, co_signed_name = ''"
    " where state = 'locked'",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_refuses_to_change_what_was_signed(unlicensed, statement):
    note = unlicensed.note(unlicensed.clients[0])
    services.co_sign(note_id=note.pk, by=unlicensed.ruth, at=LATER)
    services.lock(note_id=note.pk, by=unlicensed.ruth, at=LATER)
    services.add_addendum(note_id=note.pk, text="More.", by=unlicensed.ruth, at=LATER)
    before = list(Note.objects.order_by("id").values()), list(Addendum.objects.values())
    with (
        pytest.raises(Exception, match=r"stays as it was signed|permission denied|never removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (list(Note.objects.order_by("id").values()), list(Addendum.objects.values())) == before


def test_a_note_that_needs_a_co_signature_cannot_be_locked_past_the_program(unlicensed):
    with (
        pytest.raises(Exception, match="stays as it was signed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update notes_note set state = 'locked', locked_at = now(), locked_by = 'x'")


# ---- reading -----------------------------------------------------------------------------------


def test_a_thousand_notes_are_read_a_page_at_a_time(tonight):
    client = tonight.clients[0]
    model = earlier_note(tonight, client)
    Note.objects.bulk_create(
        Note(
            organization_id=model.organization_id,
            client=client,
            episode_id=model.episode_id,
            local_date=model.local_date - timedelta(days=number // 3),
            content=model.content,
            content_hash=model.content_hash,
            signed_at=model.signed_at,
            signed_by_id=model.signed_by_id,
            signed_name=model.signed_name,
        )
        for number in range(999)
    )
    seen, before = [], None
    while before != "":
        page = selectors.notes_of(client.pk, by=tonight.mara, before=before)
        seen += page.notes
        before = page.before
    assert len({one.id for one in seen}) == len(seen) == 1000
    assert [one.local_date for one in seen] == sorted(
        (one.local_date for one in seen), reverse=True
    )
    with pytest.raises(NotHere):
        selectors.notes_of(client.pk, by=tonight.mara, before="yesterday")


def test_drafts_stay_until_they_are_needed_no_more(tonight):
    tonight.held()
    tonight.sign()
    assert DraftField.objects.filter(field="words").count() == 12


# ---- for a group one did not lead --------------------------------------------------------------


def test_only_who_led_a_group_signs_its_notes_or_a_supervisor_who_says_why(tonight, program):
    tonight.held()
    tonight.session.facilitators.exclude(membership=program.place("mara")).delete()
    for other, why in (("dev", NotTheLeader), ("ruth", SigningUnexplained)):
        with pytest.raises(why):
            tonight.sign(by=program.actor(other))
    with pytest.raises(NotTheLeader):
        tonight.sign(by=program.actor("dev"), reason="Mara asked me to")
    assert not Note.objects.filter(session=tonight.session).exists()
    signed = tonight.sign(by=program.actor("ruth"), reason="Mara is ill tonight")
    assert all(isinstance(one, Signed) for one in signed)
    line = tonight.note(tonight.clients[0]).signed_name
    assert line.endswith(", who did not lead this group: Mara is ill tonight")
