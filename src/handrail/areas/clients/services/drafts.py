"""Texts that are being written into a chart: saved as typed, and none of them ever lost.

The services of each document call these with the fields that the document has.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.areas.clients import errors
from handrail.areas.clients.models import ChartDraft, Client
from handrail.areas.clients.services.entering import locked_client
from handrail.core import drafts
from handrail.core.access import Action, Actor
from handrail.core.drafts import Outcome, Unchanged, VersionNeverWas
from handrail.core.errors import raise_any, too_long
from handrail.core.text import as_typed
from handrail.foundation.audit import trail

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Document:
    """Which document is written, by whom it may be, and the fields that it has."""

    name: str
    action: Action
    fields: Collection[str]


def save(
    document: Document,
    *,
    client_id: UUID,
    field: str,
    text: str,
    base_version: int,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Keep what is written in one field. Text that meets someone else's is kept beside it."""
    client, row, text = _held(document, client_id, field, text, by, at)
    with _while_it_is_written(field):
        outcome = drafts.save(row.read(), base_version=base_version, text=text, by=by.name, at=at)
    if not isinstance(outcome, Unchanged):
        row.write(outcome.field)
        _record(document, client, by)
    return outcome


def settle(
    document: Document,
    *,
    client_id: UUID,
    field: str,
    text: str,
    base_version: int,
    seen: Collection[str],
    by: Actor,
    at: datetime,
) -> Outcome:
    """End a conflict with the chosen text, which replaces the other texts named by `seen`."""
    client, row, text = _held(document, client_id, field, text, by, at)
    with _while_it_is_written(field):
        outcome = drafts.settle(
            row.read(), base_version=base_version, text=text, seen=seen, by=by.name, at=at
        )
    row.write(outcome.field)
    _record(document, client, by)
    return outcome


def begin(
    document: Document, client: Client, texts: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Begin with these texts where nothing is being written yet."""
    if client.chart_drafts.filter(document=document.name).exists():
        return
    ChartDraft.objects.bulk_create(
        ChartDraft(
            organization_id=by.organization_id,
            client=client,
            document=document.name,
            field=field,
            text=text,
            saved_at=at,
            saved_by=by.name,
        )
        for field, text in texts.items()
        if text
    )


def unsettled(document: Document, client: Client) -> tuple[str, ...]:
    """Fields with two texts at once, which somebody has to settle before signing."""
    rows = client.chart_drafts.filter(document=document.name).exclude(other_texts=[])
    return tuple(rows.order_by("field").values_list("field", flat=True))


def put_away(document: Document, client: Client) -> None:
    """The document is signed and holds the texts, or nobody goes on with it."""
    client.chart_drafts.filter(document=document.name).delete()


def _held(
    document: Document, client_id: UUID, field: str, text: str, by: Actor, at: datetime
) -> tuple[Client, ChartDraft, str]:
    client = locked_client(client_id, by, document.action)
    if field not in document.fields:
        raise errors.PartUnknown().at(field)
    text = as_typed(text)
    raise_any(too_long({field: text}, {field: LONGEST}))
    found = client.chart_drafts.filter(document=document.name, field=field).first()
    row = found or ChartDraft(
        organization_id=by.organization_id,
        client=client,
        document=document.name,
        field=field,
        version=0,
        saved_at=at,
    )
    return client, row, text


@contextmanager
def _while_it_is_written(field: str) -> Iterator[None]:
    try:
        yield
    except VersionNeverWas:
        # The draft was signed or put away since the page was opened.
        raise errors.DraftGone().at(field) from None


def _record(document: Document, client: Client, by: Actor) -> None:
    """Once in five minutes for each chart: drafts are saved every few seconds."""
    trail.record_read(by=by, action=document.action, subjects=[trail.subject("client", client.pk)])
