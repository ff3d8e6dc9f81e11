"""The page for what broke: it says so when the reason is a full disk."""

import sys

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.foundation.disk import is_full, says_full
from handrail.web.public import views


def server_error(request: HttpRequest) -> HttpResponse:
    """Say what happened, what was kept, and what to do now.

    Django calls this while it handles the error, so the error is still at hand. A database that
    lost its connection may not have had the room to say why; then the disk itself is asked.
    """
    error = sys.exc_info()[1]
    lost = isinstance(error, DatabaseError) and is_full(settings.DATA)
    if not lost and not says_full(error):
        return views.server_error(request)
    answer = render(request, "disk_full.html", status=503)
    answer.headers["Retry-After"] = "60"
    answer.headers["Cache-Control"] = "no-store"
    return answer
