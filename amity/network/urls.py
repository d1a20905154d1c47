"""Addresses of the network, within a language's prefix."""

from django.urls import path

from .views import lists, public, tables

app_name = "network"

urlpatterns = [
    path("network/", lists.network, name="network"),
    path("areas/", lists.areas, name="areas"),
    path("organizations/", lists.organizations, name="organizations"),
    path("persons/", lists.persons, name="persons"),
    path("agreements/", lists.agreements, name="agreements"),
    path("network.csv", tables.partnerships, name="network_csv"),
    path("areas.csv", tables.areas, name="areas_csv"),
    path("organizations.csv", tables.organizations, name="organizations_csv"),
    path("persons.csv", tables.persons, name="persons_csv"),
    path("agreements.csv", tables.agreements, name="agreements_csv"),
    path("areas/<slug:key>/", public.area, name="area"),
    path("organizations/<slug:key>/", public.organization, name="organization"),
    path("persons/<slug:key>/", public.person, name="person"),
    path("partnerships/<slug:key>/", public.partnership, name="partnership"),
    path("agreements/<slug:key>/", public.agreement, name="agreement"),
]
