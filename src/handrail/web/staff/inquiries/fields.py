"""The fields of an inquiry's forms, and how what was typed goes to the services."""

from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID

from handrail.areas.inquiries.errors import NobodyForStep, NoDayForStep
from handrail.areas.inquiries.models import (
    CallerIs,
    Inquiry,
    InquiryEvent,
    KeptFrom,
    MessageSafe,
    Source,
)
from handrail.core.errors import Invalid
from handrail.data import care_catalogue
from handrail.web.staff.clients.forms import Filled, some_day

TEXTS = (
    "caller_name",
    "caller_phone",
    "caller_email",
    "caller_is",
    "caller_relation",
    "caller_organization",
    "source",
    "given_name",
    "family_name",
    "called",
    "phone",
    "email",
    "language",
    "zip_code",
    "safe_to_leave_message",
    "ask_for",
    "about",
    "wanted",
    "mandated_by",
    "mandated_level",
)
DAYS = ("birth_date", "mandated_by_date")
DETAILS = (*TEXTS, *DAYS)
STEP = ("next_step", "next_step_date", "owner")
NEW = (*DETAILS, *STEP, "told_in_confidence", "kept_from")
FIRST_SEEN = frozenset(
    {"caller_name", "caller_phone", "caller_is", "given_name", "family_name", "about", *STEP}
)
"""What the short form asks; everything else is folded away until it is wanted or wrong."""

Choices = tuple[tuple[str, str], ...]


def choices(kind: type[CallerIs | Source | MessageSafe | KeptFrom]) -> Choices:
    """Values and words to choose from, without the one that stands for nothing chosen."""
    return tuple((str(value), str(words)) for value, words in kind.choices if value)


def results() -> Choices:
    """What can come of an attempt."""
    return tuple((str(value), str(words)) for value, words in InquiryEvent.Result.choices)


def ways() -> Choices:
    """How somebody can be tried to be reached."""
    return tuple((str(value), str(words)) for value, words in InquiryEvent.How.choices)


def levels() -> Choices:
    """Levels of care and the acute places beside them, by plain name."""
    care = care_catalogue()
    return tuple((code, care.name(code)) for code in (*care.levels, *care.acute_places))


class OtherNotChosen(Invalid):
    """It is not said which inquiry this one is the same as."""

    field = "into"


class Details(TypedDict):
    """The details of an inquiry, as the services take them."""

    caller_name: str
    caller_phone: str
    caller_email: str
    caller_is: str
    caller_relation: str
    caller_organization: str
    source: str
    given_name: str
    family_name: str
    called: str
    phone: str
    email: str
    language: str
    zip_code: str
    safe_to_leave_message: str
    ask_for: str
    about: str
    wanted: str
    mandated_by: str
    mandated_level: str
    birth_date: date | None
    mandated_by_date: date | None


def details_of(form: Filled) -> Details:
    """The details as typed. Raises when a day is no day."""
    return Details(
        caller_name=form.value("caller_name"),
        caller_phone=form.value("caller_phone"),
        caller_email=form.value("caller_email"),
        caller_is=form.value("caller_is"),
        caller_relation=form.value("caller_relation"),
        caller_organization=form.value("caller_organization"),
        source=form.value("source"),
        given_name=form.value("given_name"),
        family_name=form.value("family_name"),
        called=form.value("called"),
        phone=form.value("phone"),
        email=form.value("email"),
        language=form.value("language"),
        zip_code=form.value("zip_code"),
        safe_to_leave_message=form.value("safe_to_leave_message"),
        ask_for=form.value("ask_for"),
        about=form.value("about"),
        wanted=form.value("wanted"),
        mandated_by=form.value("mandated_by"),
        mandated_level=form.value("mandated_level"),
        birth_date=some_day(form, "birth_date"),
        mandated_by_date=some_day(form, "mandated_by_date"),
    )


def step_day(form: Filled, today: date) -> date:
    """The day of the next step; people may write today and tomorrow. Raises NoDayForStep."""
    typed = form.value("next_step_date").strip().lower()
    if typed in ("today", "tonight"):
        return today
    if typed == "tomorrow":
        return today + timedelta(days=1)
    day = some_day(form, "next_step_date")
    if day is None:
        raise NoDayForStep
    return day


def owner_of(form: Filled) -> UUID:
    """The owner chosen. Raises NobodyForStep when it is nobody."""
    try:
        return UUID(form.value("owner"))
    except ValueError:
        raise NobodyForStep from None


def filled_from(inquiry: Inquiry) -> dict[str, str]:
    """An inquiry's details as its form shows them."""
    typed = {name: str(getattr(inquiry, name)) for name in TEXTS}
    for name in DAYS:
        day: date | None = getattr(inquiry, name)
        typed[name] = as_typed(day) if day else ""
    return typed


def as_typed(day: date) -> str:
    """A day as people type it: 11/24/2026."""
    return f"{day.month}/{day.day}/{day.year}"
