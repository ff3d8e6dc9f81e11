"""The demo is the same for the same seed and date, to the byte."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import transaction

from handrail.demo.export import lines
from handrail.demo.load import load
from tests.staff import EVENING


def exported(seed: int, day: date) -> list[str]:
    """Load it, write it down, and take it back."""
    with transaction.atomic():
        load(seed=seed, day=day)
        found = list(lines(seed=seed))
        transaction.set_rollback(True)
    return found


@pytest.mark.usefixtures("nobody_yet")
def test_the_same_seed_and_date_give_the_same_bytes_in_a_database_of_its_own():
    here = exported(3, EVENING)
    command = ["handrail.config.commands", "demo", "export", "--seed", "3", "--date", str(EVENING)]
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert ran.stdout.decode() == "".join(f"{line}\n" for line in here)


@pytest.mark.usefixtures("nobody_yet")
def test_another_seed_and_another_date_give_others():
    first = exported(1, EVENING)
    assert first != exported(2, EVENING)
    assert first != exported(1, EVENING + timedelta(days=1))


def test_every_table_of_an_organization_is_in_it_and_no_secret(whole_demo):
    rows = [json.loads(line) for line in lines()]
    tables = {row["table"] for row in rows}
    assert {"clients_client", "notes_note", "schedule_session", "notes_draftfield"} <= tables
    assert "audit_auditentry" not in tables
    columns = {column for row in rows for column in row}
    assert not columns & {"password", "last_login", "session_key", "session_data"}
