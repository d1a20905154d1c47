"""Addresses of closing an edition: at the desk, and its report."""

from django.urls import path

from amity.journeys.views import desk

urlpatterns = [
    path("desk/gatherings/<slug:key>/closing/", desk.closing, name="desk_closing"),
    path("desk/gatherings/<slug:key>/closing/close/", desk.close, name="desk_close"),
    path("desk/gatherings/<slug:key>/closing/reopen/", desk.reopen, name="desk_reopen"),
    path("desk/gatherings/<slug:key>/closing/confirm/", desk.confirm, name="desk_closing_confirm"),
]
