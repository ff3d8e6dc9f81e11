"""Accepting an invitation."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from handrail.areas.organizations import services
from handrail.areas.organizations.errors import PasswordsDiffer
from handrail.core.access import Role
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.sentences import sentences


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Who is invited, where, as what; or that the link no longer works."""

    works: bool
    organization: str = ""
    name: str = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    signs_in_already: bool = False
    problem: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and take the place one was invited to."""
    problem = ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            if password != request.POST.get("again", password):
                raise PasswordsDiffer
            services.accept_invitation(token=token, password=password, at=clock.now())
        except Invalid as wrong:
            problem = sentences(wrong)
        else:
            messages.success(request, "Your place is ready. Sign in to begin.")
            return redirect("account_login")
    page = _page(token, problem)
    status = 200 if page.works and not problem else 400 if page.works else 410
    return render(request, "staff/organizations/join.jinja", {"page": page}, status=status)


def _page(token: str, problem: str) -> JoinPage:
    found = services.read_invitation(token, at=clock.now())
    if found is None:
        return JoinPage(works=False)
    invitation, known = found
    return JoinPage(
        works=True,
        organization=invitation.organization.name,
        name=invitation.name,
        email=invitation.email,
        roles=tuple(Role(one).words for one in invitation.roles),
        signs_in_already=known,
        problem=problem,
    )
