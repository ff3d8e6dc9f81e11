"""Addresses of the staff pages of worklist."""

from django.urls import path

from handrail.web.staff.worklist import today

urlpatterns = [
    path("staff", today.today, name="today"),
]
