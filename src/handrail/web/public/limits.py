"""How often one address may send a form: counted in the database's cache, for all processes."""

import hashlib

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count one more from where the request comes, and say whether it is still few enough.

    The address itself is not kept: only a keyed hash of it, until the time is over.
    """
    address = get_adapter(request).get_client_ip(request)
    words = f"{settings.SECRET_KEY}{what}{address}".encode()
    key = f"often:{what}:{hashlib.sha256(words).hexdigest()[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # its time was over between the two
        return True
