"""Root of all addresses of the demonstration: those of the record, and ways in for newcomers."""

from amity.site import urls
from amity.site.serving import newcomers

urlpatterns = [*newcomers.urlpatterns, *urls.urlpatterns]

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
