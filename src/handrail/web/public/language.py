"""The language of a page follows from its address alone: /es/levels-of-care is Spanish.

No cookie and no header of the browser decides: an address that is shared shows the same words to
whoever opens it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url

from handrail.data.languages import ENGLISH, LANGUAGES
from handrail.web.public.words import language, speaking

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in the other language: its address, language code, and name."""

    address: str
    code: str
    words: str


def by_address(get_response: Answer) -> Answer:
    """Middleware: while a page is made, its language is the one its address begins with."""

    def answer(request: HttpRequest) -> HttpResponse:
        code = request.path_info.partition("/")[2].partition("/")[0]
        with speaking(code if code in LANGUAGES else ENGLISH):
            return get_response(request)

    return answer


def other_language(request: HttpRequest) -> Switch:
    """The same page, at the same place, in the other language."""
    code = next(one for one in LANGUAGES if one != language())
    to = settings.LANGUAGE_CODE if code == ENGLISH else code
    here = request.get_full_path()
    address = translate_url(here, to)
    if address == here:  # a page that is nowhere: a wrong address
        address = "/" if code == ENGLISH else f"/{code}/"
    return Switch(address=address, code=code, words=LANGUAGES[code])
