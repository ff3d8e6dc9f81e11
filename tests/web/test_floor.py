"""What every page carries, and what the log never does."""

import io
import logging
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from handrail.areas.booking.tokens import BookingName, booking_token
from handrail.foundation import disk
from handrail.foundation.logging import WithoutClientData
from tests.staff import sign_in


@pytest.mark.django_db
def test_healthz_is_ok_when_the_database_answers(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db(transaction=True)
def test_healthz_says_plainly_that_the_database_does_not_answer(client):
    connection.close()
    host = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host
    assert answer.status_code == 503
    assert b"database does not answer" in answer.content


@pytest.mark.django_db
def test_a_full_disk_is_said_on_the_page(client, monkeypatch):
    def fails(*_, **__):
        raise OperationalError from psycopg.errors.DiskFull("could not extend file")

    monkeypatch.setattr(CursorWrapper, "execute", fails)
    client.raise_request_exception = False
    data = {"login": "mara@alder.example", "password": "any"}
    answer = client.post("/sign-in", data)
    assert answer.status_code == 503
    assert "the disk is full" in answer.content.decode()
    assert answer.headers["Retry-After"]
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
def test_another_error_is_not_called_a_full_disk(client, monkeypatch):
    def fails(*_, **__):
        raise OperationalError from psycopg.errors.AdminShutdown("terminating connection")

    monkeypatch.setattr(CursorWrapper, "execute", fails)
    client.raise_request_exception = False
    answer = client.post("/sign-in", {"login": "mara@alder.example", "password": "any"})
    assert answer.status_code == 500
    assert "disk" not in answer.content.decode()


@pytest.mark.django_db
def test_staff_are_told_before_the_disk_is_full(program, client, monkeypatch):
    sign_in(client, program, "mara")
    assert "almost out of disk space" not in client.get("/staff").content.decode()
    monkeypatch.setattr(disk, "LOW_BYTES", 10**18)
    assert "almost out of disk space" in client.get("/staff").content.decode()


def test_pages_forbid_inline_script_and_style_framing_and_referrers(client):
    headers = client.get("/").headers
    policy = dict(part.split(maxsplit=1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_logged_error_says_where_and_what_kind_but_never_the_values():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutClientData("{levelname}: {message}", style="{"))
    logger = logging.Logger("try")
    logger.addHandler(handler)
    told = "Key (name)=(Maria Lopez) already exists"
    try:
        raise ValueError(told)
    except ValueError:
        logger.exception("A page failed")
    written = stream.getvalue()
    assert "builtins.ValueError" in written
    assert "test_floor.py" in written
    assert "Maria" not in written


def test_a_refused_address_is_logged_without_its_signed_token():
    token = booking_token(BookingName(uuid4(), uuid4()))
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "%s: %s", ("Gone", f"/time/{token}/cancel"), None
    )
    written = WithoutClientData("{message}", style="{").format(record)
    assert written == "Gone: /time/…/cancel"
