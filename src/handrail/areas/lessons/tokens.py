"""A signed, opaque name for a subscription: what stands in the address to confirm or stop it."""

from uuid import UUID

from django.core import signing

_SIGNER = signing.Signer(salt="handrail.lessons", sep=".")


class NoSuchToken(ValueError):
    """The address was cut short, changed or made up."""


def subscription_token(subscription_id: UUID) -> str:
    """The subscription as it stands in an address."""
    return _SIGNER.sign(signing.b64_encode(subscription_id.bytes).decode())


def read_subscription_token(token: str) -> UUID:
    """Which subscription an address means. Raises NoSuchToken."""
    try:
        return UUID(bytes=signing.b64_decode(_SIGNER.unsign(token).encode()))
    except (signing.BadSignature, ValueError) as wrong:
        raise NoSuchToken from wrong
