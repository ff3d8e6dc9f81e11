"""Begins an organization and invites its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from handrail.areas.organizations import services
from handrail.core.access import Role, system_actor
from handrail.core.errors import Invalid
from handrail.foundation import clock, tenancy

SYSTEM = "installation"
OPTIONS = {
    "zone": "--zone names a time zone, for example America/New_York.",
    "email": "--email is an e-mail address of the first administrator, dana@example.org.",
    "name": f"--person is a name of at most {services.LONGEST_NAME} characters.",
}
"""What an option has to be, by the field that a service finds wrong."""


class Command(BaseCommand):
    """`python -m handrail.config.manage found_organization NAME --zone Z --email E --person P`."""

    help = "Begin an organization and print the link that invites its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name, time zone, and the first administrator."""
        parser.add_argument("name", help="what the organization is called")
        parser.add_argument("--zone", required=True, help="its time zone: America/New_York")
        parser.add_argument("--email", required=True, help="the first administrator's e-mail")
        parser.add_argument("--person", required=True, help="the first administrator's name")

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Do both, or neither."""
        at = clock.now()
        try:
            with transaction.atomic():
                made = services.found_organization(
                    name=options["name"], zone=options["zone"], by_system=SYSTEM, at=at
                )
                with tenancy.within(made.id):
                    invited = services.invite(
                        email=options["email"],
                        name=options["person"],
                        roles=[Role.ADMINISTRATOR],
                        by=system_actor(SYSTEM, made.id),
                        at=at,
                    )
        except Invalid as wrong:
            said = [OPTIONS.get(one.field, str(one)) for one in wrong.errors]
            raise CommandError(" ".join(said)) from wrong
        self.stdout.write(
            f"{made.name} has begun. {options['person']} opens this within seven days,\n"
            f"after the address of your site: {reverse('join', args=[invited.token])}"
        )
