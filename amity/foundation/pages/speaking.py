"""The language of the page that is being made.

Django keeps the active language where threads and coroutines both find it, and looks it up anew
for every word; a long page asks thousands of times. While a public page is made, its language
does not change, so it is kept here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import translation

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def page_language() -> str:
    """Code of the language that is spoken now."""
    return _spoken.get() or translation.get_language() or settings.LANGUAGE_CODE


@contextmanager
def speaking_one_language() -> Iterator[None]:
    """Hold on to the active language; nothing inside may activate another."""
    token = _spoken.set(translation.get_language())
    try:
        yield
    finally:
        _spoken.reset(token)
