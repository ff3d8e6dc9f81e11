"""NUL is taken out of what is sent before any page sees it; nothing else is touched."""

from django.test import RequestFactory

from handrail.web.kit.typed import without_nul

SEEN = []
see = without_nul(SEEN.append)


def seen(request):
    see(request)
    return SEEN.pop()


def test_nul_is_taken_out_of_links_and_forms_and_of_names():
    asked = seen(RequestFactory().get("/?q=a%00b&q=c&n%00=1"))
    assert dict(asked.GET.lists()) == {"q": ["ab", "c"], "n": ["1"]}
    sent = seen(RequestFactory().post("/", {"text": ["a\x00b", "\x00"]}))
    assert sent.POST.getlist("text") == ["ab", ""]


def test_everything_else_stays_as_it_was_sent():
    request = RequestFactory().post("/?q=1", {"text": "two\r\nlines \u200b"})
    before = request.POST
    assert seen(request).POST is before
    assert before["text"] == "two\r\nlines \u200b"
