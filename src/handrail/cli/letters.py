"""`handrail letters`: send the letters that are due, once. Run it every minute."""

import argparse
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from handrail.cli import installation
from handrail.data.languages import ENGLISH
from handrail.foundation.database.account import CannotRun

if TYPE_CHECKING:
    from handrail.areas.booking.services.outbox import Claimed


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "letters",
        help="send the mails and texts about booked times that are due",
        description="Send what is due from the outbox, once. Safe to run at any time and several "
        "times at once: no letter goes twice.",
    )
    installation.add_data_option(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Send what is due and say how many went."""
    return installation.run("letters", _send, chosen, as_owner=False)


def _send(chosen: argparse.Namespace) -> None:
    key = installation.key_in_use()
    if not key:
        raise CannotRun("Links in letters are signed: set HANDRAIL_SECRET_KEY as the site has it.")
    settings.SECRET_KEY = key
    with installation.at_work():
        counted = send_letters()
    said = ", ".join(f"{number} {words}" for words, number in sorted(counted.items()))
    installation.say(f"Letters: {said or 'none is due'}.")


def send_letters() -> Counter[str]:
    """One pass over every organization; how many went which way.

    Each claim and each result is a transaction of its own, and nothing is sent inside one.
    """
    outbox = import_module("handrail.areas.booking.services.outbox")
    organizations = import_module("handrail.areas.organizations.models").Organization
    from handrail.foundation import clock, tenancy
    from handrail.foundation.audit import trail

    counted: Counter[str] = Counter()
    for key in organizations.objects.values_list("id", flat=True).order_by("id"):
        with tenancy.within(key):
            claimed = outbox.claim_due(organization_id=key, at=clock.now())
        for one in claimed:
            outcome = outbox.Outcome(_deliver(one))
            with tenancy.within(key), trail.operation():
                outbox.settle(
                    letter_id=one.letter_id,
                    organization_id=key,
                    outcome=outcome,
                    at=clock.now(),
                )
            counted[outcome.value] += 1
    return counted


def _deliver(one: "Claimed") -> str:
    from handrail.integrations import mail, sms

    spoken = "" if one.language == ENGLISH else f"/{one.language}"
    kind, link = one.kind.value, f"{settings.HANDRAIL_ADDRESS}{spoken}/time/{one.token}"
    when, zone = one.starts_at, one.zone
    if one.channel.value == "mail":
        sent = mail.send_time(
            kind=kind, to=one.to, starts_at=when, zone=zone, link=link, language=one.language
        )
        return sent.value
    words = sms.text_about_time(kind, starts_at=when, zone=zone, link=link, language=one.language)
    return "sent" if sms.text_port().send(to=one.to, words=words) else "not now"
