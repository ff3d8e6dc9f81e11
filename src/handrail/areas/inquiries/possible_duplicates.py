"""Clients and inquiries that may be about the same person as an inquiry.

First the few that could be are looked up by plain comparisons, which row-level security lets use
an index; then `core.same_person` says of each why it looks so. Whoever calls has checked access.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower, Right

from handrail.areas.clients.models import Client, Episode, NameWord
from handrail.areas.inquiries.models import Inquiry, InquiryTrace
from handrail.core.duplicates import (
    DIGITS_COMPARED,
    Alike,
    Known,
    digits,
    looks_alike,
    mail,
    words_of_names,
)

LOOKED_AT = 200
"""At most so many rows of each kind are compared."""


@dataclass(frozen=True, slots=True)
class LikeClient:
    """A client who may be the person an inquiry is about, and why."""

    client: Client
    alike: Alike

    @property
    def last_episode(self) -> Episode | None:
        """The episode of care that is open, or the one that ended last."""
        episodes = list(self.client.episodes.all())
        return max(episodes, key=lambda one: (not one.closed_date, one.opened_date), default=None)


@dataclass(frozen=True, slots=True)
class LikeInquiry:
    """An inquiry that may be about the same person, and why."""

    inquiry: Inquiry
    alike: Alike


def clients_like(inquiry: Inquiry) -> tuple[LikeClient, ...]:
    """Clients who look like the person the inquiry is about, the most alike first.

    Those whose episodes have all closed are looked at too. The client it has already is left out.
    """
    me = known_of(inquiry)
    keys = [one for one in _could_be_clients(inquiry, me) if one != inquiry.client_id]
    rows = Client.objects.filter(organization_id=inquiry.organization_id, pk__in=keys)
    found = [
        (one, looks_alike(me, _known_client(one))) for one in rows.prefetch_related("episodes")
    ]
    alike = [LikeClient(one, why) for one, why in found if why]
    return tuple(sorted(alike, key=lambda one: (one.alike.rank, str(one.client.pk))))


def inquiries_like(inquiry: Inquiry) -> tuple[LikeInquiry, ...]:
    """Inquiries that look as if they were about the same person, the most alike first.

    Ended ones too, but none that was merged away.
    """
    me = known_of(inquiry)
    rows = (
        Inquiry.objects.filter(
            organization_id=inquiry.organization_id,
            merged_into__isnull=True,
            pk__in=_could_be_inquiries(inquiry, me),
        )
        .exclude(pk=inquiry.pk)
        .select_related("owner__user")
    )
    found = ((one, looks_alike(me, known_of(one))) for one in rows)
    alike = [LikeInquiry(one, why) for one, why in found if why]
    return tuple(sorted(alike, key=lambda one: (one.alike.rank, str(one.inquiry.pk))))


def known_of(inquiry: Inquiry) -> Known:
    """What an inquiry knows of the person; a caller's number and address count as theirs."""
    return Known(
        given=inquiry.given_name,
        family=inquiry.family_name,
        called=inquiry.called,
        birth_date=inquiry.birth_date,
        phones=frozenset({inquiry.phone, inquiry.caller_phone}),
        mails=frozenset({inquiry.email, inquiry.caller_email}),
    )


def _known_client(client: Client) -> Known:
    return Known(
        given=client.given_name,
        family=client.family_name,
        called=client.called,
        birth_date=client.birth_date,
        phones=frozenset({client.phone}),
        mails=frozenset({client.email}),
    )


def _could_be_clients(inquiry: Inquiry, me: Known) -> set[UUID]:
    clients = Client.objects.filter(organization_id=inquiry.organization_id)
    found = set(_first(_with_names(inquiry, me)))
    if me.birth_date:
        found |= set(_first(clients.filter(birth_date=me.birth_date).values_list("pk", flat=True)))
    reached_by = _reached_by(me)
    if reached_by:
        by_number = clients.annotate(digits=_digits_of("phone"), mail=Lower("email"))
        found |= set(_first(by_number.filter(reached_by).values_list("pk", flat=True)))
    return found


def _with_names(inquiry: Inquiry, me: Known) -> QuerySet[NameWord, UUID]:
    """Keys of clients who have both a first and a family name of these; of none without both."""
    words = NameWord.objects.filter(organization_id=inquiry.organization_id)
    first = words_of_names(me.given, me.called)
    family = words_of_names(me.family)
    mine = words.filter(word__in=sorted(first)).order_by().values_list("client_id", flat=True)
    theirs = words.filter(word__in=sorted(family)).order_by().values_list("client_id", flat=True)
    return mine.filter(client_id__in=theirs).distinct()


def _reached_by(me: Known) -> Q | None:
    numbers = sorted({digits(one) for one in me.phones} - {""})
    addresses = sorted({mail(one) for one in me.mails} - {""})
    wanted = None
    if numbers:
        wanted = Q(digits__in=numbers)
    if addresses:
        by_mail = Q(mail__in=addresses)
        wanted = wanted | by_mail if wanted else by_mail
    return wanted


def _digits_of(field: str) -> Right:
    only = Func(F(field), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace")
    return Right(only, DIGITS_COMPARED)


def _could_be_inquiries(inquiry: Inquiry, me: Known) -> set[UUID]:
    traces = InquiryTrace.objects.filter(organization_id=inquiry.organization_id)
    kinds = InquiryTrace.Kind
    words = sorted(words_of_names(me.given, me.family, me.called))
    numbers = sorted({digits(one) for one in me.phones} - {""})
    addresses = sorted({mail(one) for one in me.mails} - {""})
    found: set[UUID] = set()
    for wanted in (
        Q(kind=kinds.NAME, value__in=words, of_person=True),
        Q(kind=kinds.PHONE, value__in=numbers),
        Q(kind=kinds.MAIL, value__in=addresses),
    ):
        found |= set(_first(traces.filter(wanted).values_list("inquiry_id", flat=True)))
    if me.birth_date:
        born = Inquiry.objects.filter(
            organization_id=inquiry.organization_id, birth_date=me.birth_date
        )
        found |= set(_first(born.values_list("pk", flat=True)))
    return found


def _first(keys: "QuerySet[Any, UUID]") -> list[UUID]:
    return list(keys[:LOOKED_AT])
