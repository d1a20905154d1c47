"""Titles where there is no markup, with the mark of what is invented."""

from django.utils.translation import gettext as _

from amity.languages.jinja import plain
from amity.languages.text import Text


def titled(title: Text, *, invented: bool, language: str = "") -> str:
    """A title where there is no markup, with the mark of what is invented.

    `language`: the page's, as in `plain`.
    """
    words = plain(title, language)
    return words + invented_mark() if invented else words


def invented_mark() -> str:
    """What stands after a title without markup where the thing is invented."""
    mark = _("fictional")
    return f" ({mark})"
