"""Closing and signing, killed between any two steps: nothing half done, repeating completes it."""

import json
import os
import subprocess
import sys

import pytest

from handrail.foundation.database.roles import APP, OWNER
from tests.conftest import ROOT


class Processes:
    """Runs the evening in processes of their own, on a cluster of its own."""

    def __init__(self, cluster) -> None:
        self.cluster = cluster
        cluster.start()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": cluster.url(OWNER),
            "DATABASE_APP_URL": cluster.url(APP),
        }
        migrate = [sys.executable, "-m", "handrail.config.manage", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, check=True, env=self.environment)
        self("prepare")

    def __call__(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.evening_process", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout

    def snapshot(self) -> dict:
        return json.loads(self("snapshot"))


@pytest.fixture
def evening(own_cluster) -> Processes:
    return Processes(own_cluster)


def test_the_app_killed_at_every_step_leaves_nothing_half_done(evening):
    for act in ("start", "close", "sign", "void", "sign again"):
        if act == "close":
            evening("once", "write")
        points = int(evening("killed", act))
        assert points > 5
    kept = evening.snapshot()
    valid = [one for one in kept["Note"] if one["state"] != "voided"]
    assert len(valid) == 4
    assert len(kept["Note"]) == 5
    assert len(kept["Outreach"]) == 1
    assert all(one["status"] for one in kept["Attendance"])
    assert len(kept["DraftField"]) == 13
    tonight = max(kept["Session"], key=lambda one: one["number"])
    assert tonight["state"] == "closed"


def test_the_database_killed_in_the_middle_loses_nothing_that_was_kept(evening):
    evening("once", "start")
    evening("once", "write")
    before = evening.snapshot()
    for step in (8, 20):
        kill_the_server(evening, "close", step)
        assert evening.snapshot() == before
    evening("once", "close")
    closed = evening.snapshot()
    for step in (12, 30):
        kill_the_server(evening, "sign", step)
        assert evening.snapshot() == closed
    evening("once", "sign")
    assert len(evening.snapshot()["Note"]) == 4


def kill_the_server(evening, act, step) -> None:
    evening("server", act, str(step), str(evening.cluster.pid()), fails=True)
    evening.cluster.start()
