"""What a template shows, as one frozen dataclass: its names are the dataclass's fields.

A room's dataclasses stand in its `contexts.py`. A view answers `show(request, CommitmentPage(…))`;
a part of a page that has a dataclass of its own is written `{{ draw(part) }}`. A test compares
the names that each template uses with the fields of its dataclass.
"""

from dataclasses import dataclass, fields
from typing import ClassVar, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from jinja2 import pass_context
from jinja2.runtime import Context as Rendering
from markupsafe import Markup


class Feed(NamedTuple):
    """A feed that follows a page."""

    title: str
    address: str
    media_type: str


class Whole(NamedTuple):
    """The body of records that a page belongs to: `title`, its own page, its primary key."""

    title: str
    address: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a template shows. Beside the fields it has `request` and the environment's words."""

    template: ClassVar[str]

    def names(self) -> dict[str, object]:
        """The fields by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class PageContext(Context):
    """What a whole page shows: the fields that `foundation/base.html` knows, and its own.

    `fictional`: it is about an invented example. `whole`: the body of records that it belongs to,
    if it is one record's. `feeds`: what follows it. `noindex`: search engines leave it out.
    """

    fictional: bool = False
    whole: Whole | None = None
    feeds: tuple[Feed, ...] = ()
    noindex: bool = False


def show(
    request: HttpRequest, context: Context, *, status: int = 200, content_type: str | None = None
) -> HttpResponse:
    """The answer that shows `context` in its template."""
    return render(
        request, context.template, context.names(), status=status, content_type=content_type
    )


@pass_context
def draw(rendering: Rendering, part: Context) -> Markup:
    """For templates: a part of the page, in its own template, with what the page itself knows.

    That is its request, and to which body of records it belongs and whether all of it is invented.
    """
    template = rendering.environment.get_template(part.template)
    of_the_page = {name: rendering.get(name) for name in ("request", "fictional", "whole")}
    words = template.render({**of_the_page, **part.names()})
    return Markup(words)  # noqa: S704 - escaped by the part's template
