"""The forms of coverage: plans and income, payers and fees."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from handrail.areas.coverage.models import BESIDE, Payer, PayerKind, Rank, Subscriber
from handrail.areas.coverage.services import coverage, fees
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


def text(label: str, name: str, hint: str = "", *, missing: str = "") -> forms.Text:
    """A line as long as its column; it may stay empty unless it is said what is `missing`."""
    longest = (coverage.LONGEST | fees.LONGEST)[name]
    return forms.Text(
        label, max_length=longest, required=bool(missing), missing=missing, help_text=hint
    )


class PlanForm(forms.Form):
    """A plan as the card says it."""

    key = "plan"
    payer = forms.Row("Payer", missing="Choose a payer from the list.")
    rank = forms.Choice("It pays", Rank.choices, missing="Choose which plan pays first.")
    member_id = text("Member number", "member_id", "As the card has it")
    group_number = text("Group number", "group_number")
    plan = text("Plan", "plan", "For example Silver PPO")
    subscriber = forms.Choice(
        "Whose plan it is",
        Subscriber.choices,
        initial=Subscriber.SELF,
        missing="Choose whose plan it is.",
    )
    subscriber_name = text("Their name", "subscriber_name", "When it is not the client’s own")
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

    reason = text("It was never theirs, because", "reason", missing="Say why it is voided.")


class IncomeForm(forms.Form):
    """What a household declares."""

    key = "income"
    household = forms.Whole(
        "People in the household",
        least=1,
        most=coverage.LARGEST_HOUSEHOLD,
        help_text="The client counts",
        missing="Enter how many people, for example 3.",
    )
    yearly_income = forms.Cents(
        "Income of the household in a year",
        help_text="Before taxes, in dollars; 0 for none",
        missing="Enter the yearly income, 0 for none.",
    )
    declared_date = forms.Day("Declared on", initial=today)
    shown_by = text("Shown by", "shown_by", "For example pay slips; empty when it was only said")


# ---- payers and fees ---------------------------------------------------------------------------


class PayerForm(forms.Form):
    """Who pays, and how they are reached."""

    key = "payer"
    name = text("Name", "name", missing="Enter the payer’s name.")
    kind = forms.Choice("What kind", PayerKind.choices, missing="Choose what kind of payer it is.")
    phone = text("Line for providers", "phone", "Where benefits are asked")
    authorizes = text("Who authorizes, and their phone", "authorizes", "When it is another company")
    payer_number = text("Payer number for claims", "payer_number")


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
    code = text("Code on claims", "code", "For example H0015")
    count = forms.Whole(
        "How many in a usual course",
        most=fees.MOST_OF_IT,
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
    source = text(
        "Where the line comes from",
        "source",
        "For example: HHS poverty guidelines, 2026",
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

    reason = text("Because", "reason", missing="Say why it is voided.")


class HouseForm(forms.Form):
    """How the house stands on estimates."""

    key = "house"
    legal_name = text(
        "Name under which the house bills",
        "legal_name",
        missing="Enter the name under which the house bills.",
    )
    address = text("Address", "address", "With the state: an estimate says where care is given")
    phone = text("Phone for questions about costs", "phone")
    npi = forms.Text("National provider identifier", required=False, help_text="Ten digits")
    tax_number = text("Tax number", "tax_number")
