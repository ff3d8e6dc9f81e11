"""Staff pages: what each costs beside an empty view of the same signed-in person.

A page is one line in `PAGES`. Every organization in which that person works is measured by itself:
of a fresh demo, and of a small load (300 clients, a chart of 24 notes) made for this. With
HANDRAIL_BENCH_DATA it runs against a data folder made earlier (`./run demo --data FOLDER`, then
`./run handrail demo big --data FOLDER`), which it leaves as it is but for what looking at pages
writes.
"""

import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from bench.server import BROWSER, cost, fetch, start

ROUNDS, EACH = 7, 30
"""How often each page is asked for, in turn; the middle round counts."""
WHO = "ruth@alder.example"
"""Supervises and leads groups, so that she sees most of what there is."""


_SMALL = ("--name", "Small Load", "--clients", "300", "--notes", "24")

Address = Callable[[Any], str | None]


@dataclass(frozen=True)
class Page:
    """One page: its name, and how its address is found for `by`, inside the organization.

    `address` may import and ask whatever the site can; Django is set up by then. None: there is
    no such page here.
    """

    name: str
    address: Address


def _named(view: str) -> Address:
    def address(by: Any) -> str:
        from django.urls import reverse

        return reverse(view)

    return address


def _somebody(by: Any) -> str:
    from django.urls import reverse

    from handrail.areas.organizations import selectors

    key, _ = next(iter(selectors.membership_names(by=by)))
    return reverse("staff:person", args=[key])


def _board(people: int) -> Address:
    """The board of a session of today that so many are expected at."""

    def address(by: Any) -> str | None:
        from django.urls import reverse

        found = [key for key, expected in _tonight() if expected == people]
        return reverse("staff:board", args=found[:1]) if found else None

    return address


def _tonight() -> list[tuple[UUID, int]]:
    """The sessions of today that have not begun, and how many people each expects."""
    from handrail.areas.schedule import to_core as facts
    from handrail.demo.house import ZONE
    from handrail.foundation import clock

    found = facts.sessions_with_facts().filter(local_date=clock.today(ZONE), state="planned")
    return [(one.pk, len(facts.roster_of(one).places)) for one in found.order_by("starts_at")]


def _widest_track(by: Any) -> str:
    from django.urls import reverse

    from handrail.areas.schedule.models import Session

    key, _ = max(_tonight(), key=lambda one: one[1])
    return reverse("staff:track", args=[Session.objects.get(pk=key).track_id])


def _of_thickest_chart(view: str) -> Address:
    """A tab of the chart with the most notes."""

    def address(by: Any) -> str:
        from django.db.models import Count
        from django.urls import reverse

        from handrail.areas.clients.models import Client

        most = Client.objects.alias(many=Count("notes")).order_by("-many", "id").first()
        assert most is not None
        return reverse(view, args=[most.pk])

    return address


EMPTY = Page("the empty view", _named("staff:idle"))
"""Passes the same middleware, asks what every page must ask, and draws nothing."""
PAGES = (
    Page("Today", _named("staff:today")),
    Page("board of 12", _board(12)),
    Page("board of 35", _board(35)),
    Page("chart: timeline", _of_thickest_chart("staff:chart")),
    Page("chart: course", _of_thickest_chart("staff:chart_course")),
    Page("chart: notes", _of_thickest_chart("staff:chart_notes")),
    Page("clients", _named("staff:clients")),
    Page("week of groups", _named("staff:groups")),
    Page("track", _widest_track),
    Page("outreach", _named("staff:outreach")),
    Page("notes to co-sign", _named("staff:notes_to_sign")),
    Page("People", _named("staff:people")),
    Page("one person", _somebody),
)


def measure() -> Iterator[tuple[str, str]]:
    """Ask the running demo for each page, one request at a time, and count its queries."""
    with _data() as (folder, fresh):
        demo, address = start(folder)
        try:
            if fresh:
                _load_small(folder)
            _set_up(folder, address)
            sign_in(address)
            for place in _places():
                _switch(address, place.organization_id)
                for name, result in _compare(demo, address, place.organization_id):
                    yield f"{place.organization}, {name}", result
        finally:
            demo.terminate()
            demo.communicate()


def _compare(demo: Any, address: str, place: UUID) -> Iterator[tuple[str, str]]:
    client, found = _addresses(place)
    queries = {page: _queries(client, path) for page, path in found.items()}
    # In turns, so that whatever else the machine does falls on all pages alike.
    rounds = [
        {page: cost(demo, address + path, EACH) for page, path in found.items()}
        for _ in range(ROUNDS)
    ]
    for page in found:
        milliseconds = median(one[page] for one in rounds)
        times = median(one[page] / one[EMPTY] for one in rounds)
        cpu = f"{milliseconds:.2f} ms, {times:.1f} x empty"
        yield f"{page.name}: CPU; queries", f"{cpu}; {queries[page]}"


@contextmanager
def _data() -> Iterator[tuple[Path, bool]]:
    """The data folder, and whether it is a fresh one."""
    given = os.environ.get("HANDRAIL_BENCH_DATA")
    if given:
        yield Path(given).absolute(), False
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), True


def _load_small(folder: Path) -> None:
    command = [sys.executable, "-m", "handrail.config.commands", "demo", "big", *_SMALL]
    subprocess.run([*command, "--data", str(folder)], check=True, stdout=subprocess.DEVNULL)


def _set_up(folder: Path, address: str) -> None:
    """Make this process another reader of the demo's database, as the same role."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_DATA": str(folder),
        "HANDRAIL_PORT": address.rsplit(":", 1)[1],
        "HANDRAIL_PLAIN_HTTP": "1",
        "HANDRAIL_DEMO": "1",
    }
    import django

    django.setup()
    from handrail.foundation.clock import DemoClock

    DemoClock(folder / "clock.json").begin(None)  # the same evening as the demo


def sign_in(address: str) -> None:
    """With the password, as a person does."""
    from handrail.demo.accounts import PASSWORD

    _post(f"{address}/sign-in", login=WHO, password=PASSWORD)


def _switch(address: str, place: UUID) -> None:
    """Go to work in that organization."""
    assert _post(f"{address}/staff/switch", organization=str(place)) == f"{address}/staff"


def _post(address: str, **form: str) -> str:
    """Fill in the form of a page; where that leads."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', fetch(address).decode())
    assert token is not None
    origin = "http://" + urllib.parse.urlsplit(address).netloc
    typed = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **form}).encode()
    with BROWSER.open(urllib.request.Request(address, typed, {"Origin": origin})) as opened:
        return str(opened.url)


def _places() -> Any:
    from handrail.areas.organizations import selectors
    from handrail.areas.organizations.models import User

    return selectors.places_of(User.objects.get(email=WHO).pk)


def _addresses(place: UUID) -> tuple[Any, dict[Page, str]]:
    """A test client signed in as the same person, and where the pages are."""
    from django.test import Client
    from django.urls import reverse

    from handrail.areas.organizations import selectors
    from handrail.areas.organizations.models import User
    from handrail.foundation import tenancy

    user = User.objects.get(email=WHO)
    with tenancy.within(place):
        found = selectors.work_in(user_id=user.pk, organization_id=place)
        assert found is not None
        actor = selectors.as_actor(found)
        addresses = {
            page: path for page in (EMPTY, *PAGES) if (path := page.address(actor)) is not None
        }
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    client.post(reverse("staff:switch"), {"organization": str(place)})
    return client, addresses


def _queries(client: Any, path: str) -> int:
    """Queries of a second look, since the first may write who looked; statements that only begin
    or end a transaction are left out.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not one["sql"].startswith(around) for one in asked)
