"""Screening calls at Alder Street: one under way this evening, two that have ended.

One ended with a recommendation; the other was about someone too young for this program.

All of it goes through the services, each thing at the time it happened.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handrail.areas.clients.services.people import record_client
from handrail.areas.inquiries import services as inquiries
from handrail.areas.organizations.models import Membership
from handrail.areas.screening.models import Screening
from handrail.areas.screening.services import screening
from handrail.areas.screening.services.screening_end import finish_screening
from handrail.core.access import Actor
from handrail.demo.house import House

_MARISOL: dict[str, object] = {
    "caller_name": "Marisol Tate",
    "caller_phone": "(804) 555-0157",
    "birth_date": date(1986, 5, 11),
    "safe_to_leave_message": "neutral",
    "about": "Wine every night, alone. Wants to talk to her sister before she decides.",
}
_DEVON: dict[str, object] = {
    "caller_name": "Carla Whit",
    "caller_phone": "(804) 555-0164",
    "caller_is": "family",
    "caller_relation": "mother",
    "given_name": "Devon",
    "family_name": "Whit",
    "about": "Her son is sixteen and uses vapes with something in them.",
}
_SAFE = {
    "body-now": "no",
    "thoughts": "none",
    "attempt": "none-of-these",
    "mind-now": "none-of-these",
}
_LUIS = {
    "where-now": "(804) 555-0148, in his car outside work, Broad Street",
    **_SAFE,
    "substances": "alcohol stimulants",
    "how-much": "About two grams on a weekend, six beers with it; last on Saturday",
    "last-use": "days",
    "danger-signs": "no",
    "drinking": "binge",
}
_MARISOL_SAYS = {
    "where-now": "(804) 555-0157, at home",
    **_SAFE,
    "substances": "alcohol",
    "how-much": "A bottle of wine each night, last yesterday at ten",
    "last-use": "days",
    "danger-signs": "no",
    "drinking": "heavy",
    "shaking": "mild",
    "morning": "no",
    "stopping-before": "none-of-these",
    "at-hand": "adult visit",
    "overdose": "no",
    "body": "none-of-these",
    "pregnant": "no",
    "phq/phq9-1": "1",
    "phq/phq9-2": "1",
    "eating": "no",
    "conditions": "low",
    "course": "same",
    "daily-life": "some",
    "signs": "more stop craving people health",
    "pattern": "daily growing alone",
    "medication": "no",
    "wanting": "unsure",
    "home": "none-of-these",
    "support": "yes",
    "getting-there": "children",
    "tried": "counseling",
    "held": "counseling",
    "leaving": "none-of-these",
    "cost": "no",
    "wants": "To sleep without it. Not to be away from the children.",
}
_DEVON_SAYS = {
    "where-now": "(804) 555-0164; he is at school",
    "age": "16",
    "body-now": "no",
    "thoughts": "none",
}


def hold_calls(house: House) -> None:
    """Hold the calls; the inquiry of the one under way is taken before."""
    _Holding(house).all()


class _Holding:
    """Holds calls as Ines would have, in the order of time."""

    def __init__(self, house: House) -> None:
        self.house = house
        place = Membership.objects.select_related("user").get(pk=house.staff["ines"].membership_id)
        self.ines = Actor(
            str(place.user_id), place.user.name, house.organization_id, place.role_set
        )

    def all(self) -> None:
        """Everything, the oldest first."""
        self.take("devon", 6, _DEVON)
        call = self.call("devon", self.at(6, 11), _DEVON_SAYS, "caller")
        finish_screening(
            screening_id=call.pk,
            outcome="referred",
            words="Bridge Youth Services, for young people; pediatrician this week",
            follow_up_date=self.house.day + timedelta(days=1),
            by=self.ines,
            at=self.at(6, 11, 20),
        )
        self.take("marisol", 2, _MARISOL)
        call = self.call("marisol", self.at(2, 13), _MARISOL_SAYS, "person")
        self.recommend(call, self.at(2, 13, 12))
        self.call("luis", self.at(0, 17, 36), _LUIS, "person")

    def recommend(self, call: Screening, at: datetime) -> None:
        """End Marisol's call with a chart and a recommendation; she decides later."""
        client = record_client(
            given_name="Marisol",
            family_name="Tate",
            birth_date=date(1986, 5, 11),
            phone="(804) 555-0157",
            client_id=self.house.key("client", "marisol"),
            by=self.ines,
            at=at,
        )
        finish_screening(
            screening_id=call.pk,
            outcome="recommended",
            words="She talks to her sister before she decides",
            client_id=client.pk,
            recommendation_id=self.house.key("recommendation", "marisol"),
            by=self.ines,
            at=at,
        )
        inquiries.carry_on(
            inquiry_id=call.inquiry_id,
            stage="screened",
            next_step="Call after she has talked to her sister",
            next_step_date=self.house.day + timedelta(days=2),
            by=self.ines,
            at=at,
        )

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days ago."""
        return self.house.at(self.house.days_ago(days), hour, minute)

    def take(self, name: str, days: int, details: Mapping[str, object]) -> None:
        """Take an inquiry so many days ago."""
        inquiries.take_inquiry(
            **details,  # type: ignore[arg-type]
            by=self.ines,
            at=self.at(days, 10, 40),
            inquiry_id=self.house.key("inquiry", name),
        )

    def call(self, name: str, at: datetime, says: Mapping[str, str], who: str) -> Screening:
        """Start a call and write down what was said, one answer each ten seconds."""
        made = screening.start_screening(
            inquiry_id=self.house.key("inquiry", name),
            screening_id=self.house.key("screening", name),
            by=self.ines,
            at=at,
        )
        for place, (field, text) in enumerate(says.items(), start=1):
            screening.save_answer(
                screening_id=made.pk,
                field=field,
                text=text,
                who=who,
                base_version=0,
                by=self.ines,
                at=at + timedelta(seconds=10 * place),
            )
        return made
