"""The Family & friends course: its list, and a page for each lesson. Nothing is asked or stored.

Which lessons are done is known to the reader's own browser alone (static/handrail/lessons.js).
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from handrail.data import lessons
from handrail.data.lessons import Lesson
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import language, plain_day, say

ADDRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "check": ("public:check_start_someone", {}),
    "danger": ("public:not_safe", {}),
    "iop": ("public:iop", {}),
    "less": ("public:less", {}),
    "levels": ("public:levels", {}),
    "overdose": ("public:danger", {"kind": "overdose"}),
    "programs": ("public:programs", {}),
    "refuse": ("public:refuse", {}),
    "suicide": ("public:danger", {"kind": "suicide"}),
    "violence": ("public:danger_me", {"kind": "violence"}),
    "withdrawal": ("public:danger", {"kind": "withdrawal"}),
}
"""The pages that a lesson may send its reader to, by the short name in its file."""


@dataclass(frozen=True, slots=True)
class CoursePage:
    """What the course is, and its lessons in order."""

    frame: Frame
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source in the list below a lesson, with the day it was read in words."""

    id: str
    cited: str
    read: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson, the course around it, and where its links lead."""

    frame: Frame
    lesson: Lesson
    course: tuple[Lesson, ...]
    next: Lesson | None
    sources: tuple[ShownSource, ...]
    addresses: dict[str, str]


@reading()
def course(request: HttpRequest) -> HttpResponse:
    """The course: eight lessons of ten minutes, in any order."""
    page = CoursePage(
        frame=frame(
            say("A course for family & friends"),
            say(
                "Eight short lessons for people who love someone with an addiction. Free, without "
                "an account: read, listen or print."
            ),
            here="public:lessons",
        ),
        lessons=lessons.course(language()),
    )
    return render(request, "public/lessons/course.jinja", {"page": page})


@reading()
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    """One lesson: a story, what to know, something to try, and the sources."""
    if slug not in lessons.SLUGS:
        raise Http404(f"no lesson is called {slug}")
    every, shown = lessons.course(language()), lessons.lesson(slug, language())
    page = LessonPage(
        frame=frame(
            say("{lesson} · Family & friends", lesson=shown.title),
            shown.lead,
            here="public:lessons",
        ),
        lesson=shown,
        course=every,
        next=every[shown.number] if shown.number < len(every) else None,
        sources=tuple(ShownSource(one.id, one.cited, plain_day(one.read)) for one in shown.sources),
        addresses={name: reverse(to, kwargs=kwargs) for name, (to, kwargs) in ADDRESSES.items()},
    )
    return render(request, "public/lessons/lesson.jinja", {"page": page})
