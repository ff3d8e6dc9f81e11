"""Inquiries at Alder Street: one new tonight, one overdue, a court with a date, two of one person.

All of it goes through the services, each thing at the time it happened.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handrail.areas.clients.models import Client, Episode
from handrail.areas.inquiries import services
from handrail.areas.organizations.models import Membership
from handrail.core.access import Actor, system_actor
from handrail.demo.house import House

_ASKED: dict[str, dict[str, object]] = {
    "rosa": {
        "caller_name": "Rosa Vale",
        "caller_phone": "(804) 555-0177",
        "caller_is": "family",
        "caller_relation": "mother",
        "given_name": "Kit",
        "family_name": "Vale",
        "language": "English",
        "safe_to_leave_message": "neutral",
        "ask_for": "Rosa",
        "about": "Her son, 26, has not come home for two nights; he used fentanyl in the summer and"
        " stopped alone. She wants to know what fits before he is back tonight.",
    },
    "jerome": {
        "caller_name": "Jerome Pickett",
        "caller_phone": "(804) 555-0121",
        "birth_date": date(1983, 9, 14),
        "safe_to_leave_message": "no",
        "about": "Drinks every evening since the spring, still at work. Evenings only, after six.",
        "wanted": "iop",
    },
    "court": {
        "caller_name": "Denise Albright",
        "caller_phone": "(804) 555-0160",
        "caller_email": "d.albright@example.org",
        "caller_is": "court",
        "caller_relation": "probation officer",
        "caller_organization": "James River Drug Court",
        "source": "letter",
        "given_name": "Tyrell",
        "family_name": "Banks",
        "birth_date": date(1996, 2, 27),
        "phone": "(804) 555-0161",
        "about": "Second positive test. The order asks for an assessment and at least IOP.",
        "mandated_by": "James River Drug Court",
        "mandated_level": "iop",
    },
    "nadia": {
        "caller_name": "Nadia Farouk",
        "caller_phone": "(804) 555-0133",
        "birth_date": date(1994, 6, 2),
        "called": "Nadia",
        "given_name": "Nadia",
        "family_name": "Farouk",
        "safe_to_leave_message": "yes",
        "about": "Pills after a back injury; her doctor will not go on. Wants something near work.",
    },
    "sami": {
        "caller_name": "Sami Farouk",
        "caller_phone": "(804) 555-0134",
        "caller_is": "family",
        "caller_relation": "brother",
        "given_name": "Nadia",
        "family_name": "Farouk",
        "birth_date": date(1994, 6, 2),
        "about": "Worried about his sister. Does not know whether she has called anyone.",
    },
    "luis": {
        "caller_name": "Luis Arce",
        "caller_phone": "(804) 555-0148",
        "birth_date": date(1988, 12, 1),
        "language": "Spanish",
        "safe_to_leave_message": "yes",
        "about": "Cocaine on weekends, panic on Mondays. Speaks Spanish at home.",
    },
    "priya": {
        "caller_name": "Priya Raman",
        "caller_phone": "(804) 555-0152",
        "birth_date": date(1979, 3, 30),
        "zip_code": "23220",
        "safe_to_leave_message": "neutral",
        "about": "Wine, more since the divorce. Two children at school; mornings are free.",
        "wanted": "counseling",
    },
    "greta": {
        "caller_name": "Greta Holm",
        "caller_phone": "(804) 555-0119",
        "caller_email": "greta.holm@example.com",
        "source": "online_booking",
        "about": "Booked a screening by herself.",
    },
    "delia": {
        "caller_name": "Delia Stanton",
        "caller_phone": "(804) 555-0126",
        "birth_date": date(1990, 8, 19),
        "safe_to_leave_message": "yes",
        "about": "Ready for the morning group once there is a seat; child care until noon.",
        "wanted": "iop",
    },
    "hank": {
        "caller_name": "Lena Morrow",
        "caller_phone": "(804) 555-0172",
        "caller_is": "family",
        "caller_relation": "wife",
        "given_name": "Hank",
        "family_name": "Morrow",
        "birth_date": date(1971, 1, 22),
        "about": "Residential care first; wants to step down here afterwards.",
    },
    "employer": {
        "caller_name": "Pat Lowry",
        "caller_phone": "(804) 555-0180",
        "caller_is": "employer",
        "caller_relation": "employee assistance",
        "caller_organization": "Harmon Freight",
        "given_name": "Chris",
        "about": "An employee will call; asks only what an evening program looks like.",
    },
}
_WENT_ELSEWHERE: dict[str, object] = {
    "caller_name": "Omar Whitlock",
    "caller_phone": "(804) 555-0190",
    "about": "Looking for something near Norfolk.",
}


def take_inquiries(house: House) -> None:
    """Put the inquiries into the house; its clients are saved before."""
    _Taking(house).all()


class _Taking:
    """Takes and carries on inquiries as Ines and Paul would have, in the order of time."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ines, self.paul = actor_of(house, "ines"), actor_of(house, "paul")

    def all(self) -> None:
        """Everything, the oldest first."""
        self._ended()
        self._under_way()
        self._one_person_twice()
        self._known_before()
        self._due_now()

    def _ended(self) -> None:
        self.take("omar", 16, _WENT_ELSEWHERE)
        services.close_inquiry(
            inquiry_id=self.house.key("inquiry", "omar"),
            why="Chose a program nearer home; wished well.",
            by=self.ines,
            at=self.at(14, 11),
        )
        client, days = self._newest_in_care()
        details: dict[str, object] = {
            "caller_name": client.full_name,
            "caller_phone": "(804) 555-0101",
        }
        self.take("admitted", days + 3, details)
        key = self.house.key("inquiry", "admitted")
        services.open_chart(
            inquiry_id=key, client_id=client.pk, by=self.ines, at=self.at(days + 2, 12)
        )
        services.carry_on(
            inquiry_id=key,
            stage="admitted",
            words="Admitted to IOP.",
            by=self.ines,
            at=self.at(days, 15),
        )

    def _under_way(self) -> None:
        self.take("hank", 19, _ASKED["hank"])
        self.carry("hank", 17, "referred", "Call the residential program about the last day", -4)
        self.take("delia", 12, _ASKED["delia"])
        self.carry("delia", 11, "screening", "Screening call", 11)
        self.carry("delia", 11, "screened", "See whether there is a seat", 10, hour=13)
        self.carry("delia", 10, "waiting", "Call: seat in the morning group?", -2)
        self.take("priya", 6, _ASKED["priya"])
        self.carry("priya", 5, "screening", "Screening call", 5)
        self.carry("priya", 5, "screened", "Talk through what the payer covers", -1, hour=16)
        self.take("luis", 4, _ASKED["luis"])
        self.carry("luis", 1, "screening", "Go on with the call: it broke off", 0)
        self.take("greta", 1, _ASKED["greta"], booked=True)
        self.take("employer", 2, _ASKED["employer"], by=self.paul)
        self.carry("employer", 1, "reached", "Send the public page about evenings", -1, self.paul)

    def _one_person_twice(self) -> None:
        self.take("nadia", 3, _ASKED["nadia"])
        self.attempt("nadia", 2, "reached", "Talked for five minutes, at work.", "Screen her", 0)
        self.take("sami", 1, _ASKED["sami"])
        services.confide(
            inquiry_id=self.house.key("inquiry", "sami"),
            words="She borrowed pills from their mother. She must not learn that he called.",
            told_by="Sami Farouk",
            kept_from="person",
            by=self.ines,
            at=self.at(1, 12),
            confided_id=self.house.key("confided", "sami"),
        )

    def _known_before(self) -> None:
        """Somebody who was in care here until a while ago calls again."""
        client = self._gone()
        details: dict[str, object] = {
            "caller_name": client.full_name,
            "caller_phone": "(804) 555-0185",
            "given_name": client.given_name,
            "family_name": client.family_name,
            "birth_date": client.birth_date,
            "safe_to_leave_message": "neutral",
            "about": "Was here before. It began again after the summer.",
        }
        self.take("again", 1, details)

    def _due_now(self) -> None:
        self.take("jerome", 5, _ASKED["jerome"])
        self.attempt("jerome", 4, "no_answer", "", "Call again after six", 3)
        self.attempt("jerome", 3, "no_answer", "Rang out twice.", "Call again after six", 2)
        until: dict[str, object] = {"mandated_by_date": self.house.day + timedelta(days=5)}
        self.take("court", 2, _ASKED["court"] | until)
        self.carry("court", 1, "reached", "Call Tyrell and offer a screening", 0)
        self.take("rosa", 0, _ASKED["rosa"], hour=17, minute=31)

    # ---- one step each ------------------------------------------------------------------------

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days ago."""
        return self.house.at(self.house.days_ago(days), hour, minute)

    def take(
        self,
        name: str,
        days: int,
        details: Mapping[str, object],
        *,
        hour: int = 10,
        minute: int = 5,
        by: Actor | None = None,
        booked: bool = False,
    ) -> None:
        """Take an inquiry so many days ago; `booked` online, for tomorrow."""
        more: dict[str, object] = {}
        if booked:
            by = system_actor("public booking", self.house.organization_id)
            more = {"stage": "booked", "next_step": "Screening at 10 am"}
            more |= {"next_step_date": self.house.day + timedelta(days=1)}
            more |= {"owner_id": self.house.staff["ines"].membership_id}
        services.take_inquiry(
            **{**details, **more},  # type: ignore[arg-type]
            by=by or self.ines,
            at=self.at(days, hour, minute),
            inquiry_id=self.house.key("inquiry", name),
        )

    def carry(
        self,
        name: str,
        days: int,
        stage: str,
        step: str,
        step_days: int,
        by: Actor | None = None,
        *,
        hour: int = 11,
    ) -> None:
        """Carry it on so many days ago; the next step is `step_days` ago, or ahead when below 0."""
        services.carry_on(
            inquiry_id=self.house.key("inquiry", name),
            stage=stage,
            next_step=step,
            next_step_date=self.house.days_ago(step_days),
            by=by or self.ines,
            at=self.at(days, hour),
        )

    def attempt(
        self, name: str, days: int, result: str, words: str, step: str, step_days: int
    ) -> None:
        """Log a call so many days ago."""
        services.log_attempt(
            inquiry_id=self.house.key("inquiry", name),
            how="call",
            result=result,
            words=words,
            next_step=step,
            next_step_date=self.house.days_ago(step_days),
            by=self.ines,
            at=self.at(days, 18),
        )

    def _newest_in_care(self) -> tuple[Client, int]:
        """Who came into care last, and how many days ago."""
        rows = Episode.objects.filter(closed_date__isnull=True).select_related("client")
        last = rows.order_by("-opened_date", "client__family_name", "client_id")[0]
        return last.client, (self.house.day - last.opened_date).days

    def _gone(self) -> Client:
        long_ago = self.house.days_ago(200)
        rows = Client.objects.filter(episodes__closed_date__lt=long_ago)
        again = Episode.objects.filter(closed_date__isnull=True).values("client_id")
        return rows.exclude(pk__in=again).order_by("-episodes__closed_date", "id")[0]


def actor_of(house: House, name: str) -> Actor:
    """A colleague of the house, as services know who acts."""
    place = Membership.objects.select_related("user").get(pk=house.staff[name].membership_id)
    return Actor(str(place.user_id), place.user.name, place.organization_id, place.role_set)
