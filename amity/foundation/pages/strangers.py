"""Pages with forms for people who are not signed in.

No cookie is read or set, so there is none that another site could use. Who may act by such a page
is said by its address alone, which therefore goes nowhere else.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]


def for_strangers(view: View) -> View:
    """A page that is kept nowhere and tells no other site where somebody came from."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
        response = view(request, **named)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(answer)


def by_link(view: View) -> View:
    """A page for whoever has its link: kept nowhere, told to nobody, named in no index."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
        response = view(request, **named)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return for_strangers(answer)
