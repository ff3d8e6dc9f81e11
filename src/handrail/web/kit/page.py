"""What every staff page carries around its own content: the bar, the menu, notices."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from handrail.core.access import Action, Actor, can_access
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.request import StaffRequest

WARN_SECONDS = 120
"""How long before idle sign-out the page offers to stay."""
STEPS = ((15, "in 15 minutes"), (60, "in 1 hour"), (180, "in 3 hours"))
"""How far the demo's clock can be moved on at once, in minutes."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the bar or of the menu behind the name: its address name and its words."""

    page: str
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a staff page's own content. `here` is the menu entry the page is.

    `person` and `organization_id` say whose page it is: nobody else may go on with it.
    """

    title: str
    here: str
    name: str
    person: str
    email: str
    organization: str
    organization_id: str
    bar: tuple[MenuEntry, ...]
    menu: tuple[MenuEntry, ...]
    notices: tuple[str, ...]
    idle_seconds: int
    warn_seconds: int = WARN_SECONDS
    demo_time: str = ""
    demo_steps: tuple[tuple[int, str], ...] = ()


_BAR = (
    (Action.SEE_TODAY, MenuEntry("staff:today", "Today")),
    (Action.SEE_INQUIRIES, MenuEntry("staff:inquiries", "Inquiries")),
    (Action.FIND_CLIENTS, MenuEntry("staff:clients", "Clients")),
    (Action.SEE_GROUPS, MenuEntry("staff:groups", "Groups")),
)
_MENU = (
    (Action.BOOK_SCREENING, MenuEntry("staff:slots", "Screening times")),
    (Action.SEE_OUTREACH, MenuEntry("staff:outreach", "Outreach")),
    (Action.READ_CHART, MenuEntry("staff:expected_back", "Expected back")),
    (Action.CO_SIGN_NOTE, MenuEntry("staff:notes_to_sign", "Notes to co-sign")),
    (Action.SEE_COVERAGE, MenuEntry("staff:coverage", "Coverage")),
    (Action.SEE_COVERAGE, MenuEntry("staff:fees", "Payers and fees")),
    (Action.SEE_PLACEMENT_REPORT, MenuEntry("staff:placement_report", "Placement report")),
    (Action.SEE_PEOPLE, MenuEntry("staff:people", "People")),
    (Action.SEE_SETTINGS, MenuEntry("staff:organization", "Organization")),
    (Action.REVIEW_AUDIT, MenuEntry("staff:audit", "Audit review")),
)
_MENU_FOR_ALL = (
    MenuEntry("mfa_index", "Security"),
    MenuEntry("staff:switch", "Switch organization"),
)


def frame(request: StaffRequest, title: str, *, here: str = "") -> Frame:
    """The frame of a page for the person who is signed in."""
    actor: Actor = request.actor
    allowed = tuple(entry for action, entry in _MENU if can_access(actor, action))
    return Frame(
        title=title,
        here=here,
        name=actor.name,
        person=actor.id,
        email=request.user.email,
        organization=request.organization_name,
        organization_id=str(actor.organization_id),
        bar=tuple(entry for action, entry in _BAR if can_access(actor, action)),
        menu=allowed + _MENU_FOR_ALL,
        notices=_notices(request),
        idle_seconds=request.rules.idle_minutes * 60,
        # The demo's own clock; empty anywhere else.
        demo_time=filters.long_moment(clock.now(), request.rules.zone) if settings.DEMO else "",
        demo_steps=STEPS if settings.DEMO else (),
    )


def show(
    request: StaffRequest,
    template: str,
    title: str,
    *,
    here: str = "",
    status: int = 200,
    **content: object,
) -> HttpResponse:
    """A staff page: its frame, and what its template draws by name."""
    page = {"frame": frame(request, title, here=here)}
    return render(request, template, {"page": page, **content}, status=status)


def _notices(request: StaffRequest) -> tuple[str, ...]:
    """What was done, said once. A form that is only looked at, behind the page, takes none away:
    it may be answered after the form was sent for good.
    """
    if request.POST.get("do") == "look":
        return ()
    return tuple(str(one) for one in messages.get_messages(request))
