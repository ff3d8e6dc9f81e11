"""Staff pages: what each costs beside an empty view of the same signed-in person.

A page is one line in `PAGES`. It runs against the demo as loaded. With HANDRAIL_BENCH_DATA it
runs against a data folder made earlier (`./run demo --data FOLDER`, then a big load into it),
which it leaves as it is but for what looking at pages writes.
"""

import os
import re
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.server import BROWSER, cost, fetch, start

ROUNDS, EACH = 9, 40
"""How often each page is asked for, in turn; the middle round counts."""
WHO = "ruth@alder.example"
"""Supervises and leads groups, so that she sees most of what there is."""


@dataclass(frozen=True)
class Page:
    """One page: its name, and how its address is found for `by`, inside the organization.

    `address` may import and ask whatever the site can; Django is set up by then.
    """

    name: str
    address: Callable[[Any], str]


def _named(view: str) -> Callable[[Any], str]:
    def address(by: Any) -> str:
        from django.urls import reverse

        return reverse(view)

    return address


def _somebody(by: Any) -> str:
    from django.urls import reverse

    from handrail.areas.organizations import selectors

    key, _ = next(iter(selectors.membership_names(by=by)))
    return reverse("staff:person", args=[key])


EMPTY = Page("the empty view", _named("staff:idle"))
"""Passes the same middleware, asks what every page must ask, and draws nothing."""
PAGES = (
    Page("Today", _named("staff:today")),
    Page("outreach", _named("staff:outreach")),
    Page("notes to co-sign", _named("staff:notes_to_sign")),
    Page("People", _named("staff:people")),
    Page("one person", _somebody),
)


def measure() -> Iterator[tuple[str, str]]:
    """Ask the running demo for each page, one request at a time, and count its queries."""
    with _data() as folder:
        demo, address = start(folder)
        try:
            _set_up(folder, address)
            _sign_in(address)
            yield from _compare(demo, address)
        finally:
            demo.terminate()
            demo.communicate()


def _compare(demo: Any, address: str) -> Iterator[tuple[str, str]]:
    client, found = _addresses()
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
def _data() -> Iterator[Path]:
    given = os.environ.get("HANDRAIL_BENCH_DATA")
    if given:
        yield Path(given).absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


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


def _sign_in(address: str) -> None:
    """With the password, as a person does."""
    from handrail.demo.accounts import PASSWORD

    page = fetch(f"{address}/sign-in").decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "login": WHO, "password": PASSWORD}
    request = urllib.request.Request(
        f"{address}/sign-in", urllib.parse.urlencode(form).encode(), {"Origin": address}
    )
    with BROWSER.open(request) as opened:
        assert opened.url == f"{address}/staff", opened.url


def _addresses() -> tuple[Any, dict[Page, str]]:
    """A test client signed in as the same person, and where the pages are."""
    from django.test import Client

    from handrail.areas.organizations import selectors
    from handrail.areas.organizations.models import User
    from handrail.foundation import tenancy

    user = User.objects.get(email=WHO)
    place = selectors.places_of(user.pk)[0].organization_id
    found = selectors.find_actor(user_id=user.pk, organization_id=place)
    assert found is not None
    with tenancy.within(place):
        addresses = {page: page.address(found[0]) for page in (EMPTY, *PAGES)}
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
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
