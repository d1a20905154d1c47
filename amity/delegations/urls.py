"""Addresses of those whom the sides send to a gathering."""

from django.urls import path

from .views import tables

app_name = "delegations"

urlpatterns = [
    path("gatherings/<slug:key>/delegates.csv", tables.delegates.csv, name="delegates_csv"),
    path("gatherings/<slug:key>/delegates.xlsx", tables.delegates.xlsx, name="delegates_xlsx"),
]
