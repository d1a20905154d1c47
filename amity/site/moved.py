"""Where a renamed record is found now, or the one that is meant by a number."""

from django.http import HttpRequest
from django.urls import reverse

from amity.record.removals import Moved


def address_now(request: HttpRequest, moved: Moved) -> str:
    """The address that was asked for, with the identifier that the record has now."""
    entry = moved.entry.moved_to
    if entry is None:
        raise TypeError(f"{moved.entry} has not moved")
    return address_with(request, entry.key)


def address_with(request: HttpRequest, key: str) -> str:
    """The address that was asked for, with another identifier."""
    asked = request.resolver_match
    if asked is None:
        raise TypeError(f"{request.path} leads nowhere")
    path = reverse(asked.view_name, kwargs={**asked.kwargs, "key": key})
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
