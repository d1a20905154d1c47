"""What templates say about texts: the version for the reader, marked where it is not theirs.

`t(text)` in running text, `prose(text)` for paragraphs, `plain(text)` for titles and attributes,
`versions(text)` for "see the original".
"""

from django.utils.translation import gettext as _
from jinja2 import Environment
from markupsafe import Markup, escape

from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.negotiation import preferences
from amity.languages.text import Shown, Text


def install(environment: Environment) -> None:
    """Give the templates their words; called by `amity.foundation.jinja`."""
    environment.globals.update(
        t=t,
        plain=plain,
        prose=prose,
        versions=versions,
        language_name=language_name,
    )
    environment.filters.update(t=t, plain=plain, prose=prose)


def t(text: Text | None) -> Markup:
    """The best version of `text`, with `lang` and `dir` and a mark when it is not the reader's."""
    if text is None:
        return Markup("")
    own = text.simply(page_language())
    if own is not None:
        return escape(own)  # what nearly every text on a page is
    shown, language = _best(text)
    return _in_its_language(shown, language, escape(shown.words)) + _mark(shown, language)


def plain(text: Text | None) -> str:
    """The words alone of the best version of `text`."""
    if text is None:
        return ""
    own = text.simply(page_language())
    return _best(text)[0].words if own is None else own


def prose(text: Text | None) -> Markup:
    """The best version of `text` as paragraphs, divided at blank lines."""
    if text is None:
        return Markup("")
    shown, language = _best(text)
    parts = [part.strip() for part in shown.words.split("\n\n") if part.strip()]
    body = Markup("").join(
        Markup("<p>{}</p>").format(_in_its_language(shown, language, escape(part)))
        for part in parts
    )
    mark = _mark(shown, language)
    return body + Markup("<p>{}</p>").format(mark) if mark else body


def versions(text: Text | None) -> Markup:
    """A fold with the original of `text` and its other versions; nothing when there is but one."""
    if text is None or len(text.versions) < 2:
        return Markup("")
    shown, _language = _best(text)
    order = sorted(text.versions, key=lambda tag: (tag != text.original, tag))
    rows = Markup("").join(
        Markup('<dt>{}</dt><dd lang="{}">{}</dd>').format(
            _described(text, tag), tag, text.versions[tag].words
        )
        for tag in order
        if tag != shown.tag
    )
    title = (
        _("See the other versions")
        if shown.tag == text.original
        else _("See the original (%(language)s) and other versions")
        % {"language": language_name(text.original)}
    )
    return Markup('<details class="versions"><summary>{}</summary><dl>{}</dl></details>').format(
        title, rows
    )


def language_name(tag: str) -> str:
    """What the page's language calls the language `tag`."""
    return codes.display_name(tag, page_language())


def _best(text: Text) -> tuple[Shown, str]:
    language = page_language()
    return text.best(preferences(language)), language


def _in_its_language(shown: Shown, language: str, words: Markup) -> Markup:
    if shown.tag == language:
        return words
    return Markup('<span lang="{}" dir="{}">{}</span>').format(shown.lang, shown.dir, words)


def _mark(shown: Shown, language: str) -> Markup:
    """The mark after a version that is not simply the reader's own."""
    marks = []
    if codes.base(shown.tag) != language:
        marks.append(
            (
                language_name(shown.tag),
                _("There is no version of this text in your language yet."),
            )
        )
    if shown.machine_unreviewed:
        marks.append((_("machine translation"), _("No person has reviewed this translation yet.")))
    if shown.stale:
        marks.append(
            (_("outdated translation"), _("What it was translated from has changed since."))
        )
    return Markup("").join(
        Markup(' <span class="mark-version" title="{}">{}</span>').format(reason, label)
        for label, reason in marks
    )


def _described(text: Text, tag: str) -> str:
    name = language_name(tag)
    return _("%(language)s, the original") % {"language": name} if tag == text.original else name
