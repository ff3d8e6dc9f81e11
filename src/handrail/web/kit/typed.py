"""What is typed anywhere, before any page sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

Answer = Callable[[HttpRequest], HttpResponse]


def without_nul(get_response: Answer) -> Answer:
    """Middleware: take the NUL character out of everything that was sent.

    No keyboard makes it, no database column holds it, and one of it ends a request with an error,
    also on its way into the trail. So it is taken out here, once, for every form and link.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and _holds_nul(request.POST):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return answer


def _holds_nul(sent: QueryDict) -> bool:
    return any("\x00" in text for name, texts in sent.lists() for text in (name, *map(str, texts)))


def _cleaned(sent: QueryDict) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, texts in sent.lists():
        made.setlist(_plain(name), [_plain(str(text)) for text in texts])
    made._mutable = False
    return made


def _plain(text: str) -> str:
    return text.replace("\x00", "")
