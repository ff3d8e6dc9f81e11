"""`handrail doctor`: what is in order, what is to be known, what is to be mended."""

import argparse
import socket
import tomllib
from datetime import timedelta

import pytest
from django.db import connection

import handrail
from handrail.cli import doctor
from handrail.cli.doctor import Mark
from handrail.foundation import clock, condition, disk
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def real_time(monkeypatch):
    monkeypatch.delenv(clock.DEMO_CLOCK, raising=False)


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path):
    settings.DATA = tmp_path


def marks():
    return {one.about: one.mark for one in doctor.findings()}


def words(about):
    return next(one.words for one in doctor.findings() if one.about == about)


def look(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    code = doctor.run(argparse.Namespace(data=None))
    return code, capsys.readouterr().out


def test_the_page_has_a_line_for_each_thing_and_ends_with_what_to_mend(
    real_time, monkeypatch, capsys
):
    monkeypatch.setenv("HANDRAIL_SECRET_KEY", "kept")
    code, said = look(monkeypatch, capsys)
    assert code == 1
    assert "To mend: backups." in said
    told = [line.split()[0] for line in said.splitlines() if line]
    assert told[:10] == [about for about, _ in doctor._LOOKS]
    condition.note_backup(rows=3)
    code, said = look(monkeypatch, capsys)
    assert code == 0
    assert "To mend" not in said


def test_versions_are_those_of_this_checkout():
    made = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert handrail.__version__ == made
    assert f"Handrail {made}, PostgreSQL " in words("versions")


def test_tables_of_an_older_version_are_wrong(monkeypatch):
    monkeypatch.setattr(condition, "pending_migrations", lambda: ["clients.0099_later"])
    assert marks()["versions"] is Mark.WRONG


def test_a_role_that_passes_by_row_level_security_is_wrong(monkeypatch):
    assert marks()["database"] is Mark.OK
    monkeypatch.setattr(condition, "database_role", lambda: condition.Role("postgres", False))
    assert "postgres is not bound" in words("database")
    assert marks()["database"] is Mark.WRONG


def test_little_room_is_wrong(monkeypatch):
    monkeypatch.setattr(disk, "LOW_BYTES", 10**18)
    assert marks()["disk"] is Mark.WRONG


def test_a_clock_that_is_off_is_wrong(real_time, monkeypatch):
    assert marks()["clock"] in (Mark.OK, Mark.NOTE)
    monkeypatch.setattr(condition, "real_now", lambda: clock.real_now() + timedelta(minutes=2))
    assert "+120 s against" in words("clock")
    assert marks()["clock"] is Mark.WRONG


def test_a_key_that_dies_with_the_process_is_wrong(monkeypatch, tmp_path):
    monkeypatch.delenv("HANDRAIL_SECRET_KEY", raising=False)
    assert marks()["key"] is Mark.WRONG
    (tmp_path / "secret_key").write_text("kept")
    assert marks()["key"] is Mark.OK


def test_an_old_backup_is_wrong(monkeypatch):
    condition.note_backup(rows=3)
    assert marks()["backups"] is Mark.OK
    later = clock.real_now() + timedelta(days=3)
    monkeypatch.setattr(doctor.clock, "real_now", lambda: later)
    assert marks()["backups"] is Mark.WRONG


def test_what_is_no_note_of_a_backup_counts_as_none(tmp_path):
    for text in ("", "[]", '{"at": 3}', '{"at": "yesterday"}'):
        (tmp_path / condition.LAST_BACKUP).write_text(text)
        assert condition.last_backup() is None


def test_a_mail_server_that_does_not_answer_is_wrong(settings):
    assert marks()["mail"] is Mark.NOTE
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        assert marks()["mail"] is Mark.WRONG


def test_a_site_that_does_not_answer_by_https_is_wrong(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.PLAIN_HTTP = False
        settings.HANDRAIL_ADDRESS = f"https://127.0.0.1:{taken.getsockname()[1]}"
        assert marks()["TLS"] is Mark.WRONG


def test_texts_that_are_only_logged_are_said(settings):
    settings.HANDRAIL_TEXTS = doctor.LOGGED_TEXTS
    assert "not sent" in words("texts")


@pytest.mark.parametrize(
    ("found", "mark"),
    [
        (condition.Jobs(3, 0, 1, 0), Mark.OK),
        (condition.Jobs(3, 1, 0, 0), Mark.WRONG),
        (condition.Jobs(0, 0, 0, 1), Mark.WRONG),
    ],
)
def test_late_and_failed_jobs_are_wrong(monkeypatch, found, mark):
    monkeypatch.setattr(condition, "jobs", lambda: found)
    assert marks()["jobs"] is mark


def test_a_question_that_the_database_refuses_is_a_line_and_no_traceback(monkeypatch):
    def refused():
        with connection.cursor() as cursor:
            cursor.execute("select from nowhere")

    monkeypatch.setattr(condition, "postgresql_version", refused)
    assert "refused the question" in words("versions")
