"""Sealing a draft: a key that only its owner's browser can bring, and what it opens."""

import base64
import hashlib
import json
import secrets
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


# ---- a code that someone reads out ---------------------------------------------------------------

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: nothing that sounds or looks like something else on the phone."""

CODE_LENGTH = 9


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What is derived from a code: the hash that finds its row, and the key that opens it."""

    found_by: str
    opens: str


def new_code() -> str:
    """A code to read out, in three groups: "K7P-4MX-2QR"; about 45 random bits."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(drawn[at : at + 3] for at in range(0, CODE_LENGTH, 3))


def read_code(typed: str) -> str:
    """A code as it was made, however it was typed; empty when it cannot be one."""
    plain = "".join(sign for sign in typed.upper() if sign in LETTERS)
    if len(plain) != CODE_LENGTH:
        return ""
    return "-".join(plain[at : at + 3] for at in range(0, CODE_LENGTH, 3))


def keys_of(code: str, secret: str) -> CodeKeys:
    """Derive both from a code and the installation's secret.

    A code is short, so the derivation is slow on purpose and needs what no copy of the database
    holds: whoever has only the rows can try nothing.
    """
    # Scrypt with 16 MB: about a twentieth of a second.
    drawn = hashlib.scrypt(
        code.encode(), salt=hashlib.sha256(secret.encode()).digest(), n=2**14, r=8, p=1, dklen=64
    )
    return CodeKeys(drawn[:32].hex(), drawn[32:].hex())
