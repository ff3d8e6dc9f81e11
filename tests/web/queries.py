"""How many queries each page of the staff costs: the table, and how they are counted.

The pages are those of the bench (bench/staff_pages.py), so that what is measured there in time is
held here in number. The budget of a page is 10 and of the empty view 3
(shared with ./run bench): a number above it may only become smaller.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.staff_pages import EMPTY, PAGES

QUERIES = {
    EMPTY.name: 0,
}
NOT_IN_THE_DEMO = {"board of 35"}
BUDGET, BUDGET_OF_EMPTY = 10, 3


def queries_of(client, path: str) -> int:
    """Queries of a second look at a page by a signed-in test client.

    The first look may write down who looked, and when they were last there. Statements that only
    begin or end a transaction are left out.
    """
    return len(questions_of(client, path))


def questions_of(client, path: str) -> list[str]:
    """The queries themselves, for when there are too many."""
    assert client.get(path).status_code in (200, 204), path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [one["sql"] for one in asked if not one["sql"].startswith(around)]
