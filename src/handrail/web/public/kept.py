"""Pages to read are made once and given again until something on them changes.

Nothing of a person stands on such a page, so one copy serves everybody, signed in or not. It is
given before a session or the database is asked, with a tag (ETag): a browser that has the page
already gets "304, unchanged". `docs/decisions/0044` says what a copy holds on.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

MOST = 400
"""How many copies one process holds: every page in two languages, and searches of the day."""
LONGEST = 300
"""Addresses longer than this many characters are made anew each time."""

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
Answer = Callable[[HttpRequest], HttpResponse]
Version = Callable[[], Hashable]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a page was made from: it holds while the version is the same."""

    version: Version
    was: Hashable

    def holds(self) -> bool:
        """Whether the page would be the same if it were made now."""
        return self.version() == self.was


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was made, its tag, and what it was made from."""

    body: bytes
    tag: str
    content_type: str
    basis: Basis

    def given_to(self, request: HttpRequest) -> HttpResponse:
        """The page, or "304, unchanged" for a browser that has it."""
        answer = HttpResponse(self.body, content_type=self.content_type)
        answer.headers["Content-Length"] = str(len(self.body))
        # Kept by the browser and asked about each time: a changed page shows at once.
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["ETag"] = self.tag
        return get_conditional_response(request, etag=self.tag, response=answer) or answer


def site_version() -> Hashable:
    """What every page carries around its own words: who runs this installation."""
    return repr((settings.HANDRAIL_RUN_BY, settings.HANDRAIL_RUN_BY_IN))


def reading(version: Version = site_version) -> Callable[[View[Rest]], View[Rest]]:
    """Make a view a page to read: the same for everyone who asks for its address.

    `version` is asked at every look and has to be cheap; another one makes the page anew.
    """

    def wrap(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Rest.args, **more: Rest.kwargs) -> HttpResponse:
            # Before the page is made: a change meanwhile makes the copy old, never wrong.
            basis = Basis(version, version())
            answer = view(request, *args, **more)
            vars(answer)["basis"] = basis
            return answer

        return require_safe(wrapped)  # type: ignore[return-value]  # the first name is positional

    return wrap


def keep_pages(get_response: Answer) -> Answer:
    """Middleware: give the copy of a page to read; make and keep one where there is none."""
    copies: dict[str, Copy] = {}

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        address = request.get_full_path()
        copy = copies.get(address)
        if copy is not None and copy.basis.holds():
            return copy.given_to(request)
        made = get_response(request)
        basis = getattr(made, "basis", None)
        if basis is None or made.status_code != 200 or len(address) > LONGEST:
            return made
        if len(copies) >= MOST:
            copies.clear()  # searches fill it; what is asked for often is soon there again
        tag = f'"{sha256(made.content).hexdigest()[:32]}"'
        copy = copies[address] = Copy(made.content, tag, made.headers["Content-Type"], basis)
        # A page that also ends a session (idle sign-out) has to say so to that browser.
        return made if made.cookies else copy.given_to(request)

    return answer
