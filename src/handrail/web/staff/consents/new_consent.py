"""Preparing a consent: one form for each kind, with what the law asks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.consents import services
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
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import (
    NOTHING,
    Filled,
    filled,
    problems_of,
    some_day,
    with_problems,
)
from handrail.web.staff.consents import words

ROWS = 3
"""How many recipients one form takes by name."""
ENDS = "When I end care here, or when I take it back"
"""How the single consent usually ends."""

_FIELDS = (
    "contact", "members", "everyone", "intermediary", "names", "expires_date", "expires_when",
    "not_before", "asked_alone",
    *(f"{part}_{i}" for i in range(ROWS) for part in ("to", "name")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewConsentPage:
    """The form of one kind of consent."""

    chart: ChartFrame
    kind: str
    title: str
    about: str
    contacts: words.Choices
    contents: words.Choices
    purposes: words.Choices
    by_name: words.Choices
    classes: words.Choices
    rows: tuple[int, ...]
    expires_date: str
    expires_when: str
    form: Filled

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_CONSENT)
def consent_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Prepare a consent of the kind in the address, then hand the device over for signing."""
    kind = _kind(request.POST.get("kind") or request.GET.get("kind", ""))
    if request.method != "POST":
        return _show(request, client_id, kind, NOTHING)
    form = filled(request.POST, _FIELDS, several=("contents", "purposes", "classes"))
    try:
        made = services.prepare_consent(
            client_id=client_id,
            kind=kind,
            recipients=_NAMED[kind](form),
            contents=_contents(kind, form),
            purposes=[Purpose(one) for one in form.chosen["purposes"] if one in set(Purpose)],
            expires_date=some_day(form, "expires_date"),
            expires_when=form.value("expires_when"),
            not_before=some_day(form, "not_before"),
            asked_alone=bool(form.value("asked_alone")),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return _show(request, client_id, kind, with_problems(form, problems_of(wrong)))
    return redirect("staff:consent", consent_id=made.pk)


def _show(request: StaffRequest, client_id: UUID, kind: ConsentKind, form: Filled) -> HttpResponse:
    framed = chart_frame(request, client_id, "staff:chart_consents")
    fresh = form is NOTHING
    page = NewConsentPage(
        chart=framed,
        kind=kind.value,
        title=kind.words,
        about=words.FOR[kind],
        contacts=tuple(
            (str(one.contact_id), f"{one.name}, {one.relationship.lower()}")
            for one in framed.contacts
        ),
        contents=words.CONTENTS,
        purposes=words.PURPOSES,
        by_name=_offered(kind),
        classes=tuple((one.value, Named(one).words) for one in CARE_CLASSES),
        rows=tuple(range(ROWS)),
        expires_date=_in_a_year(framed.today) if fresh and kind != ConsentKind.CARE else "",
        expires_when=ENDS if fresh and kind == ConsentKind.CARE else "",
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/consents/new.jinja", {"page": page}, status=status)


def _kind(text: str) -> ConsentKind:
    return ConsentKind(text) if text in set(ConsentKind) else ConsentKind.CARE


def _offered(kind: ConsentKind) -> words.Choices:
    if kind is ConsentKind.LEGAL_PROCEEDING:
        return tuple((one.value, one.words) for one in RecipientKind if one in kind.recipients)
    return words.BY_NAME


def _in_a_year(today: date) -> str:
    later = today.replace(year=today.year + 1, day=min(today.day, 28))
    return filters.plain_day(later)


# ---- what was chosen ---------------------------------------------------------------------------


def _contents(kind: ConsentKind, form: Filled) -> frozenset[Content]:
    if kind is ConsentKind.CARE:
        return EVERYTHING
    if kind is ConsentKind.COUNSELING_NOTES:
        return kind.contents
    return frozenset(Content(one) for one in form.chosen["contents"] if one in set(Content))


def _classes(form: Filled) -> list[Named]:
    return [Named(one) for one in CARE_CLASSES if form.has("classes", one.value)]


def _rows(form: Filled) -> list[Named]:
    typed = [(form.value(f"to_{i}"), form.value(f"name_{i}").strip()) for i in range(ROWS)]
    known = set(RecipientKind)
    return [
        Named(RecipientKind(to) if to in known else RecipientKind.OTHER, name)
        for to, name in typed
        if name
    ]


def _contact(form: Filled) -> list[Named]:
    key = form.value("contact")
    return [Named(RecipientKind.CONTACT, "", key)] if _is_key(key) else []


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _through(form: Filled) -> list[Named]:
    treats = RecipientKind.TREATING_PROVIDER
    named = [Named(RecipientKind.INTERMEDIARY, form.value("intermediary").strip())]
    if form.value("everyone"):
        return [*named, Named(treats, "", through=True)]
    return [*named, *(Named(treats, one, through=True) for one in _lines(form, "members"))]


def _courts(form: Filled) -> list[Named]:
    return [Named(RecipientKind.COURT_OR_SUPERVISION, one) for one in _lines(form, "names")]


def _lines(form: Filled, name: str) -> list[str]:
    return [one.strip() for one in form.value(name).splitlines() if one.strip()]


_NAMED: dict[ConsentKind, Callable[[Filled], list[Named]]] = {
    ConsentKind.CARE: _classes,
    ConsentKind.NAMED: _rows,
    ConsentKind.FAMILY: _contact,
    ConsentKind.INTERMEDIARY: _through,
    ConsentKind.CRIMINAL_JUSTICE: _courts,
    ConsentKind.LEGAL_PROCEEDING: _rows,
    ConsentKind.COUNSELING_NOTES: _rows,
}
