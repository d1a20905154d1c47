"""The environment of all pages: what a template can say without importing it.

A room adds its own words by having a module `jinja.py` with a function
`install(environment)`; it is called once, when the environment is made. That way a room above
can offer something to templates while this room keeps knowing nothing of it.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ParamSpec

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_urlconf
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup

from amity.foundation.dates import said, zones
from amity.foundation.formats.structured import Thing
from amity.foundation.pages import formatting, links, navigation
from amity.foundation.pages import public as pages
from amity.foundation.pages.context import draw
from amity.foundation.pages.speaking import page_language
from amity.foundation.words import typography

SCRIPT_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
Said = ParamSpec("Said")
POINT = re.compile(r'(?<=[}>"]) · (?=[{<"])')
"""A point between pieces of markup or expressions; those within messages are the translators’."""


class KeptToTheLine(Extension):
    """A point between two facts stands at the end of a line, and never begins one.

    Where a template puts it between pieces of markup, the space before it does not break.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template with such spaces."""
        return POINT.sub("\u00a0· ", source)


def environment(**options: Any) -> Environment:
    """Make the Jinja2 environment; `options` are those of Django's Jinja2 backend."""
    options["undefined"] = StrictUndefined
    options["auto_reload"] = settings.DEBUG
    options.setdefault("extensions", []).extend(["jinja2.ext.i18n", KeptToTheLine])
    made = Environment(  # noqa: S701 - Django's backend passes autoescape=True in the options
        trim_blocks=True, lstrip_blocks=True, **options
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined] # added by the i18n extension
        *(_kept(way) for way in (translation.gettext, translation.ngettext)),
        newstyle=True,
        pgettext=_kept(translation.pgettext),
        npgettext=_kept(translation.npgettext),
    )
    made.globals.update(gettext=gettext, _=gettext, the_same=_the_same(made))
    made.globals.update(
        alternates=links.alternates,
        as_table=links.as_table,
        canonical=links.canonical,
        number=formatting.number,
        search_address=navigation.search_address,
        dossiers_address=navigation.dossiers_address,
        publisher=navigation.publisher,
        imprint=navigation.imprint,
        sections=navigation.sections,
        services=navigation.services,
        draw=draw,
        json_ld=json_ld,
        at_venue=formatting.at_venue,
        offset_words=formatting.offset_words,
        zone_place=formatting.zone_place,
        shown_twice=zones.shown_twice,
        reading_zone=timezone.get_current_timezone_name,
        day_of=formatting.day_of,
        for_machines=said.for_machines,
        in_words=said.in_words,
        often=said.often,
        in_quotes=typography.in_quotes,
        within_quotes=typography.within_quotes,
        quotation_marks=typography.quotation_marks,
        labelled=labelled,
        semicolon=typography.semicolon,
        static=lru_cache(maxsize=512)(static),
        today=pages.today,
        language=translation.get_language,
        side_class=side_class,
        url=links.url,
        absolute=links.absolute,
        webcal=links.webcal,
        with_query=links.with_query,
    )
    made.filters.update(
        kept_to_the_line=kept_to_the_line, number=formatting.number, side_class=side_class
    )
    _install_marks(made)
    dates = macros(made, "foundation/dates.html")
    # A programme says the same few hundred times again and again, the same in every language.
    clock = lru_cache(maxsize=4096)(dates["clock"])
    made.globals.update(said=dates["said"], moment=dates["moment"], clock=clock)
    for config in apps.get_app_configs():
        _install(config.name, made)
    return made


def _install_marks(made: Environment) -> None:
    """Offer quotation marks, raised ordinals and unbroken spaces as the language sets them."""
    marks = macros(made, "foundation/typography.html")

    def raised(words: str) -> str:
        words = kept_to_the_line(words)
        cut = typography.raised(words)
        return marks["pieces"](cut) if cut else words

    def day(value: date, style: str = "long") -> str:
        return raised(formatting.day(value, style))

    def days(first: date, last: date | None = None) -> str:
        return raised(formatting.days(first, last))

    made.globals.update(quoted=marks["quoted"], raised=raised, day=day, days=days)
    made.filters.update(day=day)


def kept_to_the_line(words: str, language: str = "") -> str:
    """See `typography.kept_to_the_line`; in the page's language unless another is named.

    What a template has set already stays as it is, and marked as markup.
    """
    if isinstance(words, Markup):
        return words
    return typography.kept_to_the_line(str(words), language or page_language())


def labelled(label: str, words: str) -> str:
    """A label and what it stands for; what a template has set in either, as a raised ending, stays.

    See `typography.labelled`, which knows plain words alone.
    """
    if not (isinstance(label, Markup) or isinstance(words, Markup)):
        return typography.labelled(label, words)
    return Markup(typography.labelled("{label}", "{words}")).format(label=label, words=words)  # noqa: S704


def macros(made: Environment, template: str) -> Mapping[str, Callable[..., Markup]]:
    """The macros of a template by name, to be words of all templates without an import."""
    return vars(made.get_template(template).module)


def gettext(message: str, /, **variables: object) -> Markup:
    """The interface's words for `message` in the page's language, with `variables` put in.

    In place of the extension's own, which looks each up anew: a page says a hundred of them.
    """
    return _words(message, page_language()) % variables


@lru_cache(maxsize=4096)
def _words(message: str, _language: str) -> Markup:
    return Markup(_kept(translation.gettext)(message))  # noqa: S704 - the catalogs are our own


def _kept(translated: Callable[Said, str]) -> Callable[Said, str]:
    """A way to the catalogs whose words run on a page as they should."""

    def kept(*args: Said.args, **kwargs: Said.kwargs) -> str:
        return kept_to_the_line(translated(*args, **kwargs))

    return kept


def _the_same(made: Environment) -> Callable[[str], Markup]:
    """What gives templates that are the same on every page of a language, each made once."""

    @lru_cache(maxsize=64)
    def rendered(name: str, _language: str, _urlconf: str) -> Markup:
        return Markup(made.get_template(name).render())  # noqa: S704 - escaped by the template

    def the_same(name: str) -> Markup:
        return rendered(name, page_language(), get_urlconf() or settings.ROOT_URLCONF)

    return the_same


def _install(app: str, made: Environment) -> None:
    """Let the room `app` add its words, when it has any."""
    if app == "amity.foundation" or not find_spec(f"{app}.jinja"):
        return
    install = getattr(import_module(f"{app}.jinja"), "install", None)
    if install:
        install(made)


def side_class(position: int | None) -> str:
    """CSS class of the side at `position` in its partnership: `a`, `b`, or nothing."""
    return {1: "a", 2: "b"}.get(position or 0, "")


@pass_context
def json_ld(context: Context, data: Thing) -> Markup:
    """`data` as the text of a `<script type="application/ld+json">` block.

    What a fictional page is about says of itself that it is invented.
    """
    if context.get("fictional"):
        data = {**data, "disambiguatingDescription": translation.gettext("Fictional example.")}
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(words.translate(SCRIPT_ESCAPES))  # noqa: S704 - escaped in the line above
