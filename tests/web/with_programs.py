"""The site with a list of programs, whatever this installation has."""

from django.http import HttpResponse
from django.urls import include, path

from handrail.config.urls import handler404, handler500  # noqa: F401
from handrail.config.urls import urlpatterns as ours
from handrail.web.public.urls import urlpatterns as public

programs = path("programs", lambda request: HttpResponse("all of them"), name="programs")
urlpatterns = [path("", include(([programs, *public], "public"))), *ours]
