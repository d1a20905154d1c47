"""Addresses of gatherings and their programmes, within a language's prefix."""

from django.urls import path

from .views import calendars, cards, public, tables

app_name = "gatherings"

urlpatterns = [
    path("gatherings/", public.gatherings, name="gatherings"),
    path("gatherings.csv", tables.gatherings.csv, name="gatherings_csv"),
    path("gatherings.xlsx", tables.gatherings.xlsx, name="gatherings_xlsx"),
    path("gatherings/calendar.ics", calendars.all_gatherings, name="calendar_of_all"),
    path("gatherings/<slug:key>/", public.gathering, name="gathering"),
    path("gatherings/<slug:key>/programme/", public.programme, name="programme"),
    path("gatherings/<slug:key>/people/", public.people, name="people"),
    path("gatherings/<slug:key>/calendar.ics", calendars.gathering, name="calendar"),
    path("gatherings/<slug:key>/card.png", cards.gathering, name="card"),
    path("series/<slug:key>/", public.series, name="series"),
    path("sessions/<slug:key>/", public.session, name="session"),
    path("sessions/<slug:key>/calendar.ics", calendars.session, name="session_calendar"),
    path("contributions/<slug:key>/", public.contribution, name="contribution"),
    path(
        "contributions/<slug:key>/calendar.ics",
        calendars.contribution,
        name="contribution_calendar",
    ),
]
