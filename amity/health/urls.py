"""Addresses of the health of partnerships, within a language's prefix."""

from django.urls import path

from amity.health.views import desk

urlpatterns = [path("desk/partnerships/health/", desk.health, name="desk_health")]
