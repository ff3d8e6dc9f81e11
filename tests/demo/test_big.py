"""The large organization that the bench measures."""

import pytest
from django.db import connection

from handrail.areas.clients.models import Client, NameWord
from handrail.areas.notes.models import Note
from handrail.areas.schedule.to_core import roster_of, sessions_with_facts
from handrail.demo.big import load_big
from handrail.foundation import tenancy


@pytest.mark.django_db
def test_it_has_as_many_clients_and_notes_as_asked_for(program):
    made = load_big("Large Load", clients=300, notes=60)
    with tenancy.within(made.organization_id):
        assert Client.objects.count() == 300 + 12 + 35
        assert NameWord.objects.values("client").distinct().count() == 300 + 12 + 35
        assert Note.objects.filter(client_id=made.client_id).count() == 60
        session = sessions_with_facts().get(pk=made.session_id)
        assert session.state == "planned"
        assert len(roster_of(session).places) == 12
        wide = sessions_with_facts().get(pk=made.wide_session_id)
        assert len(roster_of(wide).places) == 35
    with tenancy.within(program.alder):
        assert not Client.objects.exists()
    connection.check_constraints()
