"""The site with one more address under /staff, whose view nobody wrapped."""

from django.http import HttpResponse
from django.urls import path

from handrail.config.urls import urlpatterns as ours

urlpatterns = [*ours, path("staff/bare", lambda request: HttpResponse("everything"))]
