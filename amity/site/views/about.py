"""How to read this record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amity.foundation.pages.public import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the marks, colours and states on the pages mean."""
    return render(request, "site/about.html", {})
