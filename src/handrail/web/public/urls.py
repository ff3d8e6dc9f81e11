"""Addresses of the public pages."""

from django.urls import path

from handrail.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("levels-of-care", views.levels, name="levels"),
    path("what-is-iop", views.iop, name="iop"),
    path("glossary", views.glossary_page, name="glossary"),
    path("about", views.about, name="about"),
]
