"""Addresses of the staff pages of audit."""

from django.urls import path

from handrail.web.staff.audit import views

urlpatterns = [
    path("staff/audit", views.review, name="audit"),
]
