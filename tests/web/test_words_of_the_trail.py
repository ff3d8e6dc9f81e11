"""Every action that can stand in the audit trail has words for those who read it."""

import ast

from handrail.areas.screening.models import Outcome
from handrail.areas.screening.services.handed_checks import WRONG_CODE
from handrail.core.access import Action
from handrail.web.staff.audit.views import WORDS
from tests.conftest import ROOT

WRITERS = {"record", "record_read", "record_everywhere", "_record", "_record_everywhere"}
ACTION_COMES_SECOND = {"_record_everywhere"}


def written_actions() -> set[str]:
    """The actions that the source writes as text, from every call that writes into the trail."""
    found = set()
    for file in (ROOT / "src" / "handrail").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                found |= {text for text in map(_text, _actions(node)) if text}
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _actions(call: ast.Call) -> list[ast.expr]:
    named = [one.value for one in call.keywords if one.arg == "action"]
    place = 1 if _name(call.func) in ACTION_COMES_SECOND else 0
    return named or call.args[place : place + 1]


def _text(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def test_every_action_has_words():
    written = written_actions()
    assert {"recommendation.void", "contact.end", "installation.restore"} <= written
    assert (written | {str(one) for one in Action}) - set(WORDS) == set()


def test_words_use_one_kind_of_apostrophe():
    assert [one for one in WORDS.values() if "'" in one] == []


def test_a_screening_call_has_words_for_each_end_and_for_nothing_that_is_never_written():
    ends = {f"screening.{one}" for one in Outcome.values}
    written = written_actions() | ends | {WRONG_CODE}
    of_calls = {one for one in written | {str(one) for one in Action} if "screening." in one}
    said = {one for one in WORDS if "screening." in one}
    assert of_calls == said
