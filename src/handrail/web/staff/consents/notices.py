"""The notice about confidentiality: its versions, publishing one, and who was given which."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.consents.selectors.notice_versions import notice_versions, who_has_which
from handrail.areas.consents.services import notices as services
from handrail.core.access import Action, can_access
from handrail.data import consent_wording
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.kit.access import staff
from handrail.web.kit.page import show
from handrail.web.kit.request import StaffRequest


class NoticeForm(forms.Form):
    """A new version of the notice."""

    key = "notice"
    version = forms.Text(
        "Name of the version",
        max_length=services.LONGEST_VERSION,
        help_text="For example: January 2027",
        missing="Give the version a name.",
    )
    text = forms.Text(
        "Text",
        lines=8,
        max_length=services.LONGEST_NOTICE,
        help_text=(
            "A blank line begins a paragraph. Have counsel read it first. It must say what the law "
            "asks for: what may be told without a consent and what not, how to take a consent "
            "back, how to complain."
        ),
        missing="Write the notice.",
    )


@require_safe
@staff(Action.SEE_SETTINGS)
def notices(request: StaffRequest) -> HttpResponse:
    """The versions, and for those who read charts who was given which."""
    return _show(request, NoticeForm())


@require_POST
@staff(Action.CHANGE_SETTINGS)
def notice_publish(request: StaffRequest) -> HttpResponse:
    """Publish a new version; from now on clients are given this one."""
    form = NoticeForm(request.POST)
    if not form.submit(services.publish_notice, by=request.actor, at=clock.now()):
        return _show(request, form)
    version = form.result.version
    messages.success(request, f"Version {version} is published. Clients are given it from now on.")
    return redirect("staff:notices")


def _show(request: StaffRequest, form: NoticeForm) -> HttpResponse:
    actor, shipped = request.actor, consent_wording().notice
    versions = notice_versions(by=actor)
    return show(
        request,
        "staff/consents/notices.jinja",
        "Notice",
        here="staff:organization",
        status=form.status,
        form=form,
        versions=versions,
        shipped=shipped,
        given_now=versions[0].version if versions else shipped.version,
        people=who_has_which(by=actor) if can_access(actor, Action.READ_CHART) else (),
    )
