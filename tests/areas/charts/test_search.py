"""Finding clients by the beginnings of their names, whatever the order, accents and spelling."""

from datetime import date, timedelta

import pytest

from handrail.areas.charts import selectors
from handrail.areas.charts.selectors import search as finding
from handrail.core.access import NotHere, Refused
from handrail.foundation import tenancy
from handrail.foundation.timeline import entries
from tests.areas.clients.people import AT, TODAY, some_client, some_episode

PEOPLE = (
    ("José", "Núñez", ""),
    ("Maeve", "O’Brien", ""),
    ("Anne-Marie", "Smith-Jones", "Annie"),
    ("Mara", "Whitlock", ""),
    ("Omar", "Whitaker", ""),
    ("Sofía", "de la Cruz", ""),
    ("Lee", "李", ""),
)


@pytest.fixture
def clients(alder):
    by = alder.actor("ines")
    for number, (given, family, called) in enumerate(PEOPLE):
        some_client(
            by, given, family, called=called, birth_date=date(1990, 5, 1) + timedelta(days=number)
        )
    return alder


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("jose", ["José Núñez"]),
        ("NUNEZ jo", ["José Núñez"]),
        ("josé", ["José Núñez"]),
        ("obr", ["Maeve O’Brien"]),
        ("o'brien", ["Maeve O’Brien"]),
        ("O’Bri", ["Maeve O’Brien"]),
        ("brien", ["Maeve O’Brien"]),
        ("smith jon", ["Annie Smith-Jones"]),
        ("smithj", ["Annie Smith-Jones"]),
        ("jones-sm", ["Annie Smith-Jones"]),
        ("annie", ["Annie Smith-Jones"]),
        ("marie", ["Annie Smith-Jones"]),
        ("mar whit", ["Mara Whitlock"]),
        ("Whit, Mar", ["Mara Whitlock"]),
        ("whit", ["Omar Whitaker", "Mara Whitlock"]),
        ("mar", ["Annie Smith-Jones", "Mara Whitlock"]),
        ("cruz sofia", ["Sofía de la Cruz"]),
        ("李", ["Lee 李"]),
        ("whit 5/4/1990", ["Mara Whitlock"]),
        ("1990-05-05", ["Omar Whitaker"]),
        ("hit", []),
        ("whit 5/9/1990", []),
        ("mara%", ["Mara Whitlock"]),
        ("mar_", ["Annie Smith-Jones", "Mara Whitlock"]),
        ("\x00", []),
        ("", []),
        ("  -", []),
        (chr(0x10FFFF), []),
    ],
)
def test_typing_this_finds_these(clients, typed, names):
    found = selectors.find(typed, by=clients.actor("owen"))
    assert [one.name for one in found.people] == names
    assert not found.more


def test_someone_at_another_organization_is_never_found(clients):
    with tenancy.within(clients.harbor):
        by = clients.actor("jonah", clients.harbor)
        theirs = some_client(by, "Mara", "Whitlock")
        assert [one.id for one in selectors.find("mara", by=by).people] == [theirs.pk]
        with pytest.raises(NotHere):
            selectors.client(theirs.pk, by=clients.actor("owen"))
    assert theirs.pk not in {
        one.id for one in selectors.find("mara", by=clients.actor("owen")).people
    }


def test_a_biller_finds_nobody(clients):
    by = clients.actor("bao")
    for ask in (
        lambda: selectors.find("mara", by=by),
        lambda: selectors.in_care(by=by),
        lambda: selectors.alike(["Mara"], TODAY, by=by),
    ):
        with pytest.raises(Refused):
            ask()


def test_found_people_show_their_level_and_since_when(clients):
    by = clients.actor("ruth")
    client = some_client(by)
    some_episode(by, client)
    (found,) = selectors.find("okonkwo", by=by).people
    assert (found.level, found.level_since) == ("iop", date(2026, 10, 12))
    (other,) = selectors.find("jose", by=by).people
    assert (other.level, other.level_since) == ("", None)


def test_few_of_many_are_shown_by_name_and_it_says_so(clients):
    by = clients.actor("ruth")
    for number in range(9, -1, -1):
        some_client(by, f"Zed{number}", f"Zim{number}")
    found = selectors.find("z", by=by, limit=4)
    assert [one.full_name for one in found.people] == [f"Zed{n} Zim{n}" for n in range(4)]
    assert found.more


def test_a_search_that_stops_early_says_that_there_are_more(clients, monkeypatch):
    monkeypatch.setattr(finding, "LOOKED_AT", 3)
    found = selectors.find("a", by=clients.actor("ruth"))
    assert not found.more
    for number in range(4):
        some_client(clients.actor("ruth"), f"Abe{number}", "Moss")
    assert selectors.find("a", by=clients.actor("ruth")).more


def test_everyone_in_care_by_name_page_after_page(clients):
    by = clients.actor("ruth")
    for number in range(5):
        client = some_client(by, f"Ann{number}", "Zim" if number % 2 else "Abbott")
        some_episode(by, client)
    names, after = [], None
    for _ in range(3):
        page = selectors.in_care(by=by, after=after, limit=2)
        names += [one.full_name for one in page.people]
        after = page.next
    assert names == ["Ann0 Abbott", "Ann2 Abbott", "Ann4 Abbott", "Ann1 Zim", "Ann3 Zim"]
    assert after is None


def test_the_same_birthday_and_one_name_in_common_may_be_the_same_person(clients):
    by = clients.actor("ines")
    born = date(1990, 5, 1)
    assert [one.name for one in selectors.alike(["Jose", "Ramirez"], born, by=by)] == ["José Núñez"]
    assert not selectors.alike(["Jose"], born + timedelta(days=1), by=by)
    assert not selectors.alike(["Jos"], born, by=by)


def test_a_search_costs_the_same_queries_however_many_are_found(clients, django_assert_num_queries):
    by = clients.actor("ruth")
    for typed in ("mar", "mar whit", "whit 5/4/1990"):
        with django_assert_num_queries(4):
            selectors.find(typed, by=by)


def test_what_a_client_is_called_for_keeping_it_out_of_other_charts(clients):
    by = clients.actor("ruth")
    (found,) = selectors.find("annie", by=by).people
    named = selectors.known_names([found.id])[str(found.id)]
    assert (named.given, named.family, named.called) == ("Anne-Marie", "Smith-Jones", ("Annie",))


def test_happenings_come_newest_first(clients):
    by = clients.actor("ruth")
    client = some_client(by)
    some_episode(by, client, at=AT)
    found, more = entries(client.pk, by=by, zone="America/New_York", limit=40)
    assert [one.said.title.partition(":")[0] for one in found] == [
        "Chart begun",
        "Level of care",
        "Episode of care opened",
    ]
    assert (found[1].by, more) == ("Ruth Okafor", False)
