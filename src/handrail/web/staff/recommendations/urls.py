"""Addresses of the staff pages of recommendations."""

from django.urls import path

from handrail.web.staff.recommendations import views

urlpatterns = [
    path(
        "staff/clients/<uuid:client_id>/level/new/",
        views.recommendation_new,
        name="recommendation_new",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/",
        views.recommendation,
        name="recommendation",
    ),
    path(
        "staff/clients/<uuid:client_id>/level/<uuid:recommendation_id>/void/",
        views.recommendation_void,
        name="recommendation_void",
    ),
]
