"""Today: the groups in their stacks, what is due for whom, and nothing of anybody else's."""

import re
import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.assessment import services as assessments
from handrail.areas.safety.models import Flag
from handrail.areas.schedule.models import (
    Closure,
    Enrollment,
    Session,
    SessionFacilitator,
    TrackFacilitator,
)
from handrail.areas.sessions.selectors.groups_today import today
from handrail.core.worklist import rows_of
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.staff.worklist.page import OF_A_KIND
from tests import due
from tests.areas.assessment.assessing import write_everything
from tests.factories.evening import (
    AT,
    LATE,
    NEW_YORK,
    TONIGHT,
    a_flag,
    a_note,
    a_session,
    add_person,
    an_evening,
    an_outreach,
    another_session,
    was_at,
)
from tests.staff import sign_in

GROUPS, DUE = 4, 3
"""Queries: sessions, members, who was there, closed days; items, numbers, what was seen before."""
NEXT_DAY = LATE + timedelta(hours=26)


@pytest.fixture
def group(program):
    """Tonight's twelve at Alder Street; the test works inside that organization."""
    with tenancy.within(program.alder):
        yield an_evening(program)


def leads_nothing(group, program):
    """Dev is someone who leads no group tonight."""
    group.session.facilitators.filter(membership=program.place("dev")).delete()


def day_of(by, at=AT):
    return today(by=by, at=at, zone=NEW_YORK)


def rows(by, at=AT, kind=""):
    """What is due for someone, after what the factories made by hand, in its order."""
    due.rebuild(by.organization_id, at)
    found = {(one.due.kind, one.due.key): one for one in due.items(by, at)}
    ordered = [
        each for row in rows_of((one.due for one in found.values()), at) for each in row.items
    ]
    return [found[one.kind, one.key] for one in ordered if kind in ("", one.kind)]


def kinds(by, at=AT):
    return [one.due.kind for one in rows(by, at) if one.due.kind != "license"]


def text_of(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", plain.replace("&#39;", "'"))


def page(client, program, name, at=AT, monkeypatch=None):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(at.timestamp() - time.time()))
    due.rebuild(program.alder, at)
    return sign_in(client, program, name, program.alder).get("/staff")


# ---- stacks ------------------------------------------------------------------------------------


def test_an_evening_goes_from_upcoming_to_in_progress_to_be_signed_and_away(group):
    assert [one.people for one in day_of(group.mara).upcoming.groups] == [12]
    group.start()
    seen = day_of(group.mara)
    assert (seen.upcoming.in_all, seen.running.in_all) == (0, 1)
    group.write_everything()
    group.close()
    seen = day_of(group.mara, LATE)
    assert (seen.running.in_all, seen.to_be_signed.in_all) == (0, 1)
    assert seen.to_be_signed.groups[0].without_words == ()
    group.sign()
    assert day_of(group.mara, LATE).to_be_signed.in_all == 0


def test_a_running_group_says_which_part_runs_who_is_here_and_who_was_late(group):
    group.start()
    group.absent(group.clients[0])
    group.present(group.clients[1], arrived=20)
    running = day_of(group.mara, AT + timedelta(minutes=40)).running.groups[0]
    assert (running.here, running.people, running.late) == (11, 12, (20,))
    assert running.segment
    assert running.minutes_left > 0
    over = day_of(group.mara, LATE).running.groups[0]
    assert (over.segment, over.minutes_left) == ("", 0)


def test_who_still_needs_words_is_said_by_first_name_and_initial(group):
    group.start()
    group.absent(group.clients[0])
    for client in group.clients[2:]:
        group.save(client, "words", f"Words about {client.initials} alone this evening.")
    group.close()
    waiting = day_of(group.mara, LATE).to_be_signed.groups[0]
    assert waiting.without_words == ("Jerome C.",)
    assert waiting.due_at == group.session.ends_at + timedelta(hours=24)


def test_a_voided_note_brings_the_session_back_to_be_signed(group):
    from handrail.areas.notes.services import notes

    group.held().sign()
    assert day_of(group.mara, LATE).to_be_signed.in_all == 0
    note = group.note(group.clients[0])
    notes.void_note(note_id=note.pk, reason="Two people mixed up", by=group.dev, at=LATE)
    back = day_of(group.mara, LATE).to_be_signed.groups[0]
    assert (back.signed, back.people) == (11, 12)


