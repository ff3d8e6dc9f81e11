"""Sealing a text under a token that is written down nowhere but in an address."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def hash_of(token: str) -> str:
    """What the database knows of a token: enough to find the row, not to open it."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(text: str, token: str) -> bytes:
    """Encrypt a text with the key of its token."""
    return _cipher(token).encrypt(text.encode())


def unseal(sealed: bytes, token: str) -> str | None:
    """The text; None when it was sealed with another token."""
    try:
        return _cipher(token).decrypt(sealed).decode()
    except InvalidToken:
        return None


def _cipher(token: str) -> Fernet:
    # The token is 256 random bits, so one quick derivation is enough: there is nothing to guess.
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"handrail plan handover")
    return Fernet(base64.urlsafe_b64encode(key.derive(token.encode())))
