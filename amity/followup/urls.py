"""Addresses of proposals and commitments, within a language's prefix."""

from django.urls import path

from .views import calendars, public, subjects, tables

app_name = "followup"

urlpatterns = [
    path("commitments/", public.commitments, name="commitments"),
    path("commitments.csv", tables.commitments.csv, name="commitments_csv"),
    path("commitments.xlsx", tables.commitments.xlsx, name="commitments_xlsx"),
    path("commitments/feed.atom", public.commitments_feed, name="commitments_feed"),
    path("commitments/deadlines.ics", calendars.deadlines, name="deadlines"),
    path("commitments/<slug:key>/", public.commitment, name="commitment"),
    path("proposals/", public.proposals, name="proposals"),
    path("proposals.csv", tables.proposals.csv, name="proposals_csv"),
    path("proposals.xlsx", tables.proposals.xlsx, name="proposals_xlsx"),
    path("proposals/<slug:key>/", public.proposal, name="proposal"),
    path("themes/", subjects.overview, name="subjects"),
    path("themes.csv", subjects.tables.csv, name="subjects_csv"),
    path("themes.xlsx", subjects.tables.xlsx, name="subjects_xlsx"),
    path("themes/<slug:key>/", subjects.theme, name="theme"),
    path("themes/<slug:key>.csv", subjects.tables.csv, name="theme_csv"),
    path("themes/<slug:key>.xlsx", subjects.tables.xlsx, name="theme_xlsx"),
    path("goals/<int:number>/", subjects.goal, name="goal"),
    path("goals/<int:number>.csv", subjects.tables.csv, name="goal_csv"),
    path("goals/<int:number>.xlsx", subjects.tables.xlsx, name="goal_xlsx"),
]
