"""Recording clients, contacts and lists: what is kept, what is not taken, what is written down."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from handrail.areas.charts import selectors
from handrail.areas.clients import errors
from handrail.areas.clients import services as clients_services
from handrail.areas.clients.models import Client, Contact, Listed, NameWord
from handrail.areas.safety import services as safety_services
from handrail.core.access import NotHere, Refused
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import AT, TODAY, some_client, some_episode, some_flag
from tests.areas.safety.safety import a_safety_plan


def written(action=None) -> list[AuditEntry]:
    found = AuditEntry.objects.order_by("-id")
    return list(found.filter(action=action) if action else found)


def change(client, by, **more):
    details = {
        "given_name": client.given_name,
        "family_name": client.family_name,
        "birth_date": client.birth_date,
    }
    return clients_services.change_client(client_id=client.pk, by=by, at=AT, **(details | more))


def contact(by, client, **more):
    details = {
        "name": "Ada Okonkwo",
        "relationship": "sibling",
        "phone": "555-0100",
        "may_know": ["attendance"],
        "call_if_missed": True,
    } | more
    return clients_services.record_contact(client_id=client.pk, by=by, at=AT, **details)


def listed(by, client, **more):
    details = {"kind": "diagnosis", "name": "Alcohol use disorder", "code": "f10.20"} | more
    return clients_services.record_listed(client_id=client.pk, by=by, at=AT, **details)


# ---- clients -----------------------------------------------------------------------------------


def test_a_client_is_kept_as_entered_without_stray_spaces(alder):
    by = alder.actor("ines")
    made = some_client(by, "  Joy \n", "Ok\x00onkwo", called="Jo", pronouns="she/her")
    kept = selectors.client(made.pk, by=by)
    assert (kept.given_name, kept.family_name, kept.called) == ("Joy", "Ok onkwo", "Jo")
    assert kept.name == "Jo Ok onkwo"
    assert kept.recorded_by == "Ines Caldera"
    assert kept.recorded_at == AT


def test_a_given_key_is_kept(alder):
    key = uuid4()
    assert some_client(alder.actor("ines"), client_id=key).pk == key


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"given": ""}, "given_name"),
        ({"given": " . "}, "given_name"),
        ({"family": "-"}, "family_name"),
        ({"family": "x" * 81}, "family_name"),
        ({"pronouns": "x" * 41}, "pronouns"),
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date"),
        ({"birth_date": date(1890, 1, 1)}, "birth_date"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_cannot_be_is_not_recorded(alder, typed, field):
    with pytest.raises(Invalid) as said:
        some_client(alder.actor("ines"), **typed)
    assert {one.field for one in said.value.errors} == {field}
    assert not Client.objects.filter(recorded_at=AT).exists()


def test_all_mistakes_are_told_at_once(alder):
    with pytest.raises(Invalid) as said:
        some_client(alder.actor("ines"), "", "", email="x")
    assert {one.field for one in said.value.errors} == {"given_name", "family_name", "email"}


def test_nobody_is_born_today_where_it_is_still_today(alder):
    late = AT.replace(hour=23, minute=59) + timedelta(hours=3)  # the 25th in UTC, the 24th here
    with pytest.raises(errors.BornToday):
        some_client(alder.actor("ines"), birth_date=TODAY, at=late)
    assert some_client(alder.actor("ines"), birth_date=TODAY - timedelta(days=1), at=late)


def test_what_is_not_to_be_seen_is_no_part_of_a_name(alder):
    made = some_client(alder.actor("ines"), "Jo\u200by\u202e", "\u2066Okonkwo\ufeff")
    assert made.full_name == "Joy Okonkwo"


def entry(by, client, **more):
    details = {"kind": "diagnosis", "name": "Alcohol use disorder", "code": "F10.20"} | more
    return clients_services.record_listed(client_id=client.pk, by=by, at=AT, **details)


@pytest.mark.parametrize("day", [date(2031, 1, 1), TODAY + timedelta(days=1), date(1990, 5, 2)])
def test_nothing_is_listed_since_a_day_to_come_or_before_birth(alder, day):
    by = alder.actor("ines")
    with pytest.raises(Invalid) as said:
        entry(by, some_client(by), from_date=day)
    assert {one.field for one in said.value.errors} == {"from_date"}


def test_nothing_ends_on_a_day_to_come(alder):
    by = alder.actor("ines")
    made = entry(by, some_client(by))
    end = {"listed_id": made.pk, "by": by, "at": AT}
    with pytest.raises(errors.DayToCome):
        clients_services.end_listed(until_date=TODAY + timedelta(days=1), **end)
    assert clients_services.end_listed(until_date=TODAY, **end).until_date == TODAY
    with pytest.raises(errors.EntryEnded):
        clients_services.end_listed(until_date=TODAY, **end)


def test_a_diagnosis_stands_once_on_the_list_while_it_holds(alder):
    by = alder.actor("ines")
    client = some_client(by)
    first = entry(by, client)
    with pytest.raises(errors.CodeOnList, match="name=Alcohol use disorder"):
        entry(by, client, name="Alcohol dependence", code="f10.20")
    clients_services.end_listed(listed_id=first.pk, until_date=TODAY, by=by, at=AT)
    assert entry(by, client, name="Alcohol dependence")


def test_no_known_allergies_stands_alone(alder):
    by = alder.actor("ines")
    client = some_client(by)
    none = {"kind": "allergy", "name": "no known allergies", "code": ""}
    drug = {"kind": "allergy", "name": "Penicillin", "code": ""}
    first = entry(by, client, **none)
    for wrong in (none, drug):
        with pytest.raises(Invalid) as said:
            entry(by, client, **wrong)
        assert {one.field for one in said.value.errors} == {"name"}
    clients_services.end_listed(listed_id=first.pk, until_date=TODAY, by=by, at=AT)
    entry(by, client, **drug)
    with pytest.raises(errors.AllergyOnList, match="name=Penicillin"):
        entry(by, client, **none)


def test_a_changed_name_is_found_and_the_old_one_is_not(alder):
    by = alder.actor("ines")
    made = some_client(by)
    change(made, by, family_name="Ferreira-Lund", phone="555-0101")
    assert [one.id for one in selectors.find("lund", by=by).people] == [made.pk]
    assert not selectors.find("okonkwo", by=by).people
    assert written("client.change")[0].detail == {"changed": ["family_name", "phone"]}


def test_changing_nothing_writes_nothing(alder):
    by = alder.actor("ines")
    made = some_client(by)
    change(made, by)
    assert not written("client.change")


def test_a_name_is_changed_only_into_one(alder):
    by = alder.actor("ines")
    made = some_client(by)
    with pytest.raises(Invalid):
        change(made, by, given_name="")
    assert NameWord.objects.filter(client=made).count() == 2


# ---- contacts ----------------------------------------------------------------------------------


def test_a_contact_is_told_what_the_client_lets_them_be_told(alder):
    by = alder.actor("ines")
    made = contact(by, some_client(by), may_know=["progress", "attendance", "progress"])
    assert made.may_know == ["attendance", "progress"]
    assert made.call_if_missed


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"relationship": "dog"}, "relationship"),
        ({"phone": ""}, "phone"),
        ({"may_know": ["progress"]}, "may_know"),
        ({"may_know": ["everything"]}, "may_know"),
        ({"may_know": ["emergency", "attendance"]}, "may_know"),
        ({"name": "x" * 151}, "name"),
    ],
)
def test_a_contact_that_cannot_be_is_not_recorded(alder, typed, field):
    by = alder.actor("ines")
    with pytest.raises(Invalid) as said:
        contact(by, some_client(by), **typed)
    assert {one.field for one in said.value.errors} == {field}
    assert not Contact.objects.filter(recorded_at=AT).exists()


def test_an_ended_contact_leaves_the_chart_and_stays_on_file(alder):
    by = alder.actor("ines")
    client = some_client(by)
    made = contact(by, client)
    clients_services.end_contact(contact_id=made.pk, by=by, at=AT)
    clients_services.end_contact(contact_id=made.pk, by=by, at=AT + timedelta(days=1))
    assert selectors.summary(client.pk, by=by).contacts == ()
    made.refresh_from_db()
    assert (made.ended_at, made.ended_by) == (AT, "Ines Caldera")
    assert len(written("contact.end")) == 1


# ---- lists -------------------------------------------------------------------------------------


def test_a_diagnosis_has_its_code_in_capitals(alder):
    by = alder.actor("ines")
    assert listed(by, some_client(by)).code == "F10.20"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"name": ""}, "name"),
        ({"code": "alcohol"}, "code"),
        ({"kind": "medicine"}, "code"),
        ({"name": "x" * 201}, "name"),
        ({"detail": "x" * 201}, "detail"),
    ],
)
def test_an_entry_that_cannot_be_is_not_listed(alder, typed, field):
    by = alder.actor("ines")
    with pytest.raises(Invalid) as said:
        listed(by, some_client(by), **typed)
    assert field in {one.field for one in said.value.errors}
    assert not Listed.objects.filter(recorded_at=AT).exists()


def test_an_entry_ends_once_and_not_before_it_began(alder):
    by = alder.actor("ines")
    made = listed(by, some_client(by), from_date=TODAY)
    with pytest.raises(errors.EntryEndsBeforeItBegan):
        clients_services.end_listed(
            listed_id=made.pk, until_date=TODAY - timedelta(days=1), by=by, at=AT
        )
    clients_services.end_listed(listed_id=made.pk, until_date=TODAY, by=by, at=AT)
    with pytest.raises(errors.EntryEnded):
        clients_services.end_listed(listed_id=made.pk, until_date=TODAY, by=by, at=AT)


def test_a_voided_entry_leaves_the_list_and_keeps_its_reason(alder):
    by = alder.actor("ines")
    client = some_client(by)
    made = listed(by, client)
    with pytest.raises(Invalid):
        clients_services.void_listed(listed_id=made.pk, reason=" ", by=by, at=AT)
    clients_services.void_listed(listed_id=made.pk, reason="Wrong chart", by=by, at=AT)
    assert selectors.summary(client.pk, by=by).listed == ()
    for again in (
        lambda: clients_services.void_listed(listed_id=made.pk, reason="Twice", by=by, at=AT),
        lambda: clients_services.end_listed(listed_id=made.pk, until_date=TODAY, by=by, at=AT),
    ):
        with pytest.raises(errors.EntryVoided):
            again()
    made.refresh_from_db()
    assert made.void_reason == "Wrong chart"


# ---- who may, and what is written down ---------------------------------------------------------


def everything(by, owner, client, made):
    """Every write of the area as a function, by the key of what it touches."""
    key = client.pk
    return {
        "record_client": lambda: some_client(by),
        "change_client": lambda: change(client, by, phone="555-0199"),
        "record_contact": lambda: contact(by, client),
        "end_contact": lambda: clients_services.end_contact(
            contact_id=made["contact"], by=by, at=AT
        ),
        "record_listed": lambda: listed(by, client, code="F33.1"),
        "end_listed": lambda: clients_services.end_listed(
            listed_id=made["listed"], until_date=TODAY, by=by, at=AT
        ),
        "void_listed": lambda: clients_services.void_listed(
            listed_id=made["listed"], reason="Wrong chart", by=by, at=AT
        ),
        "open_episode": lambda: clients_services.open_episode(
            client_id=key, level="iop", opened_date=TODAY, by=by, at=AT
        ),
        "change_level": lambda: clients_services.change_level(
            episode_id=made["episode"], level="sop", from_date=TODAY, reason="Better", by=by, at=AT
        ),
        "close_episode": lambda: clients_services.close_episode(
            episode_id=made["episode"], outcome="completed", summary="Well", by=by, at=AT
        ),
        "raise_flag": lambda: some_flag(by, client, owner, kind="overdose_risk"),
        "close_flag": lambda: safety_services.close_flag(
            flag_id=made["flag"],
            formulation="Nothing of it holds any more.",
            by=by,
            at=AT,
        ),
    }


@pytest.fixture
def ours(alder):
    """A client of Alder Street with one of each on file, and a plan upon which the flag closes."""
    by, mara = alder.actor("ruth"), alder.place("mara")
    client = some_client(by)
    made = {
        "contact": contact(by, client).pk,
        "listed": listed(by, client).pk,
        "episode": some_episode(by, client).pk,
        "flag": some_flag(by, client, mara).pk,
    }
    a_safety_plan(by, client, mara)
    return client, made


NAMES = tuple(everything(None, None, Client(), {}))


@pytest.mark.parametrize("name", NAMES)
def test_a_biller_may_do_nothing_of_it(alder, ours, name):
    client, made = ours
    with pytest.raises(Refused):
        everything(alder.actor("bao"), alder.place("mara"), client, made)[name]()


@pytest.mark.parametrize("name", [one for one in NAMES if one != "record_client"])
def test_to_another_organization_the_client_does_not_exist(alder, ours, name):
    client, made = ours
    jonah, owner = alder.actor("jonah", alder.harbor), alder.place("jonah", alder.harbor)
    with tenancy.within(alder.harbor), pytest.raises(NotHere):
        everything(jonah, owner, client, made)[name]()


@pytest.mark.parametrize("name", [one for one in NAMES if one != "record_client"])
def test_the_organization_is_looked_at_even_where_the_rows_can_be_seen(alder, ours, name):
    """As if the database kept nothing apart: an actor of Harbor Light inside Alder Street."""
    client, made = ours
    jonah, owner = alder.actor("jonah", alder.harbor), alder.place("jonah", alder.harbor)
    with pytest.raises(NotHere):
        everything(jonah, owner, client, made)[name]()


@pytest.mark.parametrize("name", [one for one in NAMES if one != "open_episode"])
def test_each_is_written_down_once_without_a_name_or_a_word(alder, ours, name):
    client, made = ours
    before = len(written())
    everything(alder.actor("ruth"), alder.place("mara"), client, made)[name]()
    fresh = written()[: len(written()) - before]
    assert len(fresh) == 1
    assert any(one.startswith("client:") for one in fresh[0].subjects)
    for subject in fresh[0].subjects:
        UUID(subject.split(":")[1])
    told = str(fresh[0].detail).lower()
    assert not any(word in told for word in ("okonkwo", "better", "well", "wrong", "555"))
