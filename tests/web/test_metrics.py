"""What Prometheus reads: for this machine or with the token, and nothing about anybody."""

import pytest
from django.db import connection

import handrail
from handrail.config import metrics as page
from handrail.foundation import condition
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
TOKEN = "a token of forty letters or so, kept by us"


def numbers(answer):
    lines = answer.content.decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_it_says_how_the_installation_is(program, client):
    sign_in(client, program, "mara")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == page.TYPE
    found = numbers(answer)
    assert found["handrail_database_up"] == "1"
    assert found["handrail_signed_in_browsers"] == "1"
    assert float(found["handrail_disk_free_bytes"]) > 0
    assert any(f'version="{handrail.__version__}"' in name for name in found)
    for word in ("mara", "Mara", "Alder", str(program.alder)):
        assert word not in answer.content.decode()


@pytest.mark.parametrize(
    "stranger",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        {"HTTP_FORWARDED": "for=203.0.113.7"},
    ],
)
def test_without_a_token_it_is_there_for_this_machine_alone(client, stranger):
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200
    assert client.get("/metrics", **stranger).status_code == 404


def test_with_a_token_it_is_there_for_whoever_shows_it(client, settings):
    settings.HANDRAIL_METRICS_TOKEN = TOKEN
    away = {"REMOTE_ADDR": "203.0.113.7"}
    right = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=right, **away).status_code == 200
    for wrong in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "Bearer é"}):
        assert client.get("/metrics", headers=wrong, **away).status_code == 404
    assert client.get("/metrics").status_code == 404, "this machine shows it too"


def test_jobs_are_counted_by_state(client, monkeypatch):
    monkeypatch.setattr(condition, "jobs", lambda: condition.Jobs(4, 3, 2, 1))
    found = numbers(client.get("/metrics"))
    assert [found[f'handrail_jobs{{state="{one}"}}'] for one in ("late", "failed")] == ["3", "1"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_a_number_and_no_error(client):
    connection.close()
    host = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = client.get("/metrics")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host
    assert answer.status_code == 200
    assert numbers(answer)["handrail_database_up"] == "0"
