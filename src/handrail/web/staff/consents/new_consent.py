"""Preparing a consent: one form for each kind, with what the law asks of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.consents import services
from handrail.areas.consents.services.consents import LONGEST_NAME
from handrail.core.access import Action
from handrail.core.consents import (
    CARE_CLASSES,
    EVERYTHING,
    ConsentKind,
    Content,
    Named,
    Purpose,
    RecipientKind,
)
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.consents import words

ROWS = 3
"""How many recipients one form takes by name."""
ENDS = "When I end care here, or when I take it back"
"""How the single consent usually ends."""


def _who(label: str = "Who") -> forms.Choice:
    return forms.Choice(label, read=RecipientKind, required=False)


def _name(label: str = "Name", **more: Any) -> forms.Text:
    return forms.Text(label, max_length=LONGEST_NAME, required=False, **more)


class NewConsentForm(forms.Form):
    """A consent of one kind; a page shows the fields that this kind has."""

    key = "consent"
    asked_alone = forms.Yes("I asked the client alone, and they want it")
    classes = forms.Many(
        "As classes, without names",
        [(one, Named(one).words[0].upper() + Named(one).words[1:]) for one in CARE_CLASSES],
        read=RecipientKind,
        required=False,
        initial=CARE_CLASSES,
    )
    contact = forms.Row("Family member or friend", required=False)
    intermediary = _name(
        "Name of the intermediary", help_text="For example a health information exchange"
    )
    everyone = forms.Yes("Through it: everyone who treats the client")
    members = forms.Text("Or its members by name, one on each line", lines=4, required=False)
    names = forms.Text(
        "By name, one on each line",
        lines=4,
        required=False,
        help_text="For example: County drug court, Judge Ames; J. Ortiz, probation",
    )
    not_before = forms.Day(
        "Can be taken back from (empty: at any time)",
        required=False,
        help_text="Only where a court relies on it, and never beyond the end of the matter",
    )
    to_0, name_0 = _who(), _name()
    to_1, name_1 = _who("And who"), _name()
    to_2, name_2 = _who("And who"), _name()
    contents = forms.Many(
        "Only what is marked may be told", words.CONTENTS, read=Content, required=False
    )
    purposes = forms.Many(
        "None marked: at the client’s own request", words.PURPOSES, read=Purpose, required=False
    )
    expires_date = forms.Day("Last day", required=False)
    expires_when = _name("Or the event that ends it, or that there is none")
    kind = ConsentKind.CARE

    def arguments(self) -> dict[str, Any]:
        """What a consent of this kind says of it."""
        entered = self.cleaned_data
        own = ("purposes", "expires_date", "expires_when", "not_before", "asked_alone")
        return {name: entered[name] for name in own} | {
            "kind": self.kind,
            "recipients": _NAMED[self.kind](entered),
            "contents": _contents(self.kind, entered),
        }

    def refuse(self, wrong: Invalid) -> None:
        """Until when is said beside the first of its two fields."""
        for one in wrong.errors:
            if one.field == "expires":
                one.at("expires_date")
        super().refuse(wrong)

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The recipients by name, each with who they are."""
        return ((self[f"to_{i}"], self[f"name_{i}"]) for i in range(ROWS))


@dataclass(frozen=True, slots=True)
class NewConsentPage:
    """The form of one kind of consent."""

    chart: ChartFrame
    kind: ConsentKind
    about: str
    form: NewConsentForm

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_CONSENT)
def consent_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Prepare a consent of the kind in the address, then hand the device over for signing."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = ConsentKind(asked) if asked in set(ConsentKind) else ConsentKind.CARE
    chart = chart_frame(request, client_id, "staff:chart_consents")
    form = _form(kind, chart, request.POST if request.method == "POST" else None)
    by, at = request.actor, clock.now()
    if form.submit(services.prepare_consent, client_id=client_id, by=by, at=at):
        return redirect("staff:consent", consent_id=form.result.pk)
    page = NewConsentPage(chart, kind, words.FOR[kind], form)
    return render(request, "staff/consents/new.jinja", {"page": page}, status=form.status)


def _form(kind: ConsentKind, chart: ChartFrame, posted: Any) -> NewConsentForm:
    care = kind is ConsentKind.CARE
    form = NewConsentForm(
        posted,
        initial={"expires_when": ENDS} if care else {"expires_date": _in_a_year(chart.today)},
        contact=[
            (one.contact_id, f"{one.name}, {one.relationship.lower()}") for one in chart.contacts
        ],
        to_0=_offered(kind),
        to_1=_offered(kind),
        to_2=_offered(kind),
    )
    form.kind = kind
    form.fields["asked_alone"].label = f"I asked {chart.name} alone, and they want it"
    return form


def _offered(kind: ConsentKind) -> words.Choices:
    if kind is ConsentKind.LEGAL_PROCEEDING:
        return tuple((one.value, one.words) for one in RecipientKind if one in kind.recipients)
    return words.BY_NAME


def _in_a_year(today: date) -> date:
    return today.replace(year=today.year + 1, day=min(today.day, 28))


# ---- what was chosen ---------------------------------------------------------------------------

Entered = Mapping[str, Any]


def _contents(kind: ConsentKind, entered: Entered) -> frozenset[Content]:
    if kind is ConsentKind.CARE:
        return EVERYTHING
    return kind.contents if kind is ConsentKind.COUNSELING_NOTES else frozenset(entered["contents"])


def _classes(entered: Entered) -> list[Named]:
    return [Named(one) for one in CARE_CLASSES if one in entered["classes"]]


def _rows(entered: Entered) -> list[Named]:
    typed = ((entered[f"to_{i}"], entered[f"name_{i}"]) for i in range(ROWS))
    return [Named(to or RecipientKind.OTHER, name) for to, name in typed if name]


def _contact(entered: Entered) -> list[Named]:
    key = entered["contact"]
    return [Named(RecipientKind.CONTACT, "", str(key))] if key else []


def _through(entered: Entered) -> list[Named]:
    treats = RecipientKind.TREATING_PROVIDER
    named = [Named(RecipientKind.INTERMEDIARY, entered["intermediary"])]
    if entered["everyone"]:
        return [*named, Named(treats, "", through=True)]
    return [*named, *(Named(treats, one, through=True) for one in _lines(entered["members"]))]


def _courts(entered: Entered) -> list[Named]:
    return [Named(RecipientKind.COURT_OR_SUPERVISION, one) for one in _lines(entered["names"])]


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


_NAMED: dict[ConsentKind, Callable[[Entered], list[Named]]] = {
    ConsentKind.CARE: _classes,
    ConsentKind.NAMED: _rows,
    ConsentKind.FAMILY: _contact,
    ConsentKind.INTERMEDIARY: _through,
    ConsentKind.CRIMINAL_JUSTICE: _courts,
    ConsentKind.LEGAL_PROCEEDING: _rows,
    ConsentKind.COUNSELING_NOTES: _rows,
}
