"""The clock the work goes by."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from handrail.foundation import clock
from tests.staff import sign_in


def test_it_shows_the_real_time_when_no_demo_runs(monkeypatch):
    monkeypatch.delenv(clock.DEMO_CLOCK, raising=False)
    real = datetime.now(UTC)  # noqa: TID251 (what it is compared with)
    assert abs(clock.now() - real) < timedelta(minutes=1)


def test_a_day_is_the_day_at_the_place(monkeypatch, tmp_path):
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    clock.DemoClock(tmp_path / "clock.json").begin(date(2026, 11, 24), zone="America/Los_Angeles")
    assert clock.today("America/Los_Angeles") == date(2026, 11, 24)
    assert clock.today("Asia/Tokyo") == date(2026, 11, 25)


def test_the_demo_goes_on_where_it_stopped(monkeypatch, tmp_path):
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    clock.DemoClock(tmp_path / "clock.json").begin(date(2026, 11, 24))
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    again = clock.DemoClock(tmp_path / "clock.json").begin(None)
    assert f"{again:%Y-%m-%d %H:%M}" == "2026-11-24 17:50"


def test_a_demos_clock_is_moved_on_and_a_restart_goes_on_from_there(monkeypatch, tmp_path):
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    monkeypatch.setenv(clock.DEMO_CLOCK_MOVED, "")
    made = clock.DemoClock(tmp_path / "clock.json")
    made.begin(date(2026, 11, 24))
    before = clock.now()
    clock.move_demo_clock(60)
    clock.move_demo_clock(15)
    assert timedelta(minutes=75) <= clock.now() - before < timedelta(minutes=76)
    made.keep()
    again = clock.DemoClock(tmp_path / "clock.json").begin(None)
    assert f"{again:%H:%M}" == "19:05"


def test_a_full_disk_does_not_end_what_keeps_the_clock(monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    assert not clock.DemoClock(Path("/dev/full/clock.json")).keep()


@pytest.mark.django_db
def test_a_demo_offers_to_move_its_clock_and_nobody_else_does(
    client, program, settings, monkeypatch, tmp_path
):
    sign_in(client, program, "mara")
    assert client.post("/staff/demo-clock", {"minutes": "60"}).status_code == 403
    assert "in 1 hour" not in client.get("/staff").content.decode()
    settings.DEMO = True
    monkeypatch.setenv(clock.DEMO_CLOCK, "0")
    monkeypatch.setenv(clock.DEMO_CLOCK_MOVED, str(tmp_path / "moved"))
    before = clock.now()
    assert "in 1 hour" in client.get("/staff").content.decode()
    back = {"headers": {"Referer": "http://testserver/staff/groups/"}}
    answer = client.post("/staff/demo-clock", {"minutes": "60"}, **back)
    assert answer.headers["Location"] == "http://testserver/staff/groups/"
    elsewhere = {"headers": {"Referer": "https://elsewhere.example/"}}
    answer = client.post("/staff/demo-clock", {"minutes": "-60"}, **elsewhere)
    assert answer.headers["Location"] == "/staff"
    assert timedelta(minutes=60) <= clock.now() - before < timedelta(minutes=61)
