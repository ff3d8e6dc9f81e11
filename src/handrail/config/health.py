"""Says whether this server can do its work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """For the machines that watch over the site: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return _plain("The database does not answer. Pages that need it will fail.", status=503)
    return _plain("ok", status=200)


def _plain(text: str, *, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text + "\n", status=status, content_type="text/plain", headers=headers)
