"""The worker killed with -9 in the middle: nothing is lost, and no letter goes twice."""

import os
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from handrail.foundation import clock
from handrail.foundation.processes import Register
from handrail.foundation.supervision import Part, Supervisor
from tests.conftest import ROOT
from tests.factories.programs import AT
from tests.mail_server import MailServer

BEGIN = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.staff import begin
program = begin()
"""
COUNT = """
from tests.faults.work.tasks import count
count.later(org=program.alder)
"""
BOOK = """
from handrail.areas.booking.services import bookings
from handrail.foundation import tenancy
from tests.factories import programs, slots
by = program.actor("paul")
with tenancy.within(program.alder):
    published = slots.publish(by, programs.a_program(by))
    offered = slots.offer(by, program.place("ruth"))
for number, name in enumerate(("ada", "ben", "cy")):
    bookings.book_in_public(
        token=slots.token(published, offered[number]), at=programs.AT,
        person=slots.person(name, phone=f"555-013{number}", email=f"{name}@example.org"),
    )
"""


class Site:
    """A database of its own, and a worker that is looked after."""

    def __init__(self, cluster, folder):
        self.cluster, self.notes, self.said = cluster, folder / "notes", []
        self.supervisor = Supervisor(Register(folder / "server.json"), say=self.said.append)

    def fill(self, words):
        """Make the tables and the people, and do what the words say."""
        subprocess.run(
            [sys.executable, "-c", BEGIN + words],
            env={**os.environ, "HANDRAIL_AS_OWNER": "1"},
            check=True,
        )

    def start(self):
        """Start the worker."""
        self.supervisor.start([Part("worker", (sys.executable, "-m", "tests.faults.work"))])

    def work_until(self, question, *, is_now):
        """Look after the worker, as the site does, until the database answers this."""
        while self.ask(question) != is_now:
            time.sleep(
                0.3
            )  # not by waiting for the worker: how it ended is the supervisor's to see
            self.supervisor.check()

    def ask(self, question):
        """One value, past row-level security."""
        with psycopg.connect(self.cluster.url("postgres")) as superuser:
            return superuser.execute(question).fetchone()[0]


@pytest.fixture
def site(own_cluster, tmp_path, monkeypatch):
    """Nothing runs on it yet but its database."""
    own_cluster.start()
    shift = AT.timestamp() - clock.real_now().timestamp()
    for name, value in {
        "HANDRAIL_DATA": str(own_cluster.data.parent),
        "HANDRAIL_SECRET_KEY": "one key for whoever writes links and whoever reads them",
        "HANDRAIL_PLAIN_HTTP": "1",
        "DJANGO_SETTINGS_MODULE": "tests.faults.work.settings",
        "PYTHONPATH": str(ROOT),
        "NOTES": str(tmp_path / "notes"),
        clock.DEMO_CLOCK: repr(shift),
    }.items():
        monkeypatch.setenv(name, value)
    made = Site(own_cluster, tmp_path)
    yield made
    made.supervisor.stop()


def test_a_job_whose_worker_was_killed_in_the_middle_is_done_once(site):
    site.fill(COUNT)
    minutes = "select max(idle_minutes) from organizations_organizationsettings"
    before = site.ask(minutes)
    site.start()
    site.work_until("select count(*) from procrastinate_jobs", is_now=0)
    first, second = site.notes.read_text().split()
    assert first != second
    assert site.ask(minutes) == before + 1
    assert any("The worker was ended by SIGKILL" in line for line in site.said)


def test_a_worker_killed_while_it_hands_over_a_letter_sends_none_twice(site, monkeypatch):
    server = MailServer()
    monkeypatch.setenv("HANDRAIL_MAIL_HOST", server.server_address[0])
    monkeypatch.setenv("HANDRAIL_MAIL_PORT", str(server.server_address[1]))

    def kill_the_worker():
        server.on_letter = lambda: None
        for one in psutil.Process().children():
            if "tests.faults.work" in one.cmdline():
                one.kill()

    server.on_letter = kill_the_worker
    try:
        site.fill(BOOK)
        site.start()
        site.work_until("select count(*) from procrastinate_jobs", is_now=0)
    finally:
        site.supervisor.stop()
        server.stop()
    assert sorted(to for to, _ in server.letters) == [
        "ada@example.org", "ben@example.org", "cy@example.org",
    ]  # fmt: skip
    # Whether this one arrived, only we know: it is not tried again, and given up in half an hour.
    assert site.ask("select count(*) from booking_letter where state = 'sending'") == 1
    assert site.ask("select count(*) from booking_letter where state = 'sent'") == 2
