"""Counseling notes: written, signed, added to, and let out under a consent of their own."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.errors import DayToCome
from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    said_day,
    some_lines,
)
from handrail.areas.consents.models import Disclosure
from handrail.areas.consents.services.disclosures import disclose
from handrail.areas.counseling.errors import NothingWritten
from handrail.areas.counseling.models import CounselingNote, CounselingSession
from handrail.areas.counseling.selectors import counseling_draft_of, counseling_note
from handrail.areas.organizations.signing import credentials_of, place_of
from handrail.core.access import Action, Actor
from handrail.core.consents import Content, Purpose, Recipient
from handrail.core.errors import NotAChoice, raise_any, too_long
from handrail.core.notes.signatures import signature_line
from handrail.foundation.audit import trail

LONGEST = 10_000


@transaction.atomic
def keep_counseling_draft(
    *, client_id: UUID, text: str, note_date: date, session: str, by: Actor, at: datetime
) -> CounselingNote | None:
    """Keep what is written, unsigned; without a word in it the draft is put away."""
    client = locked_client(client_id, by, Action.KEEP_COUNSELING_NOTE)
    draft = counseling_draft_of(client_id, by=by)
    words = some_lines(text)
    if words:
        return _written(client, draft, words, note_date, session, by, at)
    if draft:
        draft.delete()
    return None


@transaction.atomic
def sign_counseling_note(
    *, client_id: UUID, text: str, note_date: date, session: str, by: Actor, at: datetime
) -> CounselingNote:
    """Sign it: from then on it stays as it is."""
    client = locked_client(client_id, by, Action.KEEP_COUNSELING_NOTE)
    draft = counseling_draft_of(client_id, by=by)
    made = _written(client, draft, _said(text), note_date, session, by, at)
    made.signed_at, made.signed_name = at, _name(by, at)
    made.save(update_fields=["signed_at", "signed_name"])
    _record("counseling_note.sign", made, by)
    return made


@transaction.atomic
def add_to_counseling_note(*, note_id: UUID, text: str, by: Actor, at: datetime) -> CounselingNote:
    """Add to a signed note of one's own, signed at once.

    Errors: NothingWritten, TooLong; NotYourNote when somebody else wrote it.
    """
    note = counseling_note(note_id, by=by)
    made = CounselingNote.objects.create(
        organization_id=by.organization_id,
        client=note.client,
        author=note.author,
        adds_to=note,
        note_date=local_day(at, by),
        text=_said(text),
        written_at=at,
        signed_at=at,
        signed_name=_name(by, at),
    )
    _record("counseling_note.add", note, by)
    return made


def let_out_counseling_note(
    *, note_id: UUID, recipient: Recipient, purpose: Purpose, how: str, by: Actor, at: datetime
) -> Disclosure:
    """Let one note leave, as its own consent covers it, and account for it.

    Errors: Uncovered with the reasons; NotYourNote when somebody else wrote it.
    """
    note = counseling_note(note_id, by=by)
    return disclose(
        client_id=note.client_id,
        recipient=recipient,
        purpose=purpose,
        contents=[Content.COUNSELING_NOTES],
        what=f"Counseling note of {said_day(note.note_date)}",
        how=how,
        by=by,
        at=at,
    )


def _written(
    client: Client,
    draft: CounselingNote | None,
    text: str,
    note_date: date,
    session: str,
    by: Actor,
    at: datetime,
) -> CounselingNote:
    wrong = too_long({"text": text}, {"text": LONGEST})
    if note_date > local_day(at, by):
        wrong.append(DayToCome().at("note_date"))
    if session and session not in CounselingSession.values:
        wrong.append(NotAChoice().at("session"))
    raise_any(wrong)
    row = draft or CounselingNote(
        organization_id=by.organization_id, client=client, author=place_of(by)
    )
    row.text, row.note_date, row.session, row.written_at = text, note_date, session, at
    row.save()
    return row


def _said(text: str) -> str:
    words = some_lines(text)
    if not words:
        raise NothingWritten
    raise_any(too_long({"text": words}, {"text": LONGEST}))
    return words


def _name(by: Actor, at: datetime) -> str:
    place = place_of(by)
    return signature_line(place.user.name, credentials_of(place), on=local_day(at, by))


def _record(action: str, note: CounselingNote, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", note.client_id),
            trail.subject("counseling_note", note.pk),
        ],
    )
