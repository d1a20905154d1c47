"""Addresses of the desk, below `/<language>/desk/`."""

from django.urls import path

from amity.desk.views import start

urlpatterns = [
    path("", start.start, name="desk"),
]
