"""From an inquiry to a chart: a new one, or one that is there already, chosen on purpose."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import locked_client
from handrail.areas.clients.services.people import record_client
from handrail.areas.inquiries import errors
from handrail.areas.inquiries.models import Inquiry, InquiryEvent
from handrail.areas.inquiries.possible_duplicates import clients_like
from handrail.areas.inquiries.services.rows import check_open, locked, subjects_of, write_event
from handrail.core.access import Action, Actor
from handrail.core.errors import raise_any
from handrail.foundation.audit import trail


@transaction.atomic
def open_chart(
    *,
    inquiry_id: UUID,
    client_id: UUID | None = None,
    nobody_alike: bool = False,
    by: Actor,
    at: datetime,
) -> Client:
    """Give the inquiry its chart: the client's who is known already, or a new one.

    A new one needs both names and the birth date. Where a client looks like the same person,
    somebody says first that it is none of them (`nobody_alike`); otherwise LooksLikeAClient.
    An inquiry that has its chart keeps it.
    """
    found = locked(inquiry_id, by)
    if found.client and client_id in (None, found.client_id):
        return found.client
    if found.client:
        raise errors.ChartOfAnother
    check_open(found)
    if client_id:
        return _attach(found, locked_client(client_id, by, Action.RECORD_CLIENT), by, at)
    _check_names(found)
    if not nobody_alike and clients_like(found):
        raise errors.LooksLikeAClient
    return _begin(found, by, at)


def _begin(inquiry: Inquiry, by: Actor, at: datetime) -> Client:
    if inquiry.birth_date is None:
        raise errors.NeededForAChart().at("birth_date")
    own = inquiry.caller_is == "self"
    made = record_client(
        given_name=inquiry.given_name,
        family_name=inquiry.family_name,
        called=inquiry.called,
        birth_date=inquiry.birth_date,
        phone=inquiry.phone or (inquiry.caller_phone if own else ""),
        email=inquiry.email or (inquiry.caller_email if own else ""),
        language=inquiry.language,
        by=by,
        at=at,
    )
    return _attach(inquiry, made, by, at, InquiryEvent.Kind.CHART_OPENED)


def _attach(
    inquiry: Inquiry,
    client: Client,
    by: Actor,
    at: datetime,
    kind: str = InquiryEvent.Kind.CHART_ATTACHED,
) -> Client:
    inquiry.client = client
    inquiry.save(update_fields=["client"])
    write_event(inquiry, kind, by=by, at=at)
    trail.record(by=by, action="inquiry.open_chart", subjects=subjects_of(inquiry))
    return client


def _check_names(inquiry: Inquiry) -> None:
    needed = ("birth_date", "given_name", "family_name")
    raise_any([errors.NeededForAChart().at(one) for one in needed if not getattr(inquiry, one)])
