"""Taking an inquiry, changing its details, and what somebody tells in confidence."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from handrail.areas.clients.services.entering import (
    local_day,
    one_line,
    some_lines,
)
from handrail.areas.inquiries import errors
from handrail.areas.inquiries.models import (
    CallerIs,
    Confided,
    Inquiry,
    InquiryEvent,
    InquiryTrace,
    KeptFrom,
    MessageSafe,
    Source,
)
from handrail.areas.inquiries.services.rows import (
    check_open,
    locked,
    owner_of_new,
    step_problems,
    subjects_of,
    write_event,
)
from handrail.core.access import Action, Actor, check_access
from handrail.core.duplicates import digits, mail, split_name
from handrail.core.errors import Invalid, NotAChoice, raise_any, too_long
from handrail.core.inquiries import Stage
from handrail.core.name_search import name_words
from handrail.data import care_catalogue
from handrail.foundation.audit import trail

LONGEST_ABOUT = 4_000
OLDEST = 120
CALL_BACK = "Call back"
"""The next step of an inquiry that nobody gave one, for the day it came."""

BEGINS = frozenset({Stage.NEW, Stage.REACHED, Stage.BOOKED})
"""Where an inquiry can stand when it is taken."""

LONGEST: Mapping[str, int] = {
    "about": LONGEST_ABOUT,
    "caller_name": 150,
    "caller_phone": 40,
    "caller_email": 254,
    "caller_relation": 60,
    "caller_organization": 150,
    "given_name": 80,
    "family_name": 80,
    "called": 80,
    "phone": 40,
    "email": 254,
    "language": 40,
    "zip_code": 10,
    "ask_for": 80,
    "mandated_by": 150,
}
_CHOSEN = ("caller_is", "source", "safe_to_leave_message", "wanted", "mandated_level")
_NAMES = ("given_name", "family_name", "called")


@transaction.atomic
def take_inquiry(
    *,
    caller_name: str,
    caller_phone: str = "",
    caller_email: str = "",
    caller_is: str = CallerIs.SELF,
    caller_relation: str = "",
    caller_organization: str = "",
    source: str = Source.PHONE,
    given_name: str = "",
    family_name: str = "",
    called: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    language: str = "",
    zip_code: str = "",
    safe_to_leave_message: str = "",
    ask_for: str = "",
    about: str = "",
    wanted: str = "",
    mandated_by: str = "",
    mandated_level: str = "",
    mandated_by_date: date | None = None,
    told_in_confidence: str = "",
    kept_from: str = KeptFrom.PERSON,
    stage: str = Stage.NEW,
    next_step: str = CALL_BACK,
    next_step_date: date | None = None,
    owner_id: UUID | None = None,
    by: Actor,
    at: datetime,
    inquiry_id: UUID | None = None,
) -> Inquiry:
    """Record that somebody asks for help. It has an owner and a next step from the first moment.

    A caller's name and a number or an e-mail address are enough. Without an owner it is whoever
    takes it, or someone at intake; without a day the next step is today's. Whoever asks for
    themself need not give the name twice. `inquiry_id` is given only where it must come out the
    same. Errors: by field.
    """
    check_access(by, Action.TAKE_INQUIRY)
    details = _details(
        caller_name=caller_name, caller_phone=caller_phone, caller_email=caller_email,
        caller_is=caller_is, caller_relation=caller_relation,
        caller_organization=caller_organization, source=source, given_name=given_name,
        family_name=family_name, called=called, phone=phone, email=email, language=language,
        zip_code=zip_code, safe_to_leave_message=safe_to_leave_message, ask_for=ask_for,
        about=about, wanted=wanted, mandated_by=mandated_by, mandated_level=mandated_level,
    )  # fmt: skip
    owner = owner_id or owner_of_new(by)
    day = next_step_date or local_day(at, by)
    wrong = _wrong(details, birth_date, mandated_by_date, by, at)
    wrong += step_problems(next_step, day, owner, by, at)
    wrong += _wrongly_confided(told_in_confidence, kept_from)
    if stage not in BEGINS:
        wrong.append(errors.BeginsElsewhere())
    raise_any(wrong)
    made = Inquiry(
        organization_id=by.organization_id,
        birth_date=birth_date,
        mandated_by_date=mandated_by_date,
        stage=Stage(stage),
        owner_id=cast(UUID, owner),  # nobody was refused above
        next_step=one_line(next_step),
        next_step_date=day,
        came_at=at,
        came_by=by.name,
        **details,
    )
    if inquiry_id:
        made.pk = inquiry_id
    made.save(force_insert=True)
    write_traces(made)
    write_event(made, InquiryEvent.Kind.TAKEN, by=by, at=at)
    if some_lines(told_in_confidence):
        _write_confided(made, told_in_confidence, made.caller_name, kept_from, by, at)
    trail.record(by=by, action=Action.TAKE_INQUIRY, subjects=subjects_of(made))
    return made


@transaction.atomic
def change_inquiry(
    *,
    inquiry_id: UUID,
    caller_name: str,
    caller_phone: str = "",
    caller_email: str = "",
    caller_is: str = CallerIs.SELF,
    caller_relation: str = "",
    caller_organization: str = "",
    source: str = Source.PHONE,
    given_name: str = "",
    family_name: str = "",
    called: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    language: str = "",
    zip_code: str = "",
    safe_to_leave_message: str = "",
    ask_for: str = "",
    about: str = "",
    wanted: str = "",
    mandated_by: str = "",
    mandated_level: str = "",
    mandated_by_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Inquiry:
    """Change what is known. The log says which details changed; nothing else about it does."""
    found = locked(inquiry_id, by)
    check_open(found)
    details = _details(
        caller_name=caller_name, caller_phone=caller_phone, caller_email=caller_email,
        caller_is=caller_is, caller_relation=caller_relation,
        caller_organization=caller_organization, source=source, given_name=given_name,
        family_name=family_name, called=called, phone=phone, email=email, language=language,
        zip_code=zip_code, safe_to_leave_message=safe_to_leave_message, ask_for=ask_for,
        about=about, wanted=wanted, mandated_by=mandated_by, mandated_level=mandated_level,
    )  # fmt: skip
    raise_any(_wrong(details, birth_date, mandated_by_date, by, at))
    after: dict[str, object] = {
        **details,
        "birth_date": birth_date,
        "mandated_by_date": mandated_by_date,
    }
    changed = [field for field, value in after.items() if getattr(found, field) != value]
    if not changed:
        return found
    for field in changed:
        setattr(found, field, after[field])
    found.save(update_fields=changed)
    InquiryTrace.objects.filter(organization_id=by.organization_id, inquiry=found).delete()
    write_traces(found)
    words = ", ".join(sorted(changed))
    write_event(found, InquiryEvent.Kind.CHANGED, by=by, at=at, words=words)
    trail.record(
        by=by,
        action="inquiry.change",
        subjects=subjects_of(found),
        detail={"changed": sorted(changed)},
    )
    return found


@transaction.atomic
def confide(
    *,
    inquiry_id: UUID,
    words: str,
    told_by: str,
    kept_from: str,
    by: Actor,
    at: datetime,
    confided_id: UUID | None = None,
) -> Confided:
    """Write down what somebody told in confidence, apart, with who must not see it.

    Nothing that a client or their family sees ever reads it, and it is not taken into the chart.
    `confided_id` is given only where it must come out the same.
    """
    found = locked(inquiry_id, by)
    wrong = _wrongly_confided(words, kept_from)
    if not some_lines(words):
        wrong.append(errors.NothingTold())
    if not one_line(told_by) or len(one_line(told_by)) > LONGEST["caller_name"]:
        wrong.append(errors.ToldByNobody())
    raise_any(wrong)
    made = _write_confided(found, words, one_line(told_by), kept_from, by, at, confided_id)
    trail.record(by=by, action="inquiry.confide", subjects=subjects_of(found))
    return made


def write_traces(inquiry: Inquiry) -> None:
    """Write by what the inquiry is found: names, numbers and addresses, the caller's included."""
    person = name_words(getattr(inquiry, field) for field in _NAMES)
    caller = name_words([inquiry.caller_name, inquiry.caller_organization]) - person
    kinds = InquiryTrace.Kind
    mine = {(kinds.NAME, one) for one in person}
    mine |= {(kinds.PHONE, digits(inquiry.phone)), (kinds.MAIL, mail(inquiry.email))}
    theirs = {(kinds.NAME, one) for one in caller}
    theirs |= {
        (kinds.PHONE, digits(inquiry.caller_phone)),
        (kinds.MAIL, mail(inquiry.caller_email)),
    }
    rows = [(*one, True) for one in sorted(mine)] + [(*one, False) for one in sorted(theirs - mine)]
    InquiryTrace.objects.bulk_create(
        InquiryTrace(
            organization_id=inquiry.organization_id,
            inquiry=inquiry,
            kind=kind,
            value=value,
            of_person=of_person,
        )
        for kind, value, of_person in rows
        if value
    )


