"""Where a renamed record is found now."""

from django.http import HttpRequest
from django.urls import reverse

from amity.record.removals import Moved


def address_now(request: HttpRequest, moved: Moved) -> str:
    """The address that was asked for, with the identifier that the record has now."""
    asked, entry = request.resolver_match, moved.entry.moved_to
    if asked is None or entry is None:
        raise TypeError(f"{moved.entry} has not moved")
    path = reverse(asked.view_name, kwargs={**asked.kwargs, "key": entry.key})
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
