"""How many queries each page of the staff costs: the table, and how they are counted.

The pages are those of the bench (bench/staff_pages.py): what is measured there in time is held
here in number. A page may have 10 and the empty view 3; what lies above may only become less.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

QUERIES = {
    "the empty view": 4,
    "Today": 11,
    "board of 12": 25,
    "chart: timeline": 16,
    "chart: course": 27,
    "chart: notes": 18,
    "clients": 9,
    "week of groups": 11,
    "track": 27,
    "outreach": 10,
    "notes to co-sign": 7,
    "People": 6,
    "one person": 6,
}
NOT_IN_THE_DEMO = {"board of 35"}
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""Statements that only begin or end a transaction are not counted."""


def queries_of(client, path: str) -> list[str]:
    """The queries of a second look at a page by a signed-in test client.

    The first look may write down who looked, and when they were last there.
    """
    assert client.get(path).status_code in (200, 204), path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [one["sql"] for one in asked if not one["sql"].startswith(AROUND)]
