"""Every error that a person can meet has a sentence, made in one place from its fields."""

import ast
import importlib
import pkgutil
from datetime import date

import pytest

import handrail
from handrail.core import access, errors
from handrail.core.errors import Refusal
from handrail.web.kit import sentences
from handrail.web.kit.sentences import fill, sentence
from handrail.web.public.words import speaking
from tests.conftest import ROOT

NEVER_SAID = {
    errors.NotHere,  # a page of its own: it says no more than that there is nothing
    errors.Refused,
    errors.Invalid,
    errors.Several,  # each of its parts is said
    errors.Unconfirmed,
}


def every_class(base=Refusal):
    floors = ("handrail.core", "handrail.areas", "handrail.web")
    for module in pkgutil.walk_packages(handrail.__path__, "handrail."):
        if module.name.startswith(floors) and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found, todo = [], [base]
    while todo:
        found += (more := todo.pop().__subclasses__())
        todo += more
    return [one for one in dict.fromkeys(found) if one.__module__.startswith("handrail.")]


def test_every_error_has_a_sentence():
    known = sentences._known()
    lacking = {
        one.code
        for one in every_class()
        if one not in NEVER_SAID and not any(kind in known for kind in one.__mro__)
    }
    assert lacking == set()


def test_no_two_errors_have_one_code():
    codes = [one.code for one in every_class()]
    assert sorted(set(codes)) == sorted(codes)


def test_a_sentence_is_made_from_the_fields():
    error = access.WrongState(access.State.VOIDED, (access.State.ACTIVE, access.State.OPEN))
    assert sentence(error) == ("It is voided now; this can be done only when it is active or open.")
    action = access.Action.INVITE
    said = "Your roles here do not include this: invite someone to work here."
    assert sentence(access.NotYourRole(action)) == said
    assert fill("It ended on {until:day}.", until=date(2026, 11, 24)) == (
        "It ended on Tue, Nov 24, 2026."
    )


def test_what_somebody_typed_is_no_template():
    assert fill("No {name}.", name="{name.__class__}") == "No {name.__class__}."


def test_a_sentence_is_said_in_the_language_of_the_page():
    with speaking("es"):
        assert sentence(errors.Missing()) == "Llene este campo."


def test_nothing_is_raised_with_its_sentence():
    """A refusal is a class with fields: no text goes into one in core, areas or web."""
    kinds = {one.__name__ for one in every_class()} | {"Refusal"}
    found = [
        f"{path}:{call.lineno}"
        for floor in ("core", "areas", "web")
        for path in sorted((ROOT / "src" / "handrail" / floor).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Raise) and _says_itself(call.exc, kinds)
    ]
    assert found == []


def _says_itself(raised, kinds):
    name = getattr(raised, "func", None)
    given = getattr(raised, "args", ())
    words = [one for one in given if isinstance(one, ast.JoinedStr) or _is_sentence(one)]
    return getattr(name, "id", getattr(name, "attr", "")) in kinds and bool(words)


def _is_sentence(one):
    return isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.endswith(".")


def test_a_class_has_one_sentence(monkeypatch):
    from handrail.web.staff.organizations import sentences as theirs

    monkeypatch.setattr(theirs, "SENTENCES", {errors.Missing: "Something else."})
    with pytest.raises(ValueError, match="Missing has a sentence already"):
        sentences._known.__wrapped__()
