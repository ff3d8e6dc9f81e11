"""The forms of coverage: plans and income, payers and fees."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from handrail.areas.coverage.models import BESIDE, Payer, PayerKind, Rank, Subscriber
from handrail.areas.coverage.services.coverage import LARGEST_HOUSEHOLD
from handrail.areas.coverage.services.coverage import LONGEST as LONGEST_OF_PLAN
from handrail.areas.coverage.services.fees import LONGEST, MOST_OF_IT
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.staff.coverage import words

Kind = TypeVar("Kind", bound=forms.Form)
BANDS = 6
RATED = ("iop", "php", "sop", "counseling", "coaching", "rtc", "detox")
"""The levels that a rate can be set for."""


def today() -> date:
    """The day by the clock of the organization whose page it is on."""
    return clock.today(timezone.get_current_timezone_name())


def as_posted(form: Kind, posted: forms.Form | None) -> Kind:
    """A form of the page: as it was filled in, when it is the one that was posted."""
    if isinstance(posted, type(form)) and posted.key == form.key:
        return posted
    return form


class PlanForm(forms.Form):
    """A plan as the card says it."""

    key = "plan"
    payer = forms.Row("Payer", missing="Choose a payer from the list.")
    rank = forms.Choice("It pays", Rank.choices, missing="Choose which plan pays first.")
    member_id = forms.Text(
        "Member number",
        max_length=LONGEST_OF_PLAN["member_id"],
        required=False,
        help_text="As the card has it",
    )
    group_number = forms.Text(
        "Group number", max_length=LONGEST_OF_PLAN["group_number"], required=False
    )
    plan = forms.Text(
        "Plan",
        max_length=LONGEST_OF_PLAN["plan"],
        required=False,
        help_text="For example Silver PPO",
    )
    subscriber = forms.Choice(
        "Whose plan it is",
        Subscriber.choices,
        initial=Subscriber.SELF,
        missing="Choose whose plan it is.",
    )
    subscriber_name = forms.Text(
        "Their name",
        max_length=LONGEST_OF_PLAN["subscriber_name"],
        required=False,
        help_text="When it is not the client’s own",
    )
    subscriber_birth_date = forms.Day("Their birth date", required=False)
    from_date = forms.Day(
        "In force from", required=False, help_text="For example 1/1/2026; empty when not known"
    )
    until_date = forms.Day("Until", required=False, help_text="Only when the last day is known")

    def arguments(self) -> dict[str, Any]:
        """The payer by its key."""
        entered = dict(self.cleaned_data)
        return entered | {"payer_id": entered.pop("payer")}


class EndPlanForm(forms.Form):
    """The last day of a plan."""

    until_date = forms.Day("Its last day", help_text="For example 12/31/2026")


class VoidPlanForm(forms.Form):
    """Why a plan was never theirs."""

    reason = forms.Text(
        "It was never theirs, because",
        max_length=LONGEST_OF_PLAN["reason"],
        missing="Say why it is voided.",
    )


class IncomeForm(forms.Form):
    """What a household declares."""

    key = "income"
    household = forms.Whole(
        "People in the household",
        least=1,
        most=LARGEST_HOUSEHOLD,
        help_text="The client counts",
        missing="Enter how many people, for example 3.",
    )
    yearly_income = forms.Cents(
        "Income of the household in a year",
        help_text="Before taxes, in dollars; 0 for none",
        missing="Enter the yearly income, 0 for none.",
    )
    declared_date = forms.Day("Declared on", initial=today)
    shown_by = forms.Text(
        "Shown by",
        max_length=LONGEST_OF_PLAN["shown_by"],
        required=False,
        help_text="For example pay slips; empty when it was only said",
    )


# ---- payers and fees ---------------------------------------------------------------------------


class PayerForm(forms.Form):
    """Who pays, and how they are reached."""

    key = "payer"
    name = forms.Text("Name", max_length=LONGEST["name"], missing="Enter the payer’s name.")
    kind = forms.Choice("What kind", PayerKind.choices, missing="Choose what kind of payer it is.")
    phone = forms.Text(
        "Line for providers",
        max_length=LONGEST["phone"],
        required=False,
        help_text="Where benefits are asked",
    )
    authorizes = forms.Text(
        "Who authorizes, and their phone",
        max_length=LONGEST["authorizes"],
        required=False,
        help_text="When it is another company",
    )
    payer_number = forms.Text(
        "Payer number for claims", max_length=LONGEST["payer_number"], required=False
    )


def payer_form(payer: Payer) -> PayerForm:
    """The form of one payer on the list."""
    initial = {name: getattr(payer, name) for name in PayerForm.base_fields}
    return PayerForm(key=f"payer-{payer.pk}", initial=initial)


class RateForm(forms.Form):
    """What the house asks for something from a day on."""

    key = "rate"
    item = forms.Choice("For", missing="Choose what the rate is for.")
    amount = forms.Cents("Amount, $", missing="Enter the amount, for example 180.")
    from_date = forms.Day("From", initial=today)
    code = forms.Text(
        "Code on claims",
        max_length=LONGEST["code"],
        required=False,
        help_text="For example H0015",
    )
    count = forms.Whole(
        "How many in a usual course",
        most=MOST_OF_IT,
        required=False,
        help_text="For what comes besides the sessions",
    )
    full = forms.Yes("The sliding fee does not lower it")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, item=[(one, words.item_name(one)) for one in (*RATED, *BESIDE)])

    def arguments(self) -> dict[str, Any]:
        """None in a course where nothing was entered; lowered unless the box is checked."""
        entered = dict(self.cleaned_data)
        return entered | {"count": entered["count"] or 0, "slides": not entered.pop("full")}


def _bands() -> Iterable[tuple[str, forms.Whole]]:
    for number in range(BANDS):
        name = f"Band {number + 1}"
        yield (
            f"limit-{number}",
            forms.Whole(f"{name}: up to % of the line", most=2_000, unit="%", required=False),
        )
        yield (
            f"pays-{number}",
            forms.Whole(f"{name}: pays % of the rate", most=100, unit="%", required=False),
        )


class ScaleForm(forms.Form):
    """A sliding fee from a day on; bands that stay empty are left out."""

    key = "scale"
    line_one = forms.Cents(
        "Yearly line for one person, $", missing="Enter the line for one person."
    )
    line_more = forms.Cents("For each further person, $", required=False)
    source = forms.Text(
        "Where the line comes from",
        max_length=LONGEST["source"],
        help_text="For example: HHS poverty guidelines, 2026",
        missing="Say where the line comes from, and of which year.",
    )
    from_date = forms.Day("From", initial=today)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields |= dict(_bands())

    @property
    def bands(self) -> list[tuple[Any, Any]]:
        """The two fields of each band."""
        return [(self[f"limit-{number}"], self[f"pays-{number}"]) for number in range(BANDS)]

    def _pairs(self) -> list[tuple[int | None, int | None]]:
        entered = self.cleaned_data
        return [
            (entered.get(f"limit-{number}"), entered.get(f"pays-{number}"))
            for number in range(BANDS)
        ]

    def clean(self) -> None:
        """A band has both numbers or none."""
        for number, pair in enumerate(self._pairs()):
            names = {f"limit-{number}", f"pays-{number}"}
            if pair.count(None) == 1 and not names & set(self.errors):
                self.add_error(
                    f"limit-{number}",
                    ValidationError("A band has both: a limit, and what is paid."),
                )

    def arguments(self) -> dict[str, Any]:
        """The bands as pairs, in their order."""
        entered = {name: self.cleaned_data[name] for name in ("line_one", "source", "from_date")}
        bands = [pair for pair in self._pairs() if pair != (None, None)]
        return entered | {"line_more": self.cleaned_data["line_more"] or 0, "bands": bands}


class VoidFeeForm(forms.Form):
    """Why a rate or a sliding fee is taken back."""

    reason = forms.Text("Because", max_length=LONGEST["reason"], missing="Say why it is voided.")


class HouseForm(forms.Form):
    """How the house stands on estimates."""

    key = "house"
    legal_name = forms.Text(
        "Name under which the house bills",
        max_length=LONGEST["legal_name"],
        missing="Enter the name under which the house bills.",
    )
    address = forms.Text(
        "Address",
        max_length=LONGEST["address"],
        required=False,
        help_text="With the state: an estimate says where care is given",
    )
    phone = forms.Text(
        "Phone for questions about costs", max_length=LONGEST["phone"], required=False
    )
    npi = forms.Text("National provider identifier", required=False, help_text="Ten digits")
    tax_number = forms.Text("Tax number", max_length=LONGEST["tax_number"], required=False)
