"""Addresses of what was published, within a language's prefix."""

from django.urls import path

from .views import public, tables

app_name = "sources"

urlpatterns = [
    path("coverage/", public.coverage, name="coverage"),
    path("coverage.csv", tables.articles.csv, name="coverage_csv"),
    path("coverage.xlsx", tables.articles.xlsx, name="coverage_xlsx"),
    path("articles/<slug:key>/", public.article, name="article"),
    path("differences/", public.differences, name="differences"),
]
