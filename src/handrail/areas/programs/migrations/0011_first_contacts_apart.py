"""Keeps first contacts of organizations apart."""

from django.db import migrations

from handrail.foundation.tenancy import guard, tie

CONTACT = "programs_firstcontact"


class Migration(migrations.Migration):
    """Row-level security, and keys that carry the organization."""

    dependencies = (("programs", "0010_first_contacts"),)
    operations = (
        tie(CONTACT, "client_id", "clients_client"),
        tie(CONTACT, "episode_id", "clients_episode"),
        guard(CONTACT),
    )
