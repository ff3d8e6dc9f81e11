"""Signed, opaque names for an open time and for a booking: what stands in a public address.

A token names no person and no organization to whoever reads it; it cannot be made up or changed.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

_SLOT, _BOOKING = "handrail.slot", "handrail.booking"


class NoSuchToken(ValueError):
    """The address was cut short, changed or made up."""


@dataclass(frozen=True, slots=True)
class SlotName:
    """An open time: whose it is, which one, and the published program it was found under."""

    organization_id: UUID
    slot_id: UUID
    published_id: UUID


@dataclass(frozen=True, slots=True)
class BookingName:
    """A booking and whose it is."""

    organization_id: UUID
    booking_id: UUID


def slot_token(name: SlotName) -> str:
    """The open time as it stands in an address."""
    return _sign(_SLOT, name.organization_id, name.slot_id, name.published_id)


def read_slot_token(token: str) -> SlotName:
    """Which open time an address means. Raises NoSuchToken."""
    return SlotName(*_read(_SLOT, token, 3))


def booking_token(name: BookingName) -> str:
    """The booking as it stands in the address to move or cancel it by."""
    return _sign(_BOOKING, name.organization_id, name.booking_id)


def read_booking_token(token: str) -> BookingName:
    """Which booking an address means. Raises NoSuchToken."""
    return BookingName(*_read(_BOOKING, token, 2))


def _sign(salt: str, *keys: UUID) -> str:
    packed = signing.b64_encode(b"".join(one.bytes for one in keys)).decode()
    return signing.Signer(salt=salt, sep=".").sign(packed)


def _read(salt: str, token: str, count: int) -> list[UUID]:
    try:
        packed = signing.b64_decode(signing.Signer(salt=salt, sep=".").unsign(token).encode())
    except (signing.BadSignature, ValueError) as wrong:
        raise NoSuchToken from wrong
    return [UUID(bytes=packed[16 * one : 16 * one + 16]) for one in range(count)]
