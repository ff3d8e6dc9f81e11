"""Every page that is measured asks the database as often as the table says, and no more."""

import pytest
from bench.staff_pages import EMPTY, PAGES

from handrail.foundation import tenancy
from tests.staff import sign_in
from tests.web.queries import NOT_IN_THE_DEMO, QUERIES, queries_of

IN_THE_DEMO = [one for one in (EMPTY, *PAGES) if one.name not in NOT_IN_THE_DEMO]


@pytest.mark.parametrize("page", IN_THE_DEMO, ids=lambda one: one.name)
def test_a_page_asks_the_database_a_fixed_number_of_times(page, whole_demo, client):
    with tenancy.within(whole_demo.alder):
        address = page.address(whole_demo.actor("ruth"))
    sign_in(client, whole_demo, "ruth")
    asked = queries_of(client, address)
    assert len(asked) == QUERIES[page.name], "\n".join(asked)


def test_every_measured_page_has_its_number():
    assert set(QUERIES) == {one.name for one in IN_THE_DEMO}
