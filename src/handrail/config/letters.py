"""Hands letters from the outboxes to the mail server and the text carrier."""

from django.conf import settings

from handrail.areas.booking.models import Channel
from handrail.areas.booking.services.outbox import Claimed, Outcome
from handrail.areas.lessons.services import ClaimedPage
from handrail.data.languages import ENGLISH
from handrail.integrations import mail, sms


def deliver(one: Claimed) -> Outcome:
    """Send one letter, and say what became of it."""
    spoken = "" if one.language == ENGLISH else f"/{one.language}"
    link = f"{settings.HANDRAIL_ADDRESS}{spoken}/time/{one.token}"
    kind, when, zone = one.kind.value, one.starts_at, one.zone
    if one.channel is Channel.MAIL:
        return Outcome(
            mail.send_time(
                kind=kind, to=one.to, starts_at=when, zone=zone, link=link, language=one.language
            ).value
        )
    words = sms.text_about_time(kind, starts_at=when, zone=zone, link=link, language=one.language)
    return Outcome(sms.text_port().send(to=one.to, words=words).value)


def deliver_page(one: ClaimedPage) -> Outcome:
    """Send one letter of a lesson a week, and say what became of it."""
    spoken = "" if one.language == ENGLISH else f"/{one.language}"
    site = f"{settings.HANDRAIL_ADDRESS}{spoken}"
    sent = mail.send_page(
        number=one.number,
        of=one.of,
        to=one.to,
        link=f"{site}/page/{one.number}" if one.number else f"{site}/weekly/{one.token}",
        stop=f"{site}/weekly/{one.token}/stop",
        language=one.language,
    )
    return Outcome(sent.value)
