"""Addresses of the staff pages: each slice brings its own, in a module named `urls`."""

from django.urls import include, path

from handrail.foundation.seams import submodules
from handrail.web import staff
from handrail.web.kit import idle, reauthenticate
from handrail.web.staff import demo_clock, hand_back

app_name = "staff"

urlpatterns = [
    path("staff/again", reauthenticate.again, name="again"),
    path("staff/hand-back", hand_back.hand_back, name="hand_back"),
    path("staff/demo-clock", demo_clock.move, name="demo_clock"),
    path("staff/idle", idle.left, name="idle"),
    path("staff/stay", idle.stay, name="stay"),
    # No address may hide another, since their order is the alphabet's: a test asks every one.
    *(path("", include(one)) for one in submodules(staff, "urls")),
]