def _details(**typed: str) -> dict[str, str]:
    clean = {
        field: value if field in _CHOSEN else one_line(value)
        for field, value in typed.items()
        if field != "about"
    }
    clean["about"] = some_lines(typed["about"])
    unnamed = not any(clean[field] for field in _NAMES)
    if clean["caller_is"] == CallerIs.SELF and unnamed:
        clean["given_name"], clean["family_name"] = split_name(clean["caller_name"])
    return clean


def _wrong(
    details: Mapping[str, str],
    birth_date: date | None,
    mandated_by_date: date | None,
    by: Actor,
    at: datetime,
) -> list[Invalid]:
    wrong = too_long({field: details[field] for field in LONGEST}, LONGEST)
    if not details["caller_name"]:
        wrong.append(errors.CallerUnnamed())
    if not details["caller_phone"] and not details["caller_email"]:
        wrong.append(errors.NoWayToCallBack())
    for field in ("caller_email", "email"):
        if details[field] and not _is_email(details[field]):
            wrong.append(errors.NotAnEmail().at(field))
    wrong += _wrongly_chosen(details)
    wrong += _wrongly_born(birth_date, local_day(at, by))
    if not details["mandated_by"] and (details["mandated_level"] or mandated_by_date):
        wrong.append(errors.MandateByNobody())
    return wrong


