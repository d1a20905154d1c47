"""The sections of the public record, and which of them a page belongs to."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf, is_valid_path
from django.utils.translation import gettext_lazy as _
from jinja2 import pass_context
from jinja2.runtime import Context

from amity.foundation.pages.speaking import page_language

SECTIONS = (
    ("gatherings", _("Gatherings")),
    ("commitments", _("Commitments")),
    ("proposals", _("Proposals")),
    ("network", _("Network")),
    ("coverage", _("Coverage")),
    ("about", _("How to read")),
)
BELONGS_TO = {
    "figures": "commitments",
    "goals": "commitments",
    "themes": "commitments",
    "sessions": "gatherings",
    "contributions": "gatherings",
    "areas": "network",
    "organizations": "network",
    "persons": "network",
    "partnerships": "network",
    "agreements": "network",
    "series": "gatherings",
    "articles": "coverage",
    "differences": "coverage",
}
"""First step of an address below the language -> the section whose pages it leads to."""

SERVICES = (
    ("/{language}/feed.atom", _("Feed of changes (Atom)"), "application/atom+xml"),
    ("/{language}/gatherings/calendar.ics", _("Calendar of all gatherings"), "text/calendar"),
    ("/{language}/api/v1/docs", _("Data interface (API)"), "text/html"),
)
"""What the record offers to other programs."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the main navigation."""

    path: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Service:
    """One offer to programs: feed, calendar, API."""

    path: str
    label: str
    media_type: str


@pass_context
def sections(context: Context) -> tuple[Section, ...]:
    """The main navigation as seen from this page."""
    language = page_language()
    request = context.get("request")  # none where a part is made that all pages share
    here = request.path.split("/") if request else []
    first = here[2] if len(here) > 2 and here[1] == language else ""
    own = BELONGS_TO.get(first, first)
    return _sections(_urlconf(), language, own if own in dict(SECTIONS) else "")


def search_address() -> str:
    """Where one searches in the page's language; empty where this installation has no search."""
    return _if_there("search")


def dossiers_address() -> str:
    """Where all dossiers are listed in the page's language; empty where there are none."""
    return _if_there("dossiers")


def publisher() -> str:
    """Who answers for this installation; empty where nobody is named."""
    return settings.PUBLISHER


def imprint() -> str:
    """Address of the imprint; empty where there is none."""
    return settings.IMPRINT


def _if_there(name: str) -> str:
    path = f"/{page_language()}/{name}/"
    return path if _is_there(path, _urlconf()) else ""


@lru_cache(maxsize=64)
def _is_there(path: str, urlconf: str) -> bool:
    return bool(is_valid_path(path, urlconf))


def services() -> tuple[Service, ...]:
    """Feeds, calendar and API, as far as this installation has them."""
    return _services(_urlconf(), page_language())


def _urlconf() -> str:
    return get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=256)
def _sections(urlconf: str, language: str, own: str) -> tuple[Section, ...]:
    return tuple(
        Section(path, str(label), name == own)
        for name, label in SECTIONS
        if is_valid_path(path := f"/{language}/{name}/", urlconf)
    )


@lru_cache(maxsize=64)
def _services(urlconf: str, language: str) -> tuple[Service, ...]:
    return tuple(
        Service(path, str(label), media_type)
        for shape, label, media_type in SERVICES
        if is_valid_path(path := shape.format(language=language), urlconf)
    )
