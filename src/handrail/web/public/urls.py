"""Addresses of the public pages."""

from django.urls import path

from handrail.web.public import (
    booking,
    calendar_file,
    check,
    check_first,
    not_safe,
    plan,
    programs,
    slide,
    three_sides,
    topics,
    views,
)
from handrail.web.public import share_code as giving
from handrail.web.public import wants_less as less
from handrail.web.public.lessons import views as lessons
from handrail.web.public.lessons import weekly

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("levels-of-care", views.levels, name="levels"),
    path("what-is-iop", views.iop, name="iop"),
    path("programs", programs.programs, name="programs"),
    path("programs/<uuid:program_id>/times", booking.times, name="book_times"),
    path("tonight", booking.tonight, name="tonight"),
    path("time/new/<str:token>", booking.book, name="book"),
    path("time/<str:token>", booking.booking, name="booking"),
    path("time/<str:token>/calendar", calendar_file.calendar_file, name="booking_calendar"),
    path("time/<str:token>/move", booking.move, name="booking_move"),
    path("time/<str:token>/cancel", booking.cancel, name="booking_cancel"),
    path("glossary", views.glossary_page, name="glossary"),
    path("they-want-less", less.want_less, name="less"),
    path("they-want-less/<slug:wish>", less.one_wish, name="less_of"),
    path("they-refuse-everything", less.refuse, name="refuse"),
    path("family-and-friends", lessons.course, name="lessons"),
    path("family-and-friends/<slug:slug>", lessons.lesson, name="lesson"),
    path("weekly", weekly.ask, name="weekly"),
    path("weekly/<str:token>", weekly.confirm, name="weekly_confirm"),
    path("weekly/<str:token>/stop", weekly.stop, name="weekly_stop"),
    path("page/<int:number>", weekly.by_number, name="page"),
    path("the-slide", slide.slide, name="slide"),
    path("about-what", topics.topics, name="topics"),
    path("about-what/<slug:key>", topics.topic, name="topic"),
    path("three-sides", three_sides.three_sides, name="three_sides"),
    path("what-it-costs", three_sides.costs, name="costs"),
    path("not-safe", not_safe.not_safe, name="not_safe"),
    path("not-safe/<slug:kind>", not_safe.one_danger, {"voice": "someone"}, name="danger"),
    path("not-safe/<slug:kind>/me", not_safe.one_danger, {"voice": "me"}, name="danger_me"),
    path("about", views.about, name="about"),
    path("robots.txt", views.robots, name="robots"),
    path("plan/<str:token>", plan.plan, name="plan"),
    path("check/", check.doors, name="check"),
    path("check/me", check.start, {"voice": "me"}, name="check_start_me"),
    path("check/someone", check.start, {"voice": "someone"}, name="check_start_someone"),
    path("check/question/<int:number>", check.question, name="check_question"),
    path("check/now", check.help_now, name="check_help"),
    path("check/first", check_first.first, name="check_first"),
    path("check/answers", check.answers, name="check_answers"),
    path("check/result", check.result, name="check_result"),
    path("check/want-less", check.want_less, name="check_want_less"),
    path("leave", check.leave, name="leave"),
    path("check/give", giving.give, name="check_give"),
    path("check/give/back", giving.take_back, name="check_give_back"),
    path("check/discard", check.discard, name="check_discard"),
    path("check/thrown-away", check.thrown_away, name="check_thrown_away"),
]
