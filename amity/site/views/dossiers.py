"""The dossiers of the record: what each is about, who keeps it, where errors are reported."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.jinja import plain
from amity.record.models import Dossier
from amity.site.contexts import DossierPage, DossiersPage
from amity.site.queries.dossiers import dossier_or_404, holdings, kept_dossiers

ATOM = "application/atom+xml"


@public_page
def dossiers(request: PageRequest) -> HttpResponse:
    """All dossiers with what they are about."""
    return show(request, DossiersPage(dossiers=kept_dossiers(request.page)))


@public_page
def dossier(request: PageRequest, key: str) -> HttpResponse:
    """One dossier: its summary, its keeper, what is in it."""
    kept = dossier_or_404(request.page, key)
    title = _("%(title)s: what changed") % {"title": plain(kept.dossier.title)}
    feed = Feed(title, absolute(f"{url('site:feed')}?dossier={key}"), ATOM)
    return show(
        request,
        DossierPage(
            kept=kept,
            holdings=holdings(kept.dossier),
            report=report_to(kept.dossier),
            fictional=kept.dossier.fictional,
            feeds=(feed,),
        ),
    )


def report_to(dossier: Dossier) -> str:
    """Where an error in a dossier is reported: a page, or a letter begun; empty for nowhere."""
    contact = settings.CONTACT
    if "@" not in contact or "/" in contact:
        return contact
    subject = _("An error in the dossier %(title)s") % {"title": plain(dossier.title)}
    return f"mailto:{contact}?subject={quote(subject)}"
