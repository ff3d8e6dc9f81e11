"""Recording a client and changing their details."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from handrail.areas.clients import errors
from handrail.areas.clients.models import Client, NameWord
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.organizations.errors import NotAnEmail
from handrail.core.access import Action, Actor, check_access
from handrail.core.errors import raise_any, too_long
from handrail.core.name_search import name_words
from handrail.foundation.audit import trail

OLDEST = 120
"""Nobody is older than this many years: a birth date before that is a slip."""

LONGEST = {
    "given_name": 80,
    "family_name": 80,
    "called": 80,
    "pronouns": 40,
    "phone": 40,
    "email": 254,
    "language": 40,
}


def hold_new_charts(born: date, *, by: Actor) -> None:
    """Until this transaction ends nobody else here begins a chart for someone born on that day.

    Who looks then whether the person is on file already, looks at charts begun a moment ago too.
    """
    check_access(by, Action.RECORD_CLIENT)
    with connection.cursor() as cursor:
        words = f"new chart {by.organization_id} {born}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [words])


def chart_of_form(form: UUID, *, by: Actor) -> tuple[UUID, bool]:
    """The key of the chart that a form begins, and whether it did already: sent twice, it is one.

    Made from the organization too, so that no form can name a chart of another.
    """
    check_access(by, Action.RECORD_CLIENT)
    key = uuid5(by.organization_id, f"new chart {form}")
    return key, Client.objects.filter(organization_id=by.organization_id, pk=key).exists()


@transaction.atomic
def record_client(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    called: str = "",
    pronouns: str = "",
    phone: str = "",
    email: str = "",
    language: str = "",
    by: Actor,
    at: datetime,
    client_id: UUID | None = None,
) -> Client:
    """Begin a chart for a person. `client_id` is given only where it must come out the same."""
    check_access(by, Action.RECORD_CLIENT)
    details = _details(
        given_name=given_name,
        family_name=family_name,
        called=called,
        pronouns=pronouns,
        phone=phone,
        email=email,
        language=language,
    )
    _check(details, birth_date, local_day(at, by))
    made = Client(
        organization_id=by.organization_id,
        birth_date=birth_date,
        recorded_at=at,
        recorded_by=by.name,
        **details,
    )
    if client_id:
        made.pk = client_id
    made.save(force_insert=True)
    _write_words(made)
    trail.record(by=by, action=Action.RECORD_CLIENT, subjects=[trail.subject("client", made.pk)])
    return made


@transaction.atomic
def change_client(
    *,
    client_id: UUID,
    given_name: str,
    family_name: str,
    birth_date: date,
    called: str = "",
    pronouns: str = "",
    phone: str = "",
    email: str = "",
    language: str = "",
    by: Actor,
    at: datetime,
) -> Client:
    """Change a client's details. The trail says which of them changed, not from what to what."""
    found = locked_client(client_id, by, Action.RECORD_CLIENT)
    details = _details(
        given_name=given_name,
        family_name=family_name,
        called=called,
        pronouns=pronouns,
        phone=phone,
        email=email,
        language=language,
    )
    _check(details, birth_date, local_day(at, by))
    after: dict[str, object] = {**details, "birth_date": birth_date}
    changed = [field for field, value in after.items() if getattr(found, field) != value]
    if not changed:
        return found
    for field in changed:
        setattr(found, field, after[field])
    found.save(update_fields=changed)
    if {"given_name", "family_name", "called"} & set(changed):
        NameWord.objects.filter(organization_id=by.organization_id, client=found).delete()
        _write_words(found)
    trail.record(
        by=by,
        action="client.change",
        subjects=[trail.subject("client", found.pk)],
        detail={"changed": sorted(changed)},
    )
    return found


def _details(**typed: str) -> dict[str, str]:
    return {field: one_line(value) for field, value in typed.items()}


def _check(details: dict[str, str], birth_date: date, today: date) -> None:
    wrong = too_long(details, LONGEST)
    if not name_words([details["given_name"]]):
        wrong.append(errors.GivenNameMissing())
    if not name_words([details["family_name"]]):
        wrong.append(errors.FamilyNameMissing())
    if birth_date > today:
        wrong.append(errors.DayToCome().at("birth_date"))
    elif birth_date == today:
        wrong.append(errors.BornToday())
    elif today.year - birth_date.year > OLDEST:
        wrong.append(errors.BornTooLongAgo(OLDEST))
    if details["email"] and not _is_email(details["email"]):
        wrong.append(NotAnEmail())
    raise_any(wrong)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _write_words(client: Client) -> None:
    words = name_words([client.given_name, client.family_name, client.called])
    NameWord.objects.bulk_create(
        NameWord(organization_id=client.organization_id, client=client, word=word)
        for word in sorted(words)
    )
