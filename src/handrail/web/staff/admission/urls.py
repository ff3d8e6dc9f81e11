"""Addresses of the staff pages of admission."""

from django.urls import path

from handrail.web.staff.admission import views

urlpatterns = [
    path("staff/clients/<uuid:client_id>/admit/", views.admit, name="admit"),
    path(
        "staff/first-contacts/<uuid:first_contact_id>/",
        views.log_first_contact,
        name="log_first_contact",
    ),
]
