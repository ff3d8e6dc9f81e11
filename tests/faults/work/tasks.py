"""A job that writes a row, notes in a file that it was here, and then kills its own process."""

import os
import signal
from pathlib import Path

from handrail.areas.organizations.models import OrganizationSettings
from handrail.foundation import jobs


@jobs.job("faults.count", system="letters")
def count(*, org, by):
    """Add a minute to the organization's idle time; killed half-way the first time."""
    settings = OrganizationSettings.objects.get()
    settings.idle_minutes += 1
    settings.save()
    notes = Path(os.environ["NOTES"])
    with notes.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(notes.read_text().split()) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
