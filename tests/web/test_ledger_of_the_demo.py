"""The demo's ledgers as the pages show them: the story, Today, and the director's report."""

from handrail.areas.clients.models import Client
from handrail.foundation import tenancy
from tests.staff import sign_in


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer, answer.content.decode()


def test_the_report_of_the_demo_shows_who_pulls_which_way(whole_demo, client):
    sign_in(client, whole_demo, "paul", whole_demo.alder)
    _, page = read(client, "/staff/reports/placement/")
    assert "Less than indicated" in page
    assert "1 of " in page or "2 of " in page  # small numbers are the ones to look at
    assert "Not known" not in page  # everyone's first call is on file
    assert "A clinician asked for more than was found" in page
    assert "Someone refused a need of the floor" in page


def test_the_demo_tells_the_story_of_the_ledger(whole_demo, client):
    sign_in(client, whole_demo, "mara")
    with tenancy.within(whole_demo.alder):
        lead = Client.objects.get(family_name="O'Rourke")
    _, page = read(client, f"/staff/clients/{lead.pk}/level/")
    assert "24 days with less in place than was indicated" in page
    _, today = read(client, "/staff")
    assert "Declined required safety care" not in today  # not in a group of hers
    sign_in(client, whole_demo, "ruth")
    _, today = read(client, "/staff")
    assert "Declined required safety care" in today
    assert "overrode a recommendation; it waits for your co-signature" in today
