"""What was promised and what became of it, as pictures with their tables."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.listing import options
from amity.record.lists.forms import DossierFilters
from amity.record.queries import counted_where, dossiers_at_hand
from amity.site.contexts import FiguresPage
from amity.site.queries.figures import Became, figures


@public_page(DossierFilters)
def figures_page(request: PageRequest, filters: DossierFilters) -> HttpResponse:
    """The figures of one dossier, or of all real ones."""
    chosen = filters.dossiers_wanted()
    wanted = counted_where(request.page, chosen)
    dossiers = dossiers_at_hand(request.page)
    if len(dossiers) > 1:
        filters.offer("dossier", options((one.key, one.title) for one in dossiers))
    invented = {one.key for one in dossiers if one.fictional}
    return show(
        request,
        FiguresPage(
            found=figures(wanted),
            became=tuple(Became),
            filters=filters,
            without_invented=bool(invented) and wanted.real,
            fictional=wanted.key in invented or (not wanted.real and not wanted.key),
        ),
    )
