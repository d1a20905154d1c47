"""The language in which a request is answered: that of its address, or of whoever asks."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from amity.languages.negotiation import choose

UNSPOKEN = frozenset({200, 206, 304})
"""Answers which, at an address without a language, are the same whoever asks."""


class ReadersLanguage(LocaleMiddleware):
    """Django's, without its cookie, and silent about pages that speak no language.

    A picture, a site map or the API is the same for everybody: only the way on from an address
    without a language, and what is said of an error, follow `Accept-Language`.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of the address, or the one that is liked best."""
        offered = [code for code, _name in settings.LANGUAGES]
        liked = request.headers.get("Accept-Language", "")
        language = translation.get_language_from_path(request.path_info) or choose(
            liked, offered, settings.LANGUAGE_CODE
        )
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Lead on to the language, and say which was spoken, where one was."""
        spoken = translation.get_language_from_path(request.path_info)
        if spoken is None and response.status_code in UNSPOKEN:
            return response
        return super().process_response(request, response)
