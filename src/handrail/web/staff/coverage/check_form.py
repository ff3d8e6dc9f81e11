"""The form of a benefit check: an empty field means that it was not said."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import TextChoices
from django.forms import BoundField, HiddenInput
from django.utils import timezone

from handrail.areas.coverage.models import BenefitCheck, CheckHow, CopayPer, InNetwork, YesNo
from handrail.areas.coverage.services.coverage import LONGEST, LevelTold, PlanTold
from handrail.data import care_catalogue
from handrail.web.kit import forms
from handrail.web.staff.coverage.forms import text, today

LEVELS = ("iop", "php", "sop", "counseling", "rtc", "detox")
"""The levels a plan is asked about, the usual one first."""
OF_PLAN = (
    *("active", "network", "plan_year_begins", "deductible", "deductible_met"),
    *("maximum", "maximum_met", "no_maximum", "authorizes", "claims_to"),
)
OF_CALL = ("how", "representative", "reference", "notes")
ANSWERS = {
    "active", "network", "covered", "authorization", "copay_per", "deductible_applies",
}  # fmt: skip
"""Questions to choose an answer to; no answer is kept as "unknown"."""


def _answer(label: str, answers: type[TextChoices] = YesNo) -> forms.Choice:
    listed = [(value, said) for value, said in answers.choices if value != "unknown"]
    return forms.Choice(label, listed, required=False, empty="Not said")


def _cents(label: str, hint: str) -> forms.Cents:
    return forms.Cents(label, required=False, help_text=hint)


def _of_level() -> dict[str, forms.Choice | forms.Cents | forms.Text | forms.Whole]:
    return {
        "covered": _answer("Covered"),
        "authorization": _answer("Authorization needed"),
        "copay": _cents("Copay, $", "0 for none"),
        "copay_per": _answer("The copay is due", CopayPer),
        "coinsurance": forms.Whole(
            "Coinsurance, %",
            most=100,
            unit="%",
            required=False,
            help_text="The person’s part; 0 for none",
        ),
        "deductible_applies": _answer("Deductible first"),
        "allowed": _cents("Plan allows, $", "For one session or day, if they say"),
        "limit": text("Limit", "limit", "In their words: 30 visits a year"),
    }


class CheckForm(forms.Form):
    """What somebody at the plan says; the fields of a level are named `iop-copay`."""

    key = "check"
    goes_on_from = forms.Row("Goes on from", required=False, widget=HiddenInput())
    how = forms.Choice("How it is checked", CheckHow.choices, missing="Choose how it was checked.")
    representative = text(
        "Name of who speaks", "representative", "First name and initial, as they give it"
    )
    checked_on = forms.Day("On", required=False, help_text="Empty: today")
    active = _answer("Is the plan in force?")
    network = _answer("Is this house in network?", InNetwork)
    deductible = _cents("Deductible, $", "The person’s own; 0 for none")
    deductible_met = _cents("Deductible met, $", "This plan year")
    maximum = _cents("Out-of-pocket maximum, $", "The person’s own")
    maximum_met = _cents("Maximum met, $", "This plan year")
    plan_year_begins = text("The plan year begins", "plan_year_begins", "For example January 1")
    no_maximum = forms.Yes("They say there is no maximum")
    authorizes = text(
        "Who authorizes, and their phone",
        "authorizes",
        "Often another company than the one on the card",
    )
    claims_to = text(
        "Where claims go",
        "claims_to",
        "Payer number or address, and how long there is to file",
    )
    reference = text(
        "Reference of this call", "reference", "Ask for it: it is the proof of what was said"
    )
    notes = forms.Text(
        "Notes",
        lines=4,
        max_length=LONGEST["notes"],
        required=False,
        help_text="Anything else they said, in their words.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        for level in LEVELS:
            self.fields |= {f"{level}-{name}": one for name, one in _of_level().items()}

    @property
    def levels(self) -> list[tuple[str, str, list[BoundField], bool]]:
        """Each level by code and name, its fields, and whether something is written in them."""
        found = []
        for level in LEVELS:
            bound = [self[f"{level}-{name}"] for name in _of_level()]
            written = any(one.value() not in (None, "", "unknown") for one in bound)
            found.append((level, care_catalogue().name(level), bound, written))
        return found

    def arguments(self) -> dict[str, Any]:
        """What was said of the plan, and of each level."""
        return self._said(OF_CALL) | {
            "plan": PlanTold(**self._said(OF_PLAN)),
            "levels": [LevelTold(level, **self._said(_of_level(), level)) for level in LEVELS],
            "checked_at": self._when(),
            "goes_on_from_id": self.cleaned_data["goes_on_from"],
        }

    def _said(self, names: Sequence[str] | Mapping[str, Any], level: str = "") -> dict[str, Any]:
        before = f"{level}-" if level else ""
        entered = {name: self.cleaned_data[before + name] for name in names}
        return entered | {name: entered[name] or "unknown" for name in ANSWERS if name in entered}

    def _when(self) -> datetime | None:
        """When it was asked: now, or the day that was typed in, at noon of the house's zone."""
        day = self.cleaned_data["checked_on"]
        if day is None or day == today():
            return None
        return datetime.combine(day, time(12), timezone.get_current_timezone())


def check_form(
    checks: Sequence[BenefitCheck],
    posted: Mapping[str, Any] | None = None,
    *,
    goes_on: BenefitCheck | None = None,
) -> CheckForm:
    """The form of a plan with these checks; it can begin with what one of them holds."""
    return CheckForm(
        posted,
        initial=_earlier(goes_on) if goes_on else {"how": CheckHow.PHONE},
        goes_on_from=[(one.pk, one.pk) for one in checks],
    )


def _earlier(check: BenefitCheck) -> dict[str, Any]:
    typed = {name: getattr(check, name) for name in (*OF_CALL, *OF_PLAN)}
    typed["goes_on_from"] = check.pk
    for one in check.levels.all():
        typed |= {f"{one.level}-{name}": getattr(one, name) for name in _of_level()}
    return typed
