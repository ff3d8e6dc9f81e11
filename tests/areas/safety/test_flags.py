"""Flags: who owns them, how they close, and whom a client must not meet."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.areas.charts import selectors
from handrail.areas.safety import errors
from handrail.areas.safety import services as safety_services
from handrail.areas.safety.models import Flag, SafetyPlan
from handrail.core.access import NotHere, Refused
from handrail.core.errors import Invalid
from handrail.foundation import tenancy
from tests.areas.clients.people import AT, FORMULATION, TODAY, some_client, some_flag
from tests.areas.safety.safety import a_safety_plan


def close(by, flag, formulation=FORMULATION):
    """Close it; a plan was gone through before, where the flag is about danger to life."""
    if flag.kind != "no_contact" and not SafetyPlan.objects.filter(client=flag.client).exists():
        a_safety_plan(by, flag.client, flag.owner)
    return safety_services.close_flag(flag_id=flag.pk, formulation=formulation, by=by, at=AT)


def test_a_flag_stands_on_the_chart_with_its_owner_until_it_is_closed(alder):
    by, mara = alder.actor("ines"), alder.place("mara")
    client = some_client(by)
    made = some_flag(by, client, mara, review_date=TODAY)
    (seen,) = selectors.summary(client.pk, by=by).flags
    assert seen.owner.user.name == "Mara Whitfield"
    close(alder.actor("mara"), made)
    assert selectors.summary(client.pk, by=by).flags == ()
    made.refresh_from_db()
    assert made.closed_by == "Mara Whitfield"
    assert made.formulation.startswith(f"{FORMULATION}\n\nSafety plan, version 1")


def test_the_worst_flag_comes_first_however_late_it_was_raised(alder):
    by, mara = alder.actor("ruth"), alder.place("mara")
    client = some_client(by)
    other = some_client(by, "Sam", "Kell")
    some_flag(by, client, mara, kind="no_contact", other_client_id=other.pk)
    some_flag(by, client, mara, kind="overdose_risk", at=AT + timedelta(hours=1))
    some_flag(by, client, mara, at=AT + timedelta(hours=2))
    kinds = ("suicide_risk", "overdose_risk", "no_contact")
    assert tuple(one.kind for one in selectors.summary(client.pk, by=by).flags) == kinds
    assert selectors.find("okonkwo", by=by).people[0].flags == kinds


LONG = " ".join(f"word{letter}" for letter in "abcdefgh") * 100


@pytest.mark.parametrize(
    "words", ["", "ok", " resolved ", "\n\n", "x" * 200, "x " * 200, "fine " * 30, LONG]
)
def test_a_flag_does_not_close_without_a_formulation(alder, words):
    by = alder.actor("ruth")
    made = some_flag(by, some_client(by), alder.place("mara"))
    with pytest.raises(Invalid) as said:
        close(by, made, words)
    assert {one.field for one in said.value.errors} == {"formulation"}
    made.refresh_from_db()
    assert made.closed_at is None


def test_a_flag_closes_once(alder):
    by = alder.actor("ruth")
    made = some_flag(by, some_client(by), alder.place("mara"))
    close(by, made)
    with pytest.raises(errors.FlagClosed) as said:
        close(alder.actor("mara"), made, "fine")
    assert (said.value.closed_by, said.value.closed_at) == (by.name, AT)


def test_a_no_contact_flag_asks_for_no_safety_plan(alder):
    by = alder.actor("ruth")
    named = {"kind": "no_contact", "other_client_id": some_client(by, "Sam").pk}
    made = some_flag(by, some_client(by), alder.place("mara"), **named)
    closed = safety_services.close_flag(flag_id=made.pk, formulation=FORMULATION, by=by, at=AT)
    assert closed.formulation == FORMULATION


def test_an_intake_coordinator_raises_a_flag_and_does_not_close_it(alder):
    by = alder.actor("ines")
    made = some_flag(by, some_client(by), alder.place("mara"))
    with pytest.raises(Refused):
        safety_services.close_flag(flag_id=made.pk, formulation=FORMULATION, by=by, at=AT)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "mood"}, "kind"),
        ({"why": " "}, "why"),
        ({"why": "x" * 501}, "why"),
        ({"review_date": TODAY - timedelta(days=1)}, "review_date"),
        ({"kind": "no_contact"}, "other"),
    ],
)
def test_a_flag_that_cannot_be_is_not_raised(alder, typed, field):
    by = alder.actor("ruth")
    with pytest.raises(Invalid) as said:
        some_flag(by, some_client(by), alder.place("mara"), **typed)
    assert {one.field for one in said.value.errors} == {field}
    assert not Flag.objects.filter(opened_at=AT).exists()


@pytest.mark.parametrize("who", ["bao", "kim"])
def test_the_owner_works_here_and_cares_for_clients(alder, who):
    by = alder.actor("ruth")
    with pytest.raises(errors.OwnerCannotOwn):
        some_flag(by, some_client(by), alder.place(who))


def test_the_owner_is_not_of_another_organization(alder):
    by = alder.actor("ruth")
    with pytest.raises(errors.OwnerCannotOwn):
        some_flag(by, some_client(by), alder.place("jonah", alder.harbor))


def test_one_risk_flag_of_a_kind_is_open_at_a_time(alder):
    by, mara = alder.actor("ruth"), alder.place("mara")
    client = some_client(by)
    first = some_flag(by, client, mara)
    with pytest.raises(errors.FlagOpenAlready):
        some_flag(by, client, mara)
    close(by, first)
    some_flag(by, client, mara)


def test_no_contact_counts_from_both_sides(alder):
    by, mara = alder.actor("ruth"), alder.place("mara")
    one, other, third = (some_client(by, name) for name in ("Joy", "Sam", "Lee"))
    some_flag(by, one, mara, kind="no_contact", other_client_id=other.pk)
    some_flag(by, one, mara, kind="no_contact", other_colleague_id=alder.place("dev").pk)
    apart = selectors.kept_apart_from
    assert apart(one.pk, by=by) == ({other.pk}, {alder.place("dev").pk})
    assert apart(other.pk, by=by) == ({one.pk}, set())
    assert apart(third.pk, by=by) == (set(), set())


def test_no_contact_is_with_exactly_one_other(alder):
    by, mara = alder.actor("ruth"), alder.place("mara")
    client, other = some_client(by), some_client(by, "Sam")
    for wrong in (
        {"kind": "no_contact", "other_client_id": client.pk},
        {"kind": "suicide_risk", "other_client_id": other.pk},
        {
            "kind": "no_contact",
            "other_client_id": other.pk,
            "other_colleague_id": mara.pk,
        },
    ):
        with pytest.raises(Invalid) as said:
            some_flag(by, client, mara, **wrong)
        assert {one.field for one in said.value.errors} == {"other"}


def test_no_contact_with_someone_of_another_organization_says_nothing_of_them(alder):
    by, mara = alder.actor("ruth"), alder.place("mara")
    with tenancy.within(alder.harbor):
        theirs = some_client(alder.actor("jonah", alder.harbor), "Ann", "Elsewhere")
    client = some_client(by)
    for key in (theirs.pk, uuid4()):
        with pytest.raises(NotHere):
            some_flag(by, client, mara, kind="no_contact", other_client_id=key)
    for key in (alder.place("jonah", alder.harbor).pk, uuid4()):
        with pytest.raises(NotHere):
            some_flag(by, client, mara, kind="no_contact", other_colleague_id=key)
