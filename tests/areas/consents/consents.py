"""Made-up consents for tests. They run inside Alder Street."""

from datetime import date

from handrail.areas.consents import services
from handrail.core.consents import ConsentKind, Content, Named, Purpose, Recipient, RecipientKind
from tests.areas.clients.people import AT

NEXT_YEAR = date(2027, 11, 24)
DOCTOR = Recipient(RecipientKind.TREATING_PROVIDER, "Dr. Ana Reyes")
PLAN = Recipient(RecipientKind.PAYER, "Prairie Mutual")
CLASSES = (
    Named(RecipientKind.TREATING_PROVIDER),
    Named(RecipientKind.PAYER),
    Named(RecipientKind.OPERATIONS),
)


def signed_by(client, **more) -> services.Signature:
    """The client's own signature, here in the room."""
    return services.Signature(**{"name": client.full_name} | more)


def some_consent(by, client, **more):
    """A signed consent; for treatment, payment and operations unless said otherwise."""
    details = {
        "kind": ConsentKind.CARE,
        "recipients": CLASSES,
        "expires_date": NEXT_YEAR,
        "signature": signed_by(client),
        "at": AT,
    } | more
    return services.record_consent(client_id=client.pk, by=by, **details)


def family_consent(by, client, contact, **more):
    """A signed consent to tell a contact whether the client came."""
    named = (Named(RecipientKind.CONTACT, contact.name, str(contact.pk)),)
    details = {
        "kind": ConsentKind.FAMILY,
        "recipients": named,
        "contents": {Content.ATTENDANCE},
        "asked_alone": True,
    } | more
    return some_consent(by, client, **details)


def disclosing(by, client, **more):
    """The arguments for letting the doctor have the recommendation."""
    return {
        "client_id": client.pk,
        "recipient": DOCTOR,
        "purpose": Purpose.TREATMENT,
        "contents": {Content.RECOMMENDATION},
        "what": "Letter about the recommended level of care",
        "by": by,
        "at": AT,
    } | more
