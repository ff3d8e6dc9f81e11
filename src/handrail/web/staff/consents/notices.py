"""The notice about confidentiality: its versions, publishing one, and who was given which."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.clients.services.entering import Mistaken
from handrail.areas.consents import services
from handrail.areas.consents.selectors.notice_versions import (
    HasNotice,
    NoticeVersion,
    notice_versions,
    who_has_which,
)
from handrail.core.access import Action, can_access
from handrail.data import consent_wording
from handrail.foundation import clock
from handrail.web.staff import saying
from handrail.web.staff.clients.forms import NOTHING, Filled, filled, with_problems
from handrail.web.staff.frame import Frame, frame
from handrail.web.staff.gate import staff
from handrail.web.staff.request import StaffRequest


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in words. `given_now` is the one that clients are given."""

    version: str
    made: str
    given: str
    paragraphs: tuple[str, ...]
    given_now: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone in care, the version they were given last, and when."""

    client_id: UUID
    name: str
    version: str
    given: str
    mark: str


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Versions, people, and the form for a new version."""

    frame: Frame
    versions: tuple[VersionLine, ...]
    people: tuple[PersonLine, ...]
    sees_people: bool
    may_change: bool
    form: Filled


@require_safe
@staff(Action.SEE_SETTINGS)
def notices(request: StaffRequest) -> HttpResponse:
    """The versions, and for those who read charts who was given which."""
    return _show(request, NOTHING)


@require_POST
@staff(Action.CHANGE_SETTINGS)
def notice_publish(request: StaffRequest) -> HttpResponse:
    """Publish a new version; from now on clients are given this one."""
    form = filled(request.POST, ("version", "text"), key="notice")
    try:
        made = services.publish_notice(
            version=form.value("version"),
            text=form.value("text"),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        return _show(request, with_problems(form, wrong.problems))
    messages.success(
        request, f"Version {made.version} is published. Clients are given it from now on."
    )
    return redirect("staff:notices")


def _show(request: StaffRequest, form: Filled) -> HttpResponse:
    actor, zone = request.actor, request.rules.zone
    found = notice_versions(by=actor)
    newest = found[0].version if found else consent_wording().notice.version
    sees_people = can_access(actor, Action.READ_CHART)
    people = who_has_which(by=actor) if sees_people else ()
    page = NoticesPage(
        frame=frame(request, "Notice", here="staff:organization"),
        versions=tuple(_version(one, zone, newest) for one in found) or (_shipped(),),
        people=tuple(_person(one, zone, newest) for one in people),
        sees_people=sees_people,
        may_change=can_access(actor, Action.CHANGE_SETTINGS),
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/consents/notices.jinja", {"page": page}, status=status)


def _version(one: NoticeVersion, zone: str, newest: str) -> VersionLine:
    given = f"Acknowledged {one.acknowledged}, given without a signature {one.unsigned}"
    made = f"{saying.moment(one.made_at, zone)} by {one.made_by}"
    paragraphs = tuple(one.text.split("\n\n"))
    return VersionLine(one.version, made, given, paragraphs, one.version == newest)


def _shipped() -> VersionLine:
    """The one that comes with the software, until an own one is published."""
    shipped = consent_wording().notice
    paragraphs = tuple(shipped.text.split("\n\n"))
    return VersionLine(shipped.version, "Comes with Handrail", "Given to nobody", paragraphs, True)


def _person(one: HasNotice, zone: str, newest: str) -> PersonLine:
    if one.given_at is None:
        return PersonLine(one.client_id, one.name, "None", "", "watch")
    how = f"not signed: {one.not_signed_why}" if one.not_signed_why else "acknowledged"
    given = f"{saying.moment(one.given_at, zone)}, {how}"
    mark = "ok" if one.version == newest else "wait"
    return PersonLine(one.client_id, one.name, one.version, given, mark)
