"""Every address of the site, by who it is for."""

from django.urls import include, path

from handrail.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("handrail.web.public.urls")),
]
