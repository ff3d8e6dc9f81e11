"""A booked time as a calendar file, and the short mark by which two bookings are told apart.

A calendar is shared with family and work, and shown on locked phones: the entry has a neutral
title, no place, no text and no link.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from handrail.areas.booking.selectors import bookings as selectors
from handrail.areas.booking.selectors.bookings import BookingSeen
from handrail.areas.booking.tokens import NoSuchToken
from handrail.foundation import clock
from handrail.web.public.words import say

LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
"""What a mark is made of: nothing that looks like something else."""
MARK_LENGTH = 4


def mark_of(token: str) -> str:
    """Four signs made from a booking's link, always the same for it: K7MA. They mean nothing."""
    digest = sha256(token.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:MARK_LENGTH])


@never_cache
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The time of a booking for a calendar; an empty 404 once it is canceled or over."""
    try:
        seen = selectors.booking_seen(token, at=clock.now())
    except NoSuchToken:
        return HttpResponse(status=404)
    if seen.is_canceled or seen.is_over:
        return HttpResponse(status=404)
    answer = HttpResponse(_entry(token, seen), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def _entry(token: str, seen: BookingSeen) -> str:
    """The entry as RFC 5545 has it, in universal time."""
    ends = seen.starts_at + timedelta(minutes=seen.minutes)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Appointment//EN",
        "BEGIN:VEVENT",
        f"UID:{sha256(token.encode()).hexdigest()[:32]}",
        f"DTSTAMP:{_moment(seen.booked_at)}",
        f"DTSTART:{_moment(seen.starts_at)}",
        f"DTEND:{_moment(ends)}",
        f"SUMMARY:{say('Appointment {mark}', mark=mark_of(token))}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
