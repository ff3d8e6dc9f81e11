"""Sealing a draft: a key that only its owner's browser can bring, and what it opens."""

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from handrail.core.check import Voice


class CannotOpen(ValueError):
    """What is stored was not sealed with this token."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A check under way: whom it is about and what was chosen.

    `shown` names the help that was shown already, `less` what someone would rather have. `slip` is
    an answer that could not be taken, to be shown once: question, what is wrong, what was chosen.
    """

    voice: Voice
    answers: dict[str, tuple[str, ...]]
    shown: tuple[str, ...] = ()
    less: str = ""
    slip: tuple[str, ...] = ()


def hash_of(token: str) -> str:
    """What the database knows of a token: enough to find the row, not to open it."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(draft: Draft, token: str) -> bytes:
    """Encrypt a draft with the key of its token."""
    content = {
        "voice": draft.voice.value,
        "answers": draft.answers,
        "shown": draft.shown,
        "less": draft.less,
        "slip": draft.slip,
    }
    text = json.dumps(content)
    # Padded to whole kilobytes: the length would tell how many questions were asked.
    padded = text + " " * (-len(text) % 1024)
    return _cipher(token).encrypt(padded.encode())


def unseal(sealed: bytes, token: str) -> Draft:
    """Decrypt a draft. Raises CannotOpen."""
    try:
        content = json.loads(_cipher(token).decrypt(sealed))
    except InvalidToken as wrong:
        raise CannotOpen("sealed with another token") from wrong
    answers = {slug: tuple(keys) for slug, keys in content["answers"].items()}
    return Draft(
        Voice(content["voice"]),
        answers,
        tuple(content["shown"]),
        content["less"],
        tuple(content.get("slip", ())),
    )


def _cipher(token: str) -> Fernet:
    # The token is 256 random bits, so one quick derivation is enough: there is nothing to guess.
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"handrail check draft")
    return Fernet(base64.urlsafe_b64encode(key.derive(token.encode())))
