"""Addresses of following by mail, within a language's prefix."""

from django.urls import path

from amity.following.views import follows

urlpatterns = [
    path("follow/<slug:kind>/<slug:key>/", follows.follow, name="follow"),
    path("following/confirm/<str:secret>/", follows.confirm, name="follow_confirm"),
    path("following/<str:secret>/", follows.following, name="following"),
]
