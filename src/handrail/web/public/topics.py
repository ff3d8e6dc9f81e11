"""Short pages by substance, and for some people: what it looks like, what helps, the first step."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.data import read_table
from handrail.data.wording import Source
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import language, say, sources


@dataclass(frozen=True, slots=True)
class Topic:
    """One substance or group of people, in a few lines; `cites` are the ids of its sources."""

    key: str
    name: str
    lead: str
    looks: tuple[str, ...]
    helps: tuple[str, ...]
    stopping: str
    first: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """The list of the short pages."""

    frame: Frame
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One short page, with its sources and the others to go on to."""

    frame: Frame
    topic: Topic
    others: tuple[Topic, ...]
    sources: tuple[Source, ...]


@reading()
def topics(request: HttpRequest) -> HttpResponse:
    """The list of the short pages."""
    page = TopicsPage(
        frame=frame(
            say("What is it about?"), say("Short pages by substance, and for some people.")
        ),
        topics=_topics(),
    )
    return render(request, "public/topics.jinja", {"page": page})


@reading()
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One substance or group of people: what it looks like, what helps, the first step."""
    found = next((one for one in _topics() if one.key == key), None)
    if found is None:
        raise Http404(f"no page about {key}")
    page = TopicPage(
        frame=frame(found.name, found.lead),
        topic=found,
        others=tuple(one for one in _topics() if one.key != key),
        sources=tuple(one for one in sources("topics") if one.id in found.cites),
    )
    return render(request, "public/topic.jinja", {"page": page})


def _topics() -> tuple[Topic, ...]:
    rows = read_table("pages/topics.toml", language())["topic"]
    lists = ("looks", "helps", "cites")
    return tuple(Topic(**(row | {key: tuple(row[key]) for key in lists})) for row in rows)
