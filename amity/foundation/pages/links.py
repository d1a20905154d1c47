"""Addresses: within the page's language, of the same page in others, and absolute ones."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language_from_path
from jinja2 import pass_context
from jinja2.runtime import Context

from amity.foundation.pages.speaking import page_language

STAND_IN = "0-0-stand-in-0-0"
"""A key no record has, put in the place of one to learn the shape of an address."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one of the interface's languages."""

    language: str
    name: str
    path: str
    current: bool


def url(name: str, **parts: str | int) -> str:
    """Address of the page called `name` (`room:page`) in the language of this page.

    A page prints hundreds of addresses that differ only in `key`; those come from a remembered
    shape. Raises NoReverseMatch for a name that does not exist.
    """
    if len(parts) == 1 and (key := parts.get("key")) is not None:
        before, after = _shape(settings.ROOT_URLCONF, _language(), name)
        return f"{before}{key}{after}"
    return reverse(name, kwargs=parts or None)


@lru_cache(maxsize=1024)
def _shape(urlconf: str, language: str, name: str) -> tuple[str, str]:
    before, _, after = reverse(name, urlconf=urlconf, kwargs={"key": STAND_IN}).partition(STAND_IN)
    return before, after


def _language() -> str:
    return page_language()


def absolute(path: str) -> str:
    """`path` with the public address of this installation before it."""
    return f"{settings.BASE_URL}{path}"


def addresses(name: str) -> Callable[[str], str]:
    """The absolute address by key of the page called `name`, for who prints hundreds of them."""
    before, after = _shape(settings.ROOT_URLCONF, _language(), name)
    beginning = absolute(before)
    return lambda key: f"{beginning}{key}{after}"


def webcal(path: str) -> str:
    """Address by which calendar programs follow what is at `path`."""
    return f"webcal:{absolute(path).partition(':')[2]}"


def in_language(path: str, language: str) -> str:
    """`path` of a page, moved to another language; "" gives the address that negotiates."""
    found = get_language_from_path(path)
    bare = path[len(found) + 1 :] if found else path
    return f"/{language}{bare}" if language else bare


def canonical_query(request: HttpRequest) -> str:
    """The part of the query that this page knows, in its one spelling, with `?`; or nothing."""
    page = getattr(request, "page", None)
    return f"?{page.query}" if page and page.query else ""


@pass_context
def alternates(context: Context) -> list[Alternate]:
    """The page in every language of the interface, in the order of the settings."""
    request: HttpRequest = context["request"]
    bare, query = in_language(request.path, ""), canonical_query(request)
    current = _language()
    return [
        Alternate(code, name, f"/{code}{bare}{query}", code == current)
        for code, name in settings.LANGUAGES
    ]


@pass_context
def canonical(context: Context, language: str | None = None) -> str:
    """Absolute address of this page; in `language` when given, "" for the one that negotiates."""
    request: HttpRequest = context["request"]
    path = request.path if language is None else in_language(request.path, language)
    return absolute(path + canonical_query(request))


def with_query(request: HttpRequest, **changes: str | int | None) -> str:
    """This page with some of its query changed; None takes a parameter out."""
    page = getattr(request, "page", None)
    values = dict(QueryDict(page.query).items()) if page else {}
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"{request.path}?{urlencode(values)}" if values else request.path


def as_table(request: HttpRequest, suffix: str) -> str:
    """The list on this page as csv or xlsx, with what was chosen and without pages."""
    path, mark, query = with_query(request, page=None).partition("?")
    return f"{path.rstrip('/')}.{suffix}{mark}{query}"
