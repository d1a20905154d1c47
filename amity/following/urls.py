"""Addresses of what is followed: by mail, as a feed, in a calendar; within a language's prefix."""

from django.urls import path

from amity.following.choices import DEADLINES_OF, FOLLOWABLE
from amity.following.views import feeds, follows

urlpatterns = [
    path("follow/<slug:kind>/<slug:key>/", follows.follow, name="follow"),
    path("following/confirm/<str:secret>/", follows.confirm, name="follow_confirm"),
    path("following/<str:secret>/", follows.following, name="following"),
    *(
        path(f"{begin}/<slug:key>/feed.atom", feeds.feed, {"kind": kind}, name=f"{kind}_feed")
        for kind, begin in FOLLOWABLE.items()
    ),
    *(
        path(
            f"{FOLLOWABLE[kind]}/<slug:key>/deadlines.ics",
            feeds.deadlines,
            {"kind": kind},
            name=f"{kind}_deadlines",
        )
        for kind in DEADLINES_OF
    ),
]
