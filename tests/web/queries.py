"""How many queries each page of the staff costs: the table, and how they are counted.

The pages are those of the bench (bench/staff_pages.py): what is measured there in time is held
here in number. A page may have 10 and the empty view 3; what lies above may only become less.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

QUERIES = {
    "the empty view": 3,
    "Today": 10,
    "board of 12": 23,
    "chart: timeline": 13,
    "chart: course": 23,
    "chart: notes": 14,
    "clients": 7,
    "week of groups": 10,
    "track": 26,
    "outreach": 9,
    "notes to co-sign": 6,
    "People": 5,
    "one person": 5,
}
NOT_IN_THE_DEMO = {"board of 35"}
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "select set_config")
"""Statements that only begin or end a transaction are not counted. Inside a test's transaction a
page ends with one more, which gives the test its organization back (foundation/tenancy.py).
"""


def queries_of(client, path: str) -> list[str]:
    """The queries of a second look at a page by a signed-in test client.

    The first look may write down who looked, and when they were last there.
    """
    assert client.get(path).status_code in (200, 204), path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [one["sql"] for one in asked if not one["sql"].startswith(AROUND)]
