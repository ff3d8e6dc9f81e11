"""Every page that is measured asks the database as often as the table says, and no more."""

import pytest

from bench.staff_pages import EMPTY, PAGES
from handrail.foundation import tenancy
from tests.staff import sign_in
from tests.web.queries import NOT_IN_THE_DEMO, QUERIES, questions_of


@pytest.mark.parametrize("page", (EMPTY, *PAGES), ids=lambda one: one.name)
def test_a_page_asks_the_database_a_fixed_number_of_times(page, whole_demo, client):
    with tenancy.within(whole_demo.alder):
        address = page.address(whole_demo.actor("ruth"))
    assert (address is None) == (page.name in NOT_IN_THE_DEMO)
    if address is None:
        return
    sign_in(client, whole_demo, "ruth")
    asked = questions_of(client, address)
    print("NUMBER", page.name, len(asked))
    assert len(asked) == QUERIES[page.name], "\n".join(asked)


def test_every_measured_page_has_its_number():
    assert {*QUERIES, *NOT_IN_THE_DEMO} == {one.name for one in (EMPTY, *PAGES)}
