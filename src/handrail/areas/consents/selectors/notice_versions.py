"""The versions of the notice, how often each was given, and which one each person in care has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from handrail.areas.clients.models import Client
from handrail.areas.consents.models import NoticeGiven, NoticeText
from handrail.core.access import Action, Actor, check_access


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """One version: its text, and how many were given it, with their name or without."""

    notice_id: UUID
    version: str
    text: str
    made_at: datetime
    made_by: str
    acknowledged: int
    unsigned: int


@dataclass(frozen=True, slots=True)
class HasNotice:
    """Someone in care and the version they were given last; `version` is empty for none."""

    client_id: UUID
    name: str
    version: str
    given_at: datetime | None
    not_signed_why: str


def notice_versions(*, by: Actor) -> tuple[NoticeVersion, ...]:
    """Every version that was kept, the newest first. Two queries."""
    check_access(by, Action.SEE_SETTINGS)
    mine = {"organization_id": by.organization_id}
    given = {
        key: (acknowledged, unsigned)
        for key, acknowledged, unsigned in NoticeGiven.objects.filter(**mine)
        .values("notice_id")
        .annotate(with_name=Count("pk", ~Q(signed_name="")), without=Count("pk", Q(signed_name="")))
        .values_list("notice_id", "with_name", "without")
    }
    rows = NoticeText.objects.filter(**mine).order_by("-made_at", "-id")
    return tuple(
        NoticeVersion(
            one.pk, one.version, one.text, one.made_at, one.made_by, *given.get(one.pk, (0, 0))
        )
        for one in rows
    )


def who_has_which(*, by: Actor) -> tuple[HasNotice, ...]:
    """Everyone in care with the version they were given last, by name. Two queries."""
    check_access(by, Action.READ_CHART)
    mine = {"organization_id": by.organization_id}
    in_care = Client.objects.filter(
        episodes__isnull=False, episodes__closed_date__isnull=True, **mine
    )
    last: dict[UUID, NoticeGiven] = {}
    rows = NoticeGiven.objects.filter(client__in=in_care, **mine).select_related("notice")
    for row in rows.order_by("given_at", "id"):
        last[row.client_id] = row
    return tuple(
        _has(one, last.get(one.pk))
        for one in in_care.distinct().order_by("family_name", "given_name", "id")
    )


def _has(client: Client, given: NoticeGiven | None) -> HasNotice:
    if given is None:
        return HasNotice(client.pk, client.name, "", None, "")
    return HasNotice(
        client.pk, client.name, given.notice.version, given.given_at, given.not_signed_why
    )
