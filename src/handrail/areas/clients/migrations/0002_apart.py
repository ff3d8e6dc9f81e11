"""Keeps the clients of organizations apart."""

from django.db import migrations

from handrail.foundation.tenancy import anchor, guard, tie

CLIENT, EPISODE, COLLEAGUE = "clients_client", "clients_episode", "organizations_membership"


class Migration(migrations.Migration):
    """Row-level security on every table, and keys that carry the organization."""

    dependencies = (("clients", "0001_initial"), ("organizations", "0002_apart"))
    operations = (
        anchor(CLIENT),
        anchor(EPISODE),
        anchor("clients_contact"),
        tie("clients_nameword", "client_id", CLIENT),
        tie("clients_contact", "client_id", CLIENT),
        tie(EPISODE, "client_id", CLIENT),
        tie("clients_levelstay", "episode_id", EPISODE),
        tie("clients_listed", "client_id", CLIENT),
        tie("clients_flag", "client_id", CLIENT),
        tie("clients_flag", "owner_id", COLLEAGUE),
        tie("clients_flag", "other_client_id", CLIENT),
        tie("clients_flag", "other_colleague_id", COLLEAGUE),
        guard(CLIENT),
        guard("clients_nameword"),
        guard("clients_contact"),
        guard(EPISODE),
        guard("clients_levelstay"),
        guard("clients_listed"),
        guard("clients_flag"),
    )