def test_who_comes_for_the_first_time_is_named_and_who_always_came_is_not(group):
    add_person(group, "Luis", "Garza")
    Enrollment.objects.filter(client=group.clients[-1]).update(from_date=TONIGHT)
    assert day_of(group.mara).upcoming.groups[0].starting == ("Luis G.",)


def test_a_change_of_days_is_no_first_time(group):
    client = group.clients[0]
    old = Enrollment.objects.get(client=client)
    old.until_date = TONIGHT - timedelta(days=1)
    old.save()
    Enrollment.objects.create(
        organization_id=old.organization_id, client=client, episode=old.episode, track=old.track,
        from_date=TONIGHT, days=[1], enrolled_at=AT, enrolled_by="Ines Caldera",
    )  # fmt: skip
    assert day_of(group.mara).upcoming.groups[0].starting == ()


def test_a_session_nobody_started_stays_in_sight(group):
    missed = day_of(group.mara, LATE + timedelta(days=1)).upcoming.groups
    assert [one.not_started for one in missed] == [True]


def test_a_facilitator_sees_the_own_groups_and_those_who_watch_over_all_see_every_one(
    group, program
):
    leads_nothing(group, program)
    assert day_of(group.dev).upcoming.in_all == 0
    for name in ("ruth", "paul", "helen", "ines"):
        assert day_of(program.actor(name)).upcoming.in_all == 1
    biller = day_of(program.actor("bao"))
    assert (biller.sees_groups, biller.upcoming.in_all) == (False, 0)


def test_own_groups_come_before_those_of_others(group, program):
    other = another_session(group.session)
    Session.objects.filter(pk=other.pk).update(local_date=TONIGHT)
    SessionFacilitator.objects.filter(membership__user_id=group.ruth.id).delete()
    SessionFacilitator.objects.create(
        organization_id=other.organization_id,
        session=other,
        membership=program.place("ruth"),
    )
    assert [one.meeting.mine for one in day_of(group.ruth).upcoming.groups] == [True, False]


def test_who_has_a_risk_flag_is_named_before_and_while_the_group_meets(
    group, program, client, monkeypatch
):
    for at_risk in group.clients[1:3]:
        a_flag(program, at_risk)
    said = text_of(page(client, program, "mara", monkeypatch=monkeypatch))
    assert "2 risk flags: Jerome C. and Nadia V." in said
    read = AuditEntry.objects.get(action="chart.read")
    assert {f"client:{one.pk}" for one in group.clients[1:3]} <= set(read.subjects)
    group.start()
    at_risk = day_of(group.mara).running.groups[0].at_risk
    assert (at_risk.number, at_risk.names) == (2, ("Jerome C.", "Nadia V."))


def test_a_group_whose_time_has_come_says_so(group, program, client, monkeypatch):
    assert "Should have begun" not in text_of(
        page(client, program, "mara", monkeypatch=monkeypatch)
    )
    after_six = AT + timedelta(minutes=25)
    said = text_of(page(client, program, "mara", after_six, monkeypatch))
    assert "Should have begun at 6 pm" in said


def test_the_head_says_what_is_left_of_the_evening(group, program, client, monkeypatch):
    def head(at):
        return text_of(page(client, program, "mara", at, monkeypatch))

    group.start()
    assert "Tonight’s group is in progress." in head(AT + timedelta(minutes=25))
    group.write_everything()
    group.close()
    said = head(LATE)
    assert "Tonight’s group is to be signed." in said
    assert "No groups" not in said
    group.sign()
    assert "Tonight’s group is held and signed." in head(LATE)


# ---- due ---------------------------------------------------------------------------------------


def test_a_concern_is_due_for_its_owner_and_for_a_supervisor(group, program):
    a_flag(program, group.clients[0])
    assert kinds(group.dev) == ["flag"]
    assert "flag" in kinds(group.ruth)
    for actor in (group.mara, program.actor("paul"), program.actor("bao"), program.actor("ada")):
        assert "flag" not in kinds(actor)


def test_a_closed_concern_is_due_for_nobody(group, program):
    flag = a_flag(program, group.clients[0])
    Flag.objects.filter(pk=flag.pk).update(
        closed_at=AT, closed_by="Dev Raman", formulation="Three weeks without such thoughts."
    )
    assert kinds(group.dev) == []


