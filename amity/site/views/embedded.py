"""Small pages and pictures for other sites: without script or cookie, of what is public."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amity.followup.choices import Completion, state_label
from amity.foundation.pages.context import show
from amity.foundation.pages.formatting import number
from amity.foundation.pages.headers import POLICY
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.words.typography import labelled
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.titles import invented_mark
from amity.site.contexts import Badge, EmbeddedPage
from amity.site.queries.embedded import Embedded, embedded_or_404

FRAMED = POLICY.replace("script-src 'self'", "script-src 'none'").replace(
    "frame-ancestors 'none'", "frame-ancestors *"
)
"""Any site may show the box in a frame; nothing in it runs."""


@public_page
def embed(request: PageRequest, kind: str, key: str) -> HttpResponse:
    """The box that another site shows in a frame."""
    found = embedded_or_404(kind, key, request.page.today)
    page = EmbeddedPage(
        found=found,
        address=absolute(kinds.entry_url(kind, key) or ""),
        fictional=found.entry.dossier.fictional,
    )
    response = show(request, page)
    response["Content-Security-Policy"] = FRAMED
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page
def badge(request: PageRequest, kind: str, key: str) -> HttpResponse:
    """The same in one line, as a picture."""
    found = embedded_or_404(kind, key, request.page.today)
    entry = found.entry
    invented = entry.dossier.fictional
    words = _in_a_line(found) + (invented_mark() if invented else "")
    picture = Badge(title=plain(entry.title), words=words, wide=_width(words))
    response = show(request, picture, content_type="image/svg+xml")
    response["X-Robots-Tag"] = "noindex"
    return response


def _in_a_line(found: Embedded) -> str:
    commitment = found.commitment
    if commitment is not None:
        return state_label(commitment.joint_completion or commitment.joint_state)
    kept = dict(found.by_state).get(Completion.COMPLETE, 0)
    counted = labelled(_("Commitments"), number(found.total))
    of_them = labelled(pgettext("of commitments", "kept"), number(kept))
    return f"{counted} · {of_them}"


def _width(words: str) -> int:
    """About how wide words are in the badge's letters; the picture sets them to exactly that."""
    return 16 + 7 * len(words)
