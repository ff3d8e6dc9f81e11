"""What is raised when something that was asked for is not done: classes with fields, no sentences.

A page, a command or a letter makes the sentence once, from the class and its fields
(handrail.web.kit.sentences), so that it can be said in two languages and improved without anything
breaking. How to say a new one: docs/how-to/contribute/say-an-error.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from typing import ClassVar, Self

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class Refusal(Exception):
    """Something was asked for and is not done. Raise one of the classes below, or your own."""

    code: ClassVar[str] = "refusal"
    """Names the class in logs, answers to scripts and the trail: `organizations.email_in_use`.

    It follows from where the class lives and what it is called. Write it out in the class where a
    renamed one has to keep its old code.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            # handrail.areas.people.errors is of people; handrail.core.errors is nobody's.
            where = [one for one in cls.__module__.split(".")[2:3] if one != "errors"]
            cls.code = ".".join([*where, _CAPITAL.sub("_", cls.__name__).lower()])

    @property
    def details(self) -> dict[str, object]:
        """Its fields by name."""
        return (
            {one.name: getattr(self, one.name) for one in fields(self)}
            if is_dataclass(self)
            else {}
        )

    def __str__(self) -> str:
        # For logs and tests; what a person reads is made elsewhere. A refusal that still carries
        # its sentence shows that.
        if self.args and not self.details:
            return " ".join(str(one) for one in self.args)
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.details.items())])


class NotHere(Refusal):
    """It belongs to another organization, or it never was: for this actor it does not exist."""


class Refused(Refusal):
    """This person may not do it, or this is not the moment for it."""


class Invalid(Refusal):
    """What was entered cannot be taken. `field` is the field of the form that it is about, empty
    when it is about all of it.
    """

    field: str = ""

    def at(self, field: str) -> Self:
        """The same, about a field of the form."""
        self.field = field
        return self

    @property
    def errors(self) -> "tuple[Invalid, ...]":
        """Everything that is wrong; most errors are one."""
        return (self,)


class Several(Invalid):
    """More than one thing is wrong with what was entered."""

    def __init__(self, errors: Sequence[Invalid]) -> None:
        super().__init__()
        self._errors = tuple(errors)

    @property
    def errors(self) -> tuple[Invalid, ...]:
        """Everything that is wrong, in the order in which it was found."""
        return self._errors

    def __str__(self) -> str:
        return "; ".join(f"{one.field}: {one}" if one.field else str(one) for one in self._errors)


def raise_any(found: Sequence[Invalid]) -> None:
    """Raise what was found to be wrong, all of it at once; nothing when nothing is."""
    if found[1:]:
        raise Several(found)
    if found:
        raise found[0]


# ---- what can be wrong with any field ----------------------------------------------------------


class Missing(Invalid):
    """A field that has to be filled in is empty."""


@dataclass(eq=False)
class TooLong(Invalid):
    """A text has more characters than there is room for."""

    most: int
    length: int


def too_long(texts: Mapping[str, str], most: Mapping[str, int]) -> list[Invalid]:
    """Which of these texts have more characters than their columns hold."""
    return [
        TooLong(most[field], len(text)).at(field)
        for field, text in texts.items()
        if len(text) > most[field]
    ]


@dataclass(eq=False)
class OutOfRange(Invalid):
    """A number is smaller or larger than can be."""

    least: int
    most: int


class NotAChoice(Invalid):
    """Something was chosen that is not, or no longer, on the list."""


# ---- what is asked before it is done -----------------------------------------------------------


class Unconfirmed(Invalid):
    """It can be done, once whoever asked for it says that it is meant."""

    @property
    def answer(self) -> str:
        """What a form sends back for yes. It changes with the facts: then the question is new."""
        return sha256(str(self).encode()).hexdigest()[:16]


def confirm(question: Unconfirmed, confirmed: str) -> None:
    """Raise the question unless just this one was answered with yes."""
    if question.answer != confirmed:
        raise question
