"""Search for programs: what the search page finds, with the same words and the same rights."""

from django.http import HttpResponse

from amity.foundation.pages.filters import WholeField
from amity.foundation.pages.links import absolute, in_language
from amity.foundation.pages.public import PageRequest, public_page
from amity.record.search.reading import Found, search
from amity.site.forms import AskedFilters
from amity.site.found import Result, results

from .answering import as_json
from .records import Json

LARGEST = 200
USUAL = 20


class SearchList(AskedFilters):
    """What a program looks for."""

    limit = WholeField(
        least=1, most=LARGEST, default=USUAL, help_text="How many records to give at most."
    )


@public_page(SearchList)
def show_found(request: PageRequest, filters: SearchList) -> HttpResponse:
    """The best of what is found."""
    found = search(filters.query, narrowed=filters.narrowed())
    some = results(found, 0, filters.cleaned_data["limit"])
    data = {**_of_all(found), "items": [_one(one) for one in some]}
    return as_json(data)


def _of_all(found: Found) -> Json:
    return {
        "count": found.count,
        "more": found.more,
        "partly": found.partly,
        "instead": found.instead or None,
    }


def _one(result: Result) -> Json:
    said = result.others[0] if result.others else None
    return {
        "kind": result.entry.kind,
        "id": result.entry.key,
        "title": {tag: one.words for tag, one in result.entry.title.versions.items()},
        "page": absolute(in_language(result.address, "")) if result.address else None,
        "year": result.year,
        "dossier": result.entry.dossier.key,
        "fictional": result.fictional,
        "guessed": result.guessed,
        "called": result.called or None,
        "snippet": {"lang": said.tag, "words": said.said.words} if said else None,
    }


def schema() -> Json:
    """What an answer looks like."""
    text: Json = {"type": "string"}
    nothing: Json = {"type": "null"}
    item: Json = {
        "type": "object",
        "required": ["kind", "id", "title", "page", "year", "dossier", "fictional", "guessed"],
        "properties": {
            "kind": text,
            "id": text,
            "title": {
                "type": "object",
                "description": "Every version by its language, the original first.",
                "additionalProperties": text,
            },
            "page": {"anyOf": [{"type": "string", "format": "uri"}, nothing]},
            "year": {"anyOf": [{"type": "integer"}, nothing]},
            "dossier": text,
            "fictional": {"type": "boolean"},
            "guessed": {
                "type": "boolean",
                "description": "Found only by taking a word for mistyped.",
            },
            "called": {"description": "Another name that holds it.", "anyOf": [text, nothing]},
            "snippet": {
                "description": "A piece of a text or of another version of the title.",
                "anyOf": [
                    {"type": "object", "properties": {"lang": text, "words": text}},
                    nothing,
                ],
            },
        },
    }
    return {
        "type": "object",
        "required": ["items", "count", "more", "partly", "instead"],
        "properties": {
            "items": {"type": "array", "items": item},
            "count": {"type": "integer"},
            "more": {
                "type": "boolean",
                "description": "Whether there are more than were counted.",
            },
            "partly": {
                "type": "boolean",
                "description": "Whether no record has all words, and these have some.",
            },
            "instead": {
                "description": "Words that were looked for instead of mistyped ones.",
                "anyOf": [text, nothing],
            },
        },
    }
