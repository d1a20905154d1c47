"""Each template shows one frozen dataclass: the names it uses are the dataclass's fields."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.template import engines
from jinja2 import Environment, meta, nodes

import amity
from amity.foundation.pages.context import Context, PageContext
from tests.rooms import PACKAGE

ALWAYS_THERE = {"request", "csrf_input"}
"""What Django gives every template."""
THEIRS = ("account/", "mfa/", "socialaccount/", "usersessions/", "429.html")
"""Templates that django-allauth's views fill with names of their own."""


def environment() -> Environment:
    made: Environment = engines["pages"].env
    return made


def templates() -> set[str]:
    """All templates, as they are named."""
    return {
        str(path.relative_to(folder))
        for folder in PACKAGE.glob("*/templates")
        for path in folder.rglob("*.html")
    }


def parsed(name: str) -> nodes.Template:
    loader = environment().loader
    assert loader is not None
    return environment().parse(loader.get_source(environment(), name)[0])


def referred(name: str) -> set[str]:
    """Templates that `name` extends, includes or imports."""
    found = meta.find_referenced_templates(parsed(name))
    return {one for one in found if one is not None}


def names(name: str) -> set[str]:
    """What `name` and all that it refers to ask of its context."""
    tree = parsed(name)
    asked = set(meta.find_undeclared_variables(tree)) - made_by(tree)
    for other in referred(name):
        asked |= names(other)
    return asked - ALWAYS_THERE


def made_by(tree: nodes.Template) -> set[str]:
    """Names that a template sets or imports; Jinja2 takes those of a branch for undeclared."""
    stored = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    taken = {
        name if isinstance(name, str) else name[1]
        for one in tree.find_all(nodes.FromImport)
        for name in one.names
    }
    return stored | taken | {one.target for one in tree.find_all(nodes.Import)}


def contexts() -> Iterator[type[Context]]:
    """All dataclasses of templates, those that are only bases left out."""
    for module in pkgutil.walk_packages(amity.__path__, "amity."):
        if module.name.rpartition(".")[2] in ("contexts", "sections", "errors", "wording"):
            importlib.import_module(module.name)
    waiting = [Context]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if isinstance(getattr(one, "template", None), str):
            yield one


CONTEXTS = sorted(contexts(), key=lambda one: one.template)


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda one: one.template)
def test_a_template_uses_the_fields_of_its_dataclass_and_nothing_else(
    context: type[Context],
) -> None:
    own = {field.name for field in dataclasses.fields(context)}
    assert names(context.template) == own


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda one: one.template)
def test_what_a_template_shows_is_frozen_and_explained(context: type[Context]) -> None:
    assert context.__dataclass_params__.frozen  # type: ignore[attr-defined] # of every dataclass
    assert context.__doc__
    assert not context.__doc__.startswith(f"{context.__name__}(")
    of_the_frame = {field.name for field in dataclasses.fields(PageContext)}
    own = [one.name for one in dataclasses.fields(context) if one.name not in of_the_frame]
    explained = " ".join(base.__doc__ or "" for base in context.__mro__)
    assert [name for name in own if f"`{name}`" not in explained] == []


def test_every_template_has_one_dataclass_or_is_part_of_another() -> None:
    own = [context.template for context in CONTEXTS]
    assert sorted(set(own)) == sorted(own)
    parts = {part for name in templates() for part in referred(name)} | SHARED
    ours = {name for name in templates() if not name.startswith(THEIRS)}
    assert ours - set(own) - parts == set()
    assert set(own) & parts == set()


SHARED = {
    "foundation/assets.html",
    "foundation/dates.html",
    "foundation/foot.html",
    "foundation/typography.html",
    "languages/texts.html",
}
"""Parts that ask for nothing: made once per language, or macros that all templates have."""


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_all_pages_share_asks_for_nothing(name: str) -> None:
    assert names(name) == set()
