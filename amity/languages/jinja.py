"""What templates say about texts: the version for the reader, marked where it is not theirs.

`t(text)` in running text, `prose(text)` for paragraphs, `plain(text)` for titles and attributes,
`versions(text)` for "see the original". What they look like stands in `languages/texts.html`.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from jinja2 import Environment
from markupsafe import Markup, escape

from amity.foundation.jinja import macros
from amity.foundation.pages.speaking import page_language
from amity.foundation.words.typography import kept_to_the_line, raised
from amity.languages import codes
from amity.languages.negotiation import preferences
from amity.languages.text import Shown, Text

SMALL = frozenset({"vi"})
"""Languages that write tiếng Việt, where Unicode CLDR gives it a capital for lists."""


def install(environment: Environment) -> None:
    """Give the templates their words; called by `amity.foundation.jinja`."""
    environment.globals.update(
        best=best,
        language_name=language_name,
        marks_of=marks_of,
        other_versions=other_versions,
        paragraphs=paragraphs,
        plain=plain,
        versions_title=versions_title,
    )
    environment.filters.update(plain=plain)
    texts = macros(environment, "languages/texts.html")
    pieces = macros(environment, "foundation/typography.html")["pieces"]

    def t(text: Text | None) -> Markup:
        """The best version of a text in running text; marked when it is not the reader's own."""
        if text is None:
            return Markup("")
        language = page_language()
        own = text.simply(language)
        if own is not None:
            own = kept_to_the_line(own, language)
            cut = raised(own)
            return pieces(cut) if cut else escape(own)  # what nearly every text on a page is
        return texts["marked"](best(text))

    environment.globals.update(t=t, prose=texts["prose"], versions=texts["versions"])
    environment.filters.update(t=t, prose=texts["prose"])


def plain(text: Text | None, language: str = "") -> str:
    """The words alone of the best version of `text`.

    `language`: the page's, given by who asks for thousands of texts.
    """
    if text is None:
        return ""
    own = text.simply(language or page_language())
    return best(text).words if own is None else own


def best(text: Text) -> Shown:
    """The version of `text` for the reader of the page."""
    return text.best(preferences(page_language()))


def paragraphs(words: str) -> list[str]:
    """What stands between blank lines."""
    return [part.strip() for part in words.split("\n\n") if part.strip()]


def marks_of(shown: Shown) -> Iterator[tuple[str, str]]:
    """Label and reason of each mark of a version that is not simply the reader's own."""
    if codes.base(shown.tag) != page_language():
        yield (
            language_name(shown.tag),
            _("There is no version of this text in your language yet."),
        )
    if shown.machine_unreviewed:
        yield _("machine translation"), _("No person has reviewed this translation yet.")
    if shown.stale:
        yield _("outdated translation"), _("What it was translated from has changed since.")


def versions_title(text: Text) -> str:
    """What there is to see beside the version that is shown."""
    if best(text).tag == text.original:
        return _("See the other versions")
    original = {"language": language_name(text.original)}
    return _("Other versions of this text (first written in %(language)s)") % original


def other_versions(text: Text) -> Iterator[tuple[str, str, str]]:
    """Tag, label and words of each version that is not shown, the original first."""
    shown = best(text)
    for tag in sorted(text.versions, key=lambda tag: (tag != text.original, tag)):
        if tag != shown.tag:
            yield tag, _described(text, tag), text.versions[tag].words


def language_name(tag: str) -> str:
    """What the page's language calls the language `tag`, as it stands within a line.

    Where the name alone is a country's, the catalog puts a word to it: bahasa Prancis.
    """
    name = codes.display_name(tag, page_language())
    if page_language() in SMALL:
        name = name[:1].lower() + name[1:]
    return pgettext("a language within a line", "%(name)s") % {"name": name}


def _described(text: Text, tag: str) -> str:
    name = language_name(tag)
    return _("%(language)s, written first") % {"language": name} if tag == text.original else name
