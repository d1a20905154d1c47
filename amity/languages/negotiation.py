"""Which of the interface's languages a reader gets, and which versions of a text to try for it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

LONGEST_HEADER = 500
FORMER_CODES = {"in": "id"}
"""Indonesian was `in` until 1989 and some phones still say so."""
BRIDGE = "en"
"""A reader without a version in their own language gets this one before the original."""


def choose(header: str, offered: Sequence[str], default: str) -> str:
    """The offered language an Accept-Language `header` likes best (RFC 4647, lookup).

    Languages liked equally come in the header's order; nothing that fits gives `default`.
    """
    liked = []
    for place, item in enumerate(header[:LONGEST_HEADER].split(",")):
        tag, _, parameter = item.partition(";")
        weight = _weight(parameter)
        if weight > 0 and (found := _lookup(tag.strip().lower(), offered)):
            liked.append((-weight, place, found))
    return min(liked)[2] if liked else default


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(float(value), 1.0)
    except ValueError:
        return 0.0


def _lookup(tag: str, offered: Sequence[str]) -> str | None:
    primary = tag.partition("-")[0]
    primary = FORMER_CODES.get(primary, primary)
    return primary if primary in offered else None


def preferences(language: str) -> tuple[str, ...]:
    """Languages to try for a text on a page in `language`; after them comes the original.

    This follows from the page alone and not from the reader's browser, so that one address shows
    everybody the same page.
    """
    return (language,) if language == BRIDGE else (language, BRIDGE)


def start(request: HttpRequest) -> HttpResponse:
    """The address without a language: on to the front page in the reader's language."""
    offered = [code for code, _name in settings.LANGUAGES]
    header = request.headers.get("Accept-Language", "")
    language = choose(header, offered, settings.LANGUAGE_CODE)
    return HttpResponseRedirect(
        f"/{language}/", headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    )
