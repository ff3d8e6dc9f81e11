"""Keeps what the chart says a contact may know in step with what the client signed."""

from datetime import date
from uuid import UUID

from handrail.areas.clients.models import Contact, MayKnow
from handrail.areas.consents.models import Consent
from handrail.areas.consents.selectors.consents import as_rules, with_recipients
from handrail.core.access import Actor
from handrail.core.consents import Content, standing

_IN_SHORT = {
    Content.IN_CARE: MayKnow.IN_CARE,
    Content.ATTENDANCE: MayKnow.ATTENDANCE,
    Content.PROGRESS: MayKnow.PROGRESS,
}


def tell_contacts(client_id: UUID, by: Actor, on: date) -> None:
    """After a family consent was signed or ended: each contact it names may know what is covered.

    A contact whom no family consent ever named keeps what the client said of them. "Only in an
    emergency" stays where nothing is covered: it was said apart from any consent.
    """
    signed = Consent.objects.filter(
        organization_id=by.organization_id,
        client=client_id,
        kind="family",
        signed_at__isnull=False,
    )
    covered: dict[UUID, set[Content]] = {}
    for row in with_recipients(signed):
        holds = standing(as_rules(row), on).holds
        for one in row.recipients.all():
            if one.contact_id:
                covered.setdefault(one.contact_id, set()).update(
                    Content(each) for each in row.contents if holds
                )
    for contact in Contact.objects.select_for_update().filter(pk__in=covered).order_by("pk"):
        _tell(contact, covered[contact.pk])


def _tell(contact: Contact, contents: set[Content]) -> None:
    told = [short for content, short in _IN_SHORT.items() if content in contents]
    if not told and MayKnow.EMERGENCY in contact.may_know:
        told = [MayKnow.EMERGENCY]
    called = contact.call_if_missed and bool({MayKnow.ATTENDANCE, MayKnow.EMERGENCY} & set(told))
    if list(contact.may_know) != told or contact.call_if_missed != called:
        contact.may_know, contact.call_if_missed = told, called
        contact.save(update_fields=["may_know", "call_if_missed"])
