"""Every address of the site, by who it is for."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from handrail.config.health import healthz
from handrail.config.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    *i18n_patterns(path("", include("handrail.web.public.urls")), prefix_default_language=False),
    path("", include("handrail.web.sign_in.urls")),
    path("", include("handrail.web.staff.urls")),
]

handler400 = "handrail.web.public.views.bad_request"
handler403 = "handrail.web.public.views.refused"
handler404 = "handrail.web.public.views.not_found"
handler500 = "handrail.config.trouble.server_error"
