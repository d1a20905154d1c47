"""Addresses of the pages that belong to the record as a whole, within a language's prefix."""

from django.urls import path

from amity.site.views import about, api_docs, dossiers, embedded, figures, home, search

app_name = "site"

urlpatterns = [
    path("", home.home, name="home"),
    path("feed.atom", home.feed, name="feed"),
    path("changes/", home.list_changes, name="changes"),
    path("changes/<slug:moment>/", home.change, name="change"),
    path("search/", search.search_page, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("search/feed.atom", search.search_feed, name="search_feed"),
    path("search/opensearch.xml", search.opensearch, name="opensearch"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/<slug:key>/", dossiers.dossier, name="dossier"),
    path("figures/", figures.figures_page, name="figures"),
    path("embed/<slug:kind>/<slug:key>/", embedded.embed, name="embed"),
    path("badge/<slug:kind>/<slug:key>.svg", embedded.badge, name="badge"),
    path("about/", about.about, name="about"),
    path("api/v1/docs", api_docs.docs, name="api"),
]
