"""The clock the work goes by."""

from datetime import UTC, date, datetime, timedelta

from handrail.foundation import clock


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