def test_outreach_is_due_for_who_led_the_session_and_for_who_watches_over_all(group, program):
    leads_nothing(group, program)
    an_outreach(group.session, group.clients[0].episodes.get())
    for actor in (group.mara, group.ruth, program.actor("ines"), program.actor("paul")):
        assert "outreach" in kinds(actor, LATE)
    assert "outreach" not in kinds(group.dev, LATE)
    assert "outreach" not in kinds(program.actor("owen"), LATE)


def test_someone_at_risk_whom_nobody_reached_comes_first(group, program):
    an_outreach(group.session, group.clients[0].episodes.get(), due_at=LATE - timedelta(hours=5))
    an_outreach(group.session, group.clients[1].episodes.get(), due_at=LATE + timedelta(hours=1))
    a_flag(program, group.clients[1])
    first = rows(group.mara, LATE)[0]
    assert first.client_id == group.clients[1].pk


def test_notes_are_due_for_who_leads_and_for_a_supervisor_once_overdue(group):
    SessionFacilitator.objects.filter(membership__user_id=group.ruth.id).delete()
    group.held()
    assert kinds(group.mara, LATE) == ["notes"]
    assert "notes" not in kinds(group.ruth, LATE)
    assert "notes" in kinds(group.ruth, NEXT_DAY)


def test_notes_to_co_sign_are_due_for_a_supervisor_by_colleague(group, program):
    for client in group.clients[:3]:
        a_note(group.session, client.episodes.get(), program.place("mara"), needs_co_signature=True)
    found = rows(group.ruth, LATE, "note_co_sign")
    assert [one.facts["by"] for one in found] == ["Mara Whitfield"] * 3
    assert len({one.due.group for one in found}) == 1
    assert "note_co_sign" not in kinds(group.mara, LATE)


def test_assessments_wait_for_their_writer_and_then_for_a_supervisor(
    group, program, client, monkeypatch
):
    person, carmen = group.clients[0], program.actor("carmen")
    assessments.begin_assessment(client_id=person.pk, by=carmen, at=LATE)
    assert "assessment_draft" in kinds(carmen, LATE)
    assert "assessment_draft" not in kinds(group.ruth, LATE)
    write_everything(carmen, person, LATE)
    made = assessments.sign_assessment(client_id=person.pk, by=carmen, at=LATE)
    assert made.needs_co_signature
    assert "assessment_draft" not in kinds(carmen, LATE)
    said = text_of(page(client, program, "ruth", LATE, monkeypatch))
    assert "An assessment by Carmen" in said
    assert "waits for your co-signature" in said
    assessments.co_sign_assessment(assessment_id=made.pk, by=group.ruth, at=LATE)
    assert "assessment_co_sign" not in kinds(group.ruth, LATE)


def test_a_course_about_to_end_is_due_for_who_leads_the_track(group, program):
    group.session.track.program.sessions = 2
    group.session.track.program.save()
    assert "ending" not in kinds(group.mara)
    TrackFacilitator.objects.create(
        organization_id=program.alder, track=group.session.track, membership=program.place("mara")
    )
    found = rows(group.mara, kind="ending")
    assert len(found) == 12
    assert {one.facts["to_go"] for one in found} == {2}
    assert "ending" not in kinds(group.dev)


def test_a_course_with_no_session_to_go_says_what_comes_next(group, program, client, monkeypatch):
    track = group.session.track
    track.program.sessions = 2
    track.program.save()
    TrackFacilitator.objects.create(
        organization_id=program.alder, track=track, membership=program.place("mara")
    )
    open_goals, met_goals = group.clients[5:7]
    for done in (open_goals, met_goals):
        for session in track.sessions.order_by("number")[:2]:
            was_at(done, session)
    group.goals[met_goals.pk].met_date = TONIGHT
    group.goals[met_goals.pk].save()
    found = rows(group.mara, kind="ending")
    over = {one.client_id for one in found if not one.facts["to_go"]}
    assert over == {open_goals.pk, met_goals.pk}
    said = text_of(page(client, program, "mara", monkeypatch=monkeypatch))
    assert "2 of 2, goals open: talk about what comes next." in said
    assert "2 of 2, goals met: ready to complete." in said
    Enrollment.objects.filter(client=open_goals).update(until_date=TONIGHT - timedelta(days=1))
    found = rows(group.mara, kind="ending")
    assert open_goals.pk not in {one.client_id for one in found}


