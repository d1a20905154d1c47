"""Addresses of the pages that belong to the record as a whole, within a language's prefix."""

from django.urls import path

from amity.site.views import about, home

app_name = "site"

urlpatterns = [
    path("", home.home, name="home"),
    path("feed.atom", home.feed, name="feed"),
    path("about/", about.about, name="about"),
]
