"""The forms of schedule over HTTP: what is wrong stands at its field, and what was typed stays."""

import re
from html import unescape

import pytest

from handrail.areas.schedule.models import Session
from handrail.foundation import clock, tenancy
from tests.areas.evening_track import Evening
from tests.factories import programs as make
from tests.factories.programs import AT
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(program, client, monkeypatch):
    """An evening track, and the director of the house signed in."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - clock.real_now().timestamp()))
    with tenancy.within(program.alder):
        made = Evening(program)
    sign_in(client, program, "paul", program.alder)
    return made


def wrong(answer):
    """What is said to be wrong, by the id of its field."""
    assert answer.status_code == 400
    found = re.findall(r'id="([^"]+)_error">([^<]+)<', answer.content.decode())
    return {field: unescape(words) for field, words in found}


def coming(evening):
    with tenancy.within(evening.track.organization_id):
        return evening.on(make.date(2026, 11, 30))


CHANGE = {
    "local_date": "2026-11-30", "start": "18:00", "modality": "room", "room": "Room 1",
    "topics": "Sleep", "reason": "A visit",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"local_date": "someday"}, "this-local_date"),
        ({"start": "late"}, "this-start"),
        ({"modality": "by letter"}, "this-modality"),
        ({"room": ""}, "this-room"),
        ({"room": "r" * 81}, "this-room"),
        ({"topics": "t" * 121}, "this-topics"),
        ({"reason": " "}, "this-reason"),
        ({"facilitators": ["nobody"]}, "this-facilitators"),
    ],
)
def test_what_is_wrong_with_a_session_stands_at_its_field(evening, client, typed, field):
    page = f"/staff/groups/on/{coming(evening).pk}/change/"
    answer = client.post(page, CHANGE | {"reason": "Kept as typed"} | typed)
    assert list(wrong(answer)) == [field]
    if "reason" not in typed:
        assert 'value="Kept as typed"' in answer.content.decode()
    for one in typed.values():
        if isinstance(one, str) and one.strip() and field != "this-modality":
            assert f'value="{one}"' in answer.content.decode()


def test_a_session_is_changed_canceled_and_restored(evening, client):
    key = coming(evening).pk
    page = f"/staff/groups/on/{key}/"
    typed = CHANGE | {"topics": "Sleep, Work", "local_date": "2026-12-01"}
    said = client.post(f"{page}change/", typed, follow=True)
    assert "is on Tue, Dec 1 now." in said.content.decode()
    assert wrong(client.post(f"{page}cancel/", {"reason": ""})) == {
        "cancel-reason": "Say why it is canceled; people will read it."
    }
    client.post(f"{page}cancel/", {"reason": "Heating out"})
    client.post(f"{page}restore/")
    with tenancy.within(evening.track.organization_id):
        row = Session.objects.get(pk=key)
        assert (row.state, row.topics, row.moved_reason) == (
            "planned",
            ["Sleep", "Work"],
            "A visit",
        )


def test_a_group_past_midnight_is_asked_about_and_then_changed(evening, client):
    page = f"/staff/groups/on/{coming(evening).pk}/later/"
    typed = {"days": ["0", "2"], "start": "23:00", "modality": "room", "room": "Room 1"}
    asked = client.post(page, typed)
    assert asked.status_code == 400
    said = unescape(asked.content.decode())
    assert "the next day. Is that meant?" in said
    typed["confirmed"] = re.search(r'name="confirmed" value="([^"]+)"', said)[1]
    assert client.post(page, typed).status_code == 302


def test_a_track_that_is_empty_says_so_at_every_field(evening, client):
    found = wrong(client.post("/staff/groups/new/", {"topics": "Sleep\n" + "w" * 121}))
    assert set(found) == {
        f"track-{one}"
        for one in ("program", "name", "topics", "days", "start", "first", "until", "modality")
    }


def test_a_closed_day_says_at_its_field_what_is_wrong(evening, client):
    typed = {"local_date": "2026-11-26", "reason": "Snow", "instead_date": "2026-11-26"}
    answer = client.post("/staff/groups/closures/close/", typed)
    assert list(wrong(answer)) == ["close-instead_date"]
    assert 'value="Snow"' in answer.content.decode()


def test_hours_away_end_after_they_begin(evening, client, program):
    page = f"/staff/groups/availability/{program.place('ruth').pk}/"
    typed = {"from_date": "2026-12-01", "start": "10:00", "end": "09:00", "why": "A course"}
    answer = client.post(f"{page}away/", typed)
    assert list(wrong(answer)) == ["away-end"]
    assert 'value="A course"' in answer.content.decode()
    assert list(
        wrong(client.post(f"{page}week/", {"from_date": "2026-12-01", "end-1-2": "x"}))
    ) == ["week-end-1-2"]
    assert list(
        wrong(client.post(f"{page}day/", {"local_date": "2026-12-01", "end": "17:00"}))
    ) == ["day-start"]


def test_more_sessions_need_a_day(evening, client):
    page = f"/staff/groups/{evening.track.pk}/lay-out/"
    assert list(wrong(client.post(page, {"until": ""}))) == ["lay_out-until"]
    assert list(wrong(client.post(page, {"until": "2026-01-01"}))) == ["lay_out-until"]
