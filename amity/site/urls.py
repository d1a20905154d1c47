"""Root of all addresses: what has a language stands below its prefix, the rest beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from amity.accounts.urls import without_language
from amity.desk.urls import for_everybody
from amity.languages.negotiation import start
from amity.site.api.root import api
from amity.site.views import health, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", require_safe(start), name="start"),
    path("api/v1/", api.urls),
    path("media/", include("amity.record.urls")),
    *without_language,
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemaps/pages.xml", sitemaps.general, name="sitemap_of_pages"),
    path("sitemaps/<slug:kind>-<int:number>.xml", sitemaps.records, name="sitemap"),
    *i18n_patterns(
        path("", include("amity.site.pages")),
        path("", include("amity.gatherings.urls")),
        path("", include("amity.delegations.urls")),
        path("", include("amity.followup.urls")),
        path("", include("amity.network.urls")),
        path("", include("amity.sources.urls")),
        path("", include("amity.accounts.urls")),
        path("", include("amity.journeys.urls")),
        path("", include("amity.collecting.urls")),
        path("", include("amity.turns.urls")),
        path("", include("amity.following.urls")),
        path("", include("amity.health.urls")),
        path("", include("amity.webhooks.urls")),
        path("", include(for_everybody)),
        path("", include("amity.tokens.urls")),
        path("desk/", include("amity.desk.urls")),
    ),
]

handler400 = "amity.foundation.pages.errors.bad_request"
handler403 = "amity.foundation.pages.errors.forbidden"
handler404 = "amity.site.views.gone.not_found"
handler500 = "amity.foundation.pages.errors.broken"