def test_every_list_is_bounded_and_says_how_many_more(group, program, client, monkeypatch):
    for number in range(OF_A_KIND + 3):
        person = add_person(group, f"Person{number}", f"Zz{number}")
        a_flag(program, person)
    assert len(rows(group.dev, kind="flag")) == OF_A_KIND + 3
    said = text_of(page(client, program, "dev", monkeypatch=monkeypatch))
    assert said.count("said on Monday that it would be easier") == OF_A_KIND
    assert "Not shown: 3 more under Flag." in said


def test_the_number_of_queries_does_not_grow_with_the_data(group, program):
    def fill(people):
        for client in people:
            a_flag(program, client)
            episode = client.episodes.get()
            an_outreach(group.session, episode)
            a_note(group.session, episode, program.place("mara"), needs_co_signature=True)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            day_of(group.ruth, LATE)
            due.items(group.ruth, LATE)
        return len(asked)

    TrackFacilitator.objects.create(
        organization_id=program.alder, track=group.session.track, membership=program.place("ruth")
    )
    group.start()
    a_session(program.alder)
    Session.objects.filter(pk=another_session(group.session).pk).update(state="to be signed")
    fill(group.clients[:1])
    due.rebuild(program.alder, LATE)
    count()  # writes the entry in the trail
    few = count()
    fill(group.clients[1:])
    for number in range(20):
        add_person(group, f"More{number}", f"Yy{number}")
    for number in range(3):
        Session.objects.filter(pk=another_session(group.session).pk).update(
            state="to be signed" if number else "in progress"
        )
    due.rebuild(program.alder, LATE)
    count()
    assert count() == few
    assert few == GROUPS + DUE


# ---- the page ----------------------------------------------------------------------------------


def test_the_head_says_the_time_how_many_are_expected_and_which_days_are_closed(
    group, program, client, monkeypatch
):
    Closure.objects.create(
        organization_id=program.alder, local_date=date(2026, 11, 26), reason="Thanksgiving",
        instead_date=date(2026, 11, 25), recorded_at=AT, recorded_by="Paul Ferreira",
    )  # fmt: skip
    said = text_of(page(client, program, "mara", monkeypatch=monkeypatch))
    assert "Tuesday, November 24, 5:50 pm" in said
    assert "One group of yours tonight, 12 people expected." in said
    assert "Closed Thu, Nov 26: Thanksgiving; its sessions are on Wed, Nov 25." in said
    assert (
        f"/staff/sessions/{group.session.pk}/"
        in page(client, program, "mara", monkeypatch=monkeypatch).content.decode()
    )


def test_todays_page_says_what_to_do_and_where(group, program, client, monkeypatch):
    a_flag(program, group.clients[0], review_date=TONIGHT - timedelta(days=2))
    an_outreach(group.session, group.clients[1].episodes.get())
    answer = page(client, program, "ruth", LATE, monkeypatch)
    said = text_of(answer)
    assert "review was due 2 days ago" in said
    assert "Not tried yet; next: call." in said
    assert "2 h left" in said
    assert "/staff/outreach/#r-" in answer.content.decode()
    read = AuditEntry.objects.get(action="chart.read")
    assert {f"client:{group.clients[0].pk}", f"client:{group.clients[1].pk}"} <= set(read.subjects)


def test_notes_are_offered_to_sign_only_to_who_may_sign_them(group, program, client, monkeypatch):
    group.start()
    group.close()
    offers = {
        name: "Finish and sign" in text_of(page(client, program, name, LATE, monkeypatch))
        for name in ("mara", "ruth", "ines", "paul")
    }
    assert offers == {"mara": True, "ruth": True, "ines": False, "paul": False}


def test_another_organization_sees_nothing_of_it(group, program, client, monkeypatch):
    a_flag(program, group.clients[0])
    an_outreach(group.session, group.clients[1].episodes.get())
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - time.time()))
    said = text_of(sign_in(client, program, "jonah", program.harbor).get("/staff"))
    assert "Evening IOP" not in said
    for one in group.clients:
        assert one.family_name not in said


def test_empty_stacks_say_what_will_stand_there(program, client, monkeypatch):
    said = text_of(page(client, program, "ruth", monkeypatch=monkeypatch))
    assert "No groups tonight." in said
    assert "Nobody meets right now." in said
    assert "Every note is signed." in said


def test_a_biller_has_no_stacks_and_no_way_to_outreach(program, client, monkeypatch):
    body = page(client, program, "bao", monkeypatch=monkeypatch).content.decode()
    assert "Upcoming" not in body
    assert "/staff/outreach/" not in body
