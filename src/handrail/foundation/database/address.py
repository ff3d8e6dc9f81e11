"""Reads the address of a database."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadAddress(ValueError):
    """The address is not one of a PostgreSQL database."""


def django_database(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=…` into Django's settings.

    A unix socket is given as `?host=/folder`. Other options (sslmode, …) go to libpq as they are.
    Raises `BadAddress` when the text is not such an address; its message never repeats the
    address, since that may hold a password.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise BadAddress("A database address looks like postgresql://user:password@host:5432/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    socket_folder = options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket_folder or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "OPTIONS": options,
    }
