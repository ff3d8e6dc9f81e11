"""Notes that wait: those of a session to sign, and those of colleagues to co-sign."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Note, NoteState
from handrail.areas.schedule.leads import SEES_EVERY_GROUP
from handrail.areas.schedule.models import Session, SessionFacilitator
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import Action
from handrail.core.course.session_states import State
from handrail.data import note_rules


class NotesToSign(Kind):
    """The notes of a session, for whoever led it; overdue, for those who watch over all groups."""

    code = "notes"
    words = "Sign the notes of a session"
    permissions = (Action.SIGN_NOTE,)
    watchers = SEES_EVERY_GROUP
    about_nobody = True
    follows = {  # noqa: RUF012
        Session: lambda rows: {one.pk for one in rows if one.state != State.PLANNED.value},
        Note: lambda rows: {one.session_id for one in rows if one.session_id},
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Sessions whose attendance is closed and of which a note is missing."""
        rows = Session.objects.filter(
            organization_id=at.organization_id, state=State.TO_BE_SIGNED.value
        )
        if scopes is not None:
            rows = rows.filter(pk__in=scopes)
        valid = Note.objects.filter(session=OuterRef("session"), client=OuterRef("client")).exclude(
            state=NoteState.VOIDED
        )
        keys = [one.pk for one in rows]
        counted = (
            Attendance.objects.filter(session__in=keys)
            .annotate(signed=Exists(valid))
            .order_by()
            .values_list("session_id")
            .annotate(of=Count("pk"), done=Count("pk", Q(signed=True)))
        )
        people = {session: (of, signed) for session, of, signed in counted}
        leaders: dict[UUID, list[UUID]] = {}
        led = SessionFacilitator.objects.filter(session__in=keys)
        for session, user in led.values_list("session_id", "membership__user_id"):
            leaders.setdefault(session, []).append(user)
        return [
            _to_sign(one, people.get(one.pk, (0, 0)), leaders.get(one.pk, ()))
            for one in rows.select_related("track")
        ]


def _to_sign(row: Session, people: tuple[int, int], leaders: Iterable[UUID]) -> Item:
    due = row.ends_at + note_rules().sign_within
    return Item(
        key=str(row.pk),
        scope=row.pk,
        audience=tuple(leaders),
        due_at=due,
        visible_from=row.closed_at or row.ends_at,
        escalates_at=due,
        facts={
            "track": row.track.name,
            "day": row.local_date,
            "people": people[0],
            "signed": people[1],
        },
    )


class NoteCoSignature(Kind):
    """A note by someone whose notes are co-signed, for those who co-sign."""

    code = "note_co_sign"
    words = "Co-sign a note"
    permissions = (Action.CO_SIGN_NOTE, Action.READ_CHART)
    pool = True
    follows = {Note: itself}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Those of one colleague are worked through together."""
        rows = Note.objects.filter(
            organization_id=at.organization_id, needs_co_signature=True, state=NoteState.SIGNED
        )
        if scopes is not None:
            rows = rows.filter(pk__in=scopes)
        within = note_rules().co_sign_within
        return [
            Item(
                key=str(one.pk),
                scope=one.pk,
                client_id=one.client_id,
                not_for=one.signed_by.user_id,
                due_at=one.signed_at + within,
                visible_from=one.signed_at,
                group=str(one.signed_by_id),
                facts={"by": one.signed_by.user.name, "day": one.local_date},
            )
            for one in rows.defer("content").select_related("signed_by__user")
        ]


KINDS = (NotesToSign(), NoteCoSignature())
