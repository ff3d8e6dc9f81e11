"""Where everyone in the demo stands, as the services count it."""

from handrail.areas.clients.models import Client
from handrail.areas.notes.selectors import notes
from handrail.areas.outreach import selectors as outreach
from handrail.areas.schedule.models import Session
from handrail.areas.sessions.selectors import board
from handrail.demo.book import people
from handrail.foundation import tenancy
from tests.courses import courses_of
from tests.staff import EVENING


def test_the_services_count_what_the_book_says(whole_demo):
    with tenancy.within(whole_demo.alder):
        mara, ruth = whole_demo.actor("mara"), whole_demo.actor("ruth")
        keys = {f"{one.given_name} {one.family_name}": one.pk for one in Client.objects.all()}
        in_care = [one for one in people("alder") if not one.outcome]
        found = courses_of([keys[one.name] for one in in_care])
        for one in in_care:
            where, book = found[str(keys[one.name])], one.parts[-1]
            assert (where.done, where.missed) == (book.done, book.missed), one.name
        evening = Session.objects.get(track__name="Evening IOP", local_date=EVENING)
        tiles = board.board(evening.pk, by=mara).tiles
        assert len(tiles) == 12
        assert [one.name for one in tiles[:2]] == ["Marcus Ellery", "Aisha Bellamy"]
        (unsigned,) = notes.unsigned(by=mara)
        assert [name for _, name in unsigned.people] == ["Winona Tsosie"]
        assert len(notes.to_co_sign(by=ruth)) == 1
        assert [one.name for one in outreach.open_outreach(by=mara)] == ["Nathan Castellano"]
