"""Addresses of the staff pages of worklist."""

from django.urls import path

from handrail.web.staff.worklist import today, views

urlpatterns = [
    path("staff", today.today, name="today"),
    path("staff/due/change/", views.change, name="due_change"),
]
