"""What the pages of the desk can say: what records and kinds are called, and what was done."""

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from amity.desk.queries import name_of
from amity.desk.words.verbs import verb_words
from amity.foundation.pages.speaking import page_language
from amity.languages.negotiation import preferences
from amity.record import kinds


def install(environment: Environment) -> None:
    """Called once, when the environment is made."""
    environment.globals.update(called=called, plural_of=plural_of, verb_words=verb_words)


@pass_context
def called(context: Context, kind: str, key: str) -> str:
    """What a record is called in the page's language, for whoever is at the desk.

    Its key where it has no name, or is not there for them.
    """
    if not key:
        return ""
    if not kind:
        kind, _slash, key = key.partition("/")
    at_desk, register_key = context["request"].at_desk, f"{kind}:{key}"
    if register_key not in at_desk.names:
        at_desk.names[register_key] = name_of(at_desk.acting, register_key)
    name = at_desk.names[register_key]
    return name.best(preferences(page_language())).words if name else key


def plural_of(kind: str) -> str:
    """A kind as addresses write it; empty for any."""
    return kinds.get(kind).plural if kinds.known(kind) else ""
