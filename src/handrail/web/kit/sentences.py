"""An error becomes a sentence here, once: from its class and fields, in the language of the page.

Each slice of the web layer puts its sentences beside its pages, in a `sentences.py` with a mapping
SENTENCES. They are found by that name; there is no list to add them to, and a test says which
error has no sentence. A text names fields in braces, with a filter after the colon where it is
not plain text: "It ended on {until_date:day}." Where a text is not enough, put a function.
"""

import pkgutil
import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.translation import get_language

from handrail import web
from handrail.core import access, errors
from handrail.core.errors import Refusal
from handrail.data.languages import ENGLISH, LANGUAGES, translations
from handrail.web.kit.filters import FILTERS

Sentences = Mapping[type[Refusal], str | Callable[[Any], str]]


def mark(text: str) -> str:
    """Mark a sentence that the public side says, so that it is translated (`handrail words`)."""
    return text


def sentence(error: Refusal) -> str:
    """What a person reads who was refused, or entered something that cannot be taken."""
    known = _known()
    said = next((known[one] for one in type(error).__mro__ if one in known), None)
    if said is None:
        return str(error)  # a test says that every class has a sentence
    return fill(said, **error.details) if isinstance(said, str) else said(error)


def sentences(error: errors.Invalid) -> str:
    """Everything that was wrong, one sentence after the other."""
    return " ".join(sentence(one) for one in error.errors)


def fill(text: str, **parts: object) -> str:
    """A text in the language of the page, with its {parts} filled in and {filtered:day}."""
    code = (get_language() or ENGLISH).partition("-")[0]
    said = translations(code).gettext(text) if code in LANGUAGES else text
    return _FORMAT.vformat(said, (), parts)


class _Filtered(string.Formatter):
    def format_field(self, value: Any, spec: str) -> str:
        return str(_FILTERS[spec](value)) if spec in _FILTERS else str(format(value, spec))


def _either(found: Sequence[object]) -> str:
    return " or ".join(str(one) for one in found)


_FILTERS: Mapping[str, Callable[..., object]] = {**FILTERS, "either": _either}
_FORMAT = _Filtered()


@cache
def _known() -> Sentences:
    found: dict[type[Refusal], str | Callable[[Any], str]] = dict(SENTENCES)
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        if module.name.endswith(".sentences") and module.name != __name__:
            more: Sentences = import_module(module.name).SENTENCES
            twice = [one.__name__ for one in more if one in found]
            if twice:
                raise ValueError(f"{module.name}: {', '.join(twice)} has a sentence already")
            found |= more
    return found


# ---- what is said of any field, and of any refusal ---------------------------------------------


def _wrong_state(error: access.WrongState) -> str:
    now = f"It is {error.state} now" if error.state else "Its state is not known"
    return f"{now}; this can be done only when it is {_either(error.needed)}."


SENTENCES: Sentences = {
    errors.Missing: mark("Fill this in."),
    errors.TooLong: mark("This has {length:,} characters; at most {most:,} fit."),
    errors.OutOfRange: mark("Enter a whole number from {least:,} to {most:,}."),
    errors.NotAChoice: mark("Choose one from the list."),
    access.NotYourRole: "Your roles here do not include this: {action:action}.",
    access.NotForSystem: "The system actor “{system}” may not do this: {action}.",
    access.NotForOneself: "Someone else must do this for you: {action:action}.",
    access.WrongState: _wrong_state,
    access.NoRoleLeft: "Choose at least one role: without one a person can do nothing here.",
    access.OnlyAdministrators: "Only an administrator can make or unmake an administrator.",
    access.LastAdministrator: "This is the last administrator. Make someone else one first.",
}
