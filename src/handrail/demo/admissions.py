"""The demo's newest admission: the calls of the first days, one of them made already."""

from collections.abc import Mapping
from datetime import timedelta

from handrail.areas.admission.models import FirstContact
from handrail.core.admission import first_contacts
from handrail.data import first_contact_rules
from handrail.demo.charts import Chart
from handrail.demo.house import House

_STARTS_TONIGHT = "Lauren Kessler"
_HEARD = "Has a ride with her sister. Knows the room, and asks for Mara at the door."


def lay_out_first_days(house: House, charts: Mapping[str, Chart]) -> None:
    """The days are those that an admission lays out; the call of yesterday was made."""
    chart = charts[_STARTS_TONIGHT]
    yesterday, by = house.day - timedelta(days=1), house.staff["ines"].name
    for number, one in enumerate(first_contacts(house.day, yesterday, first_contact_rules())):
        was_made = one.on < house.day
        house.rows.add(
            FirstContact(
                id=house.key("first contact", chart.person.name, number),
                organization_id=house.organization_id,
                client_id=chart.client_id,
                episode_id=chart.episode_id,
                due_date=one.on,
                why=one.why,
                words=_HEARD if was_made else "",
                done_at=house.at(one.on, 16, 20) if was_made else None,
                done_by=by if was_made else "",
            )
        )
