"""Who may do what: the table is complete, denies by default, and says why."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.cli.roles import page
from handrail.core.access import (
    RULES,
    SYSTEMS,
    Action,
    Actor,
    LastAdministrator,
    NoRoleLeft,
    NotForOneself,
    NotForSystem,
    NotHere,
    NotYourRole,
    OnlyAdministrators,
    Role,
    State,
    Subject,
    WrongState,
    can_access,
    check_access,
    check_role_change,
    in_words,
    is_clinician,
    system_actor,
)
from tests.conftest import ROOT

HERE, ELSEWHERE = uuid4(), uuid4()
some_roles = st.frozensets(st.sampled_from(Role))
any_action = st.sampled_from(Action)
any_subject = st.none() | st.builds(
    Subject,
    st.sampled_from([HERE, ELSEWHERE]),
    st.none() | st.sampled_from(State),
    st.sampled_from(["me", "you", ""]),
)


def person(*roles, organization=HERE):
    return Actor("me", "Me Myself", organization, frozenset(roles))


@given(some_roles, any_action, any_subject)
def test_nothing_is_allowed_that_the_table_does_not_say(roles, action, subject):
    rule = next((one for one in RULES if one.action == action), None)
    allowed = can_access(person(*roles), action, subject)
    if allowed:
        assert rule is not None
        assert rule.roles & roles
        if subject:
            assert subject.organization_id == HERE
            assert not rule.states or subject.state in rule.states
            assert rule.on_oneself or subject.person_id != "me"


@given(some_roles, some_roles, any_action, any_subject)
def test_more_roles_never_allow_less(roles, more, action, subject):
    if can_access(person(*roles), action, subject):
        assert can_access(person(*roles, *more), action, subject)


@given(some_roles, any_action, st.none() | st.sampled_from(State))
def test_another_organizations_things_do_not_exist(roles, action, state):
    with pytest.raises(NotHere):
        check_access(person(*roles), action, Subject(ELSEWHERE, state))


def test_each_action_of_people_stands_in_the_table_once():
    listed = [rule.action for rule in RULES]
    assert len(listed) == len(set(listed))
    assert set(Action) - set(listed) == {Action.FOUND_ORGANIZATION}, "only a system founds one"


def test_every_role_can_do_something_and_says_what_it_is_for():
    for role in Role:
        assert can_access(person(role), Action.SEE_TODAY)
        assert role.words
        assert role.does.endswith(".")


def test_a_refusal_names_what_was_refused():
    with pytest.raises(NotYourRole) as refused:
        check_access(person(Role.BILLER), Action.INVITE)
    assert in_words(refused.value.action) == "invite someone to work here"


def test_a_refusal_names_the_state_that_stands_in_the_way():
    ended = Subject(HERE, State.DEACTIVATED, "you")
    with pytest.raises(WrongState) as refused:
        check_access(person(Role.ADMINISTRATOR), Action.DEACTIVATE, ended)
    assert refused.value.details == {"state": State.DEACTIVATED, "needed": (State.ACTIVE,)}
    with pytest.raises(WrongState) as refused:
        check_access(person(Role.ADMINISTRATOR), Action.DEACTIVATE, Subject(HERE))
    assert refused.value.state is None


def test_nobody_ends_their_own_access():
    me = Subject(HERE, State.ACTIVE, "me")
    with pytest.raises(NotForOneself):
        check_access(person(Role.ADMINISTRATOR), Action.DEACTIVATE, me)


def test_an_action_outside_the_table_is_refused_to_everyone():
    with pytest.raises(NotYourRole) as refused:
        check_access(person(*Role), Action.FOUND_ORGANIZATION)
    assert in_words(refused.value.action) == Action.FOUND_ORGANIZATION


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_actor_does_what_it_was_granted_and_nothing_else(name):
    actor = system_actor(name, HERE)
    assert {action for action in Action if can_access(actor, action)} == SYSTEMS[name]


def test_an_unknown_system_actor_does_not_exist():
    with pytest.raises(KeyError):
        system_actor("nobody", HERE)
    with pytest.raises(NotForSystem):
        check_access(Actor("nobody", "?", HERE, is_system=True), Action.INVITE)


def test_only_an_administrator_makes_or_unmakes_an_administrator():
    director, admin = person(Role.PROGRAM_DIRECTOR), person(Role.ADMINISTRATOR)
    make = {"before": [Role.BILLER], "after": [Role.ADMINISTRATOR], "other_administrators": 1}
    unmake = {"before": [Role.ADMINISTRATOR], "after": [Role.BILLER], "other_administrators": 1}
    for change in (make, unmake):
        with pytest.raises(OnlyAdministrators):
            check_role_change(director, **change)
        check_role_change(admin, **change)
    check_role_change(
        director, before=[Role.BILLER], after=[Role.SUPERVISOR], other_administrators=0
    )


def test_the_last_administrator_stays():
    change = {"before": [Role.ADMINISTRATOR], "after": [Role.BILLER]}
    with pytest.raises(LastAdministrator):
        check_role_change(person(Role.ADMINISTRATOR), **change, other_administrators=0)


def test_nobody_is_left_without_a_role():
    with pytest.raises(NoRoleLeft):
        check_role_change(
            person(Role.ADMINISTRATOR), before=[Role.BILLER], after=[], other_administrators=1
        )


def test_the_page_of_roles_is_what_the_table_says():
    written = (ROOT / "docs" / "reference" / "roles.md").read_text()
    assert written == page(), "./run handrail roles > docs/reference/roles.md"


def test_clinicians_and_the_system_speak_as_clinicians():
    org = uuid4()
    speak = {one for one in Role if is_clinician(Actor("1", "X", org, frozenset({one})))}
    assert speak == {Role.FACILITATOR, Role.SUPERVISOR, Role.MEDICAL_DIRECTOR}
    assert is_clinician(system_actor("demo program", org))
