"""What is being written into a chart and not signed yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from handrail.areas.clients.models import ChartDraft
from handrail.core.access import Action, Actor, check_access


@dataclass(frozen=True, slots=True)
class OtherText:
    """What somebody else wrote at the same time; `key` names it in a form."""

    key: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a draft, with its version and what waits beside it."""

    text: str
    version: int
    by: str
    at: datetime
    others: tuple[OtherText, ...]


def text_key(text: str) -> str:
    """How a text that waits to be settled is named in a form."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def drafts_of(client_id: UUID, document: str, *, by: Actor) -> Mapping[str, Text]:
    """The texts of a document that is being written, by field; none when nobody began."""
    check_access(by, Action.READ_CHART)
    rows = ChartDraft.objects.filter(
        organization_id=by.organization_id, client=client_id, document=document
    )
    return {one.field: _text(one) for one in rows.order_by("field")}


def _text(row: ChartDraft) -> Text:
    others = tuple(
        OtherText(text_key(one["text"]), one["text"], one["by"], datetime.fromisoformat(one["at"]))
        for one in row.other_texts
    )
    return Text(row.text, row.version, row.saved_by, row.saved_at, others)
