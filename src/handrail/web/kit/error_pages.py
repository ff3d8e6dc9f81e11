"""Pages that say no: what was refused and why, or that there is nothing here."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message and the way on."""

    frame: Frame
    words: str


def refused(request: StaffRequest, reason: str) -> HttpResponse:
    """403: the person's roles do not include it, or this is not the moment for it."""
    page = MessagePage(frame(request, "That was not done"), reason)
    return render(request, "staff/message.jinja", {"page": page}, status=403)


def not_that_way(request: StaffRequest) -> HttpResponse:
    """405: an address that only takes a form was opened by itself, or the other way about."""
    words = "This address belongs to a form or a button and shows nothing by itself."
    page = MessagePage(frame(request, "Nothing to see here"), words)
    return render(request, "staff/message.jinja", {"page": page}, status=405)


def not_here(request: StaffRequest) -> HttpResponse:
    """404: the same words whether it never existed or belongs to someone else."""
    words = "There is nothing at this address. It may have moved, or the link may be old."
    page = MessagePage(frame(request, "Nothing here"), words)
    return render(request, "staff/message.jinja", {"page": page}, status=404)