def _wrongly_chosen(details: Mapping[str, str]) -> list[Invalid]:
    levels = {"", *care_catalogue().levels, *care_catalogue().acute_places}
    allowed: Mapping[str, Collection[str]] = {
        "caller_is": CallerIs.values,
        "source": Source.values,
        "safe_to_leave_message": MessageSafe.values,
        "wanted": levels,
        "mandated_level": levels,
    }
    return [
        NotAChoice().at(field) for field, values in allowed.items() if details[field] not in values
    ]


def _wrongly_born(birth_date: date | None, today: date) -> list[Invalid]:
    if birth_date is None:
        return []
    if birth_date >= today:
        return [errors.BornLater()]
    return [errors.BornTooLongAgo(OLDEST)] if today.year - birth_date.year > OLDEST else []


def _wrongly_confided(words: str, kept_from: str) -> list[Invalid]:
    wrong = too_long({"words": some_lines(words)}, {"words": LONGEST_ABOUT})
    if kept_from not in KeptFrom.values:
        wrong.append(NotAChoice().at("kept_from"))
    return wrong


def _write_confided(
    inquiry: Inquiry,
    words: str,
    told_by: str,
    kept_from: str,
    by: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Confided:
    made = Confided.objects.create(
        id=key or uuid4(),
        organization_id=by.organization_id,
        inquiry=inquiry,
        words=some_lines(words),
        told_by=told_by,
        kept_from=kept_from,
        recorded_at=at,
        recorded_by=by.name,
    )
    write_event(inquiry, InquiryEvent.Kind.CONFIDED, by=by, at=at)
    return made


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
