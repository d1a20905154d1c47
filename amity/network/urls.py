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
    path("network.csv", tables.partnerships.csv, name="network_csv"),
    path("network.xlsx", tables.partnerships.xlsx, name="network_xlsx"),
    path("areas.csv", tables.areas.csv, name="areas_csv"),
    path("areas.xlsx", tables.areas.xlsx, name="areas_xlsx"),
    path("organizations.csv", tables.organizations.csv, name="organizations_csv"),
    path("organizations.xlsx", tables.organizations.xlsx, name="organizations_xlsx"),
    path("persons.csv", tables.persons.csv, name="persons_csv"),
    path("persons.xlsx", tables.persons.xlsx, name="persons_xlsx"),
    path("agreements.csv", tables.agreements.csv, name="agreements_csv"),
    path("agreements.xlsx", tables.agreements.xlsx, name="agreements_xlsx"),
    path("areas/<slug:key>/", public.area, name="area"),
    path("organizations/<slug:key>/", public.organization, name="organization"),
    path("persons/<slug:key>/", public.person, name="person"),
    path("partnerships/<slug:key>/", public.partnership, name="partnership"),
    path("agreements/<slug:key>/", public.agreement, name="agreement"),
]
