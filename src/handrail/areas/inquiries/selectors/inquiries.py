"""Reading inquiries: the pipeline, one with its log, who looks alike, and finding one by name.

Each function checks access first and costs a fixed number of queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from handrail.areas.inquiries.models import Confided, Inquiry, InquiryEvent, InquiryTrace
from handrail.areas.inquiries.possible_duplicates import (
    LikeClient,
    LikeInquiry,
    clients_like,
    inquiries_like,
)
from handrail.areas.inquiries.services.rows import colleagues
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.inquiries import ENDED, Stage
from handrail.core.name_search import end_of_range, read_typed

ENDED_SHOWN = 20
"""So many of the inquiries that ended last are shown."""

OPEN_SHOWN = 500
"""More open inquiries than this no one can look through; those due first are shown."""


@dataclass(frozen=True, slots=True)
class InLine:
    """An open or ended inquiry as the pipeline shows it.

    `tried` counts the attempts, `touched_at` is when anything last happened.
    """

    inquiry: Inquiry
    stage: Stage
    owner: str
    mine: bool
    tried: int
    touched_at: datetime

    def overdue(self, today: date) -> int:
        """By how many days the next step is overdue; 0 when it is not."""
        day = self.inquiry.next_step_date
        return max((today - day).days, 0) if day and self.inquiry.is_open else 0


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Every open inquiry, the longest overdue first, and those that ended last.

    `more`: there are more open ones than are shown.
    """

    open: tuple[InLine, ...]
    ended: tuple[InLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Who may be the same person: clients first, since a chart is never made twice."""

    clients: tuple[LikeClient, ...]
    inquiries: tuple[LikeInquiry, ...]

    def __bool__(self) -> bool:
        return bool(self.clients or self.inquiries)


def pipeline(*, by: Actor, mine_only: bool = False) -> Pipeline:
    """What a coordinator scans: by the day of the next step, then who has waited longest."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = _inquiries(by)
    if mine_only:
        rows = rows.filter(owner__user_id=by.id)
    open_rows = rows.filter(closed_at__isnull=True).order_by("next_step_date", "came_at", "id")
    ended = rows.filter(closed_at__isnull=False, merged_into__isnull=True)
    found = list(open_rows[: OPEN_SHOWN + 1])
    return Pipeline(
        open=tuple(_in_line(one, by) for one in found[:OPEN_SHOWN]),
        ended=tuple(_in_line(one, by) for one in ended.order_by("-closed_at", "id")[:ENDED_SHOWN]),
        more=len(found) > OPEN_SHOWN,
    )


def inquiry(inquiry_id: UUID, *, by: Actor) -> Inquiry:
    """One inquiry, with its owner, its chart and where it was merged into. Raises NotHere."""
    check_access(by, Action.SEE_INQUIRIES)
    found = (
        Inquiry.objects.filter(organization_id=by.organization_id, pk=inquiry_id)
        .select_related("owner__user", "client", "merged_into")
        .first()
    )
    if found is None:
        raise NotHere
    return found


def log_of(inquiry_ids: Iterable[UUID], *, by: Actor) -> tuple[InquiryEvent, ...]:
    """Everything that happened with these inquiries, newest first."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = InquiryEvent.objects.filter(
        organization_id=by.organization_id, inquiry__in=list(inquiry_ids)
    )
    return tuple(rows.select_related("other_inquiry", "inquiry").order_by("-happened_at", "-id"))


def confided_about(inquiry_ids: Iterable[UUID], *, by: Actor) -> tuple[Confided, ...]:
    """What was told in confidence, newest first. For staff only: no client or family page asks."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = Confided.objects.filter(
        organization_id=by.organization_id, inquiry__in=list(inquiry_ids)
    )
    return tuple(rows.order_by("-recorded_at", "id"))


def merged_into(inquiry_id: UUID, *, by: Actor) -> tuple[Inquiry, ...]:
    """Inquiries that were merged into this one, the first that came first."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = Inquiry.objects.filter(organization_id=by.organization_id, merged_into=inquiry_id)
    return tuple(rows.order_by("came_at", "id"))


def possible_duplicates(inquiry_id: UUID, *, by: Actor) -> Duplicates:
    """Clients, those no longer in care too, and inquiries that may be about the same person."""
    check_access(by, Action.FIND_CLIENTS)
    found = inquiry(inquiry_id, by=by)
    return Duplicates(clients_like(found), inquiries_like(found))


def find_inquiries(words: str, *, by: Actor, limit: int = 20) -> tuple[InLine, ...]:
    """Inquiries of whose names, the caller's included, every typed word is a beginning.

    Open ones first, then those that came last. A birth date narrows, as with clients.
    """
    check_access(by, Action.SEE_INQUIRIES)
    typed = read_typed(words)
    if not typed.words and not typed.birth_date:
        return ()
    rows = _inquiries(by)
    if typed.birth_date:
        rows = rows.filter(birth_date=typed.birth_date)
    for word in typed.words:
        rows = rows.filter(pk__in=_with_word(word, by))
    found = rows.order_by("closed_at", "-came_at", "id")[: limit * 2]
    ordered = sorted(found, key=lambda one: (not one.is_open, -one.came_at.timestamp()))
    return tuple(_in_line(one, by) for one in ordered[:limit])


def inquiries_of_client(client_id: UUID, *, by: Actor) -> tuple[Inquiry, ...]:
    """The inquiries a client came by, newest first."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = Inquiry.objects.filter(organization_id=by.organization_id, client=client_id)
    return tuple(rows.order_by("-came_at", "id"))


def inquiry_owners(*, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Memberships and names of those who can own an inquiry."""
    check_access(by, Action.SEE_INQUIRIES)
    return tuple((one.pk, one.user.name) for one in colleagues(by))


def my_place(*, by: Actor) -> UUID | None:
    """The reader's own membership, when they can own an inquiry."""
    check_access(by, Action.SEE_INQUIRIES)
    return next((one.pk for one in colleagues(by) if str(one.user_id) == by.id), None)


def _inquiries(by: Actor) -> QuerySet[Inquiry]:
    events = InquiryEvent.objects.filter(inquiry=OuterRef("pk")).order_by("-happened_at")
    return (
        Inquiry.objects.filter(organization_id=by.organization_id)
        .select_related("owner__user", "client")
        .annotate(
            tried=Count("events", filter=Q(events__kind=InquiryEvent.Kind.ATTEMPT)),
            touched_at=Subquery(events.values("happened_at")[:1]),
        )
    )


def _in_line(row: Inquiry, by: Actor) -> InLine:
    return InLine(
        inquiry=row,
        stage=Stage(row.stage),
        owner=row.owner.user.name,
        mine=str(row.owner.user_id) == by.id,
        tried=getattr(row, "tried", 0),
        touched_at=getattr(row, "touched_at", None) or row.came_at,
    )


def _with_word(prefix: str, by: Actor) -> QuerySet[InquiryTrace, UUID]:
    """A range and no LIKE: row-level security lets only plain comparisons use the index."""
    end = end_of_range(prefix)
    within = Q(value__gte=prefix) & (Q(value__lt=end) if end else Q())
    return InquiryTrace.objects.filter(
        within, organization_id=by.organization_id, kind=InquiryTrace.Kind.NAME
    ).values_list("inquiry_id", flat=True)


OPEN_STAGES = tuple(one for one in Stage if one not in ENDED)
"""The stages of the pipeline, in order."""
