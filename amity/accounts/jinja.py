"""What the pages of those who are signed in can say: who it is, for which office, what was done."""

import json
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.contrib.messages.constants import WARNING
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from amity.accounts import identity
from amity.accounts.browsers import browser_name
from amity.accounts.models import User
from amity.accounts.queries import needs_second_factor
from amity.accounts.recovering import is_typed_kept
from amity.accounts.signed_in import AtDesk, signed_in_with_second_factor, who_is_at_desk
from amity.foundation.jinja import SCRIPT_ESCAPES
from amity.foundation.pages.navigation import Section
from amity.languages.jinja import plain
from amity.languages.listing import by_name

SECTIONS = (
    ("desk", _("What needs me")),
    ("desk_submissions", _("Proposals sent in")),
    ("desk_turns", _("Turns")),
    ("desk_health", _("Partnerships")),
    ("desk_records", _("Records")),
    ("desk_contacts", _("Contacts")),
    ("desk_history", _("History")),
    ("desk_letters", _("Mail")),
)
"""Name of an address -> what the menu of the desk calls it."""
OF_THE_INSTALLATION = (("desk_offices", _("Offices")),)
"""What administrators have besides."""
WITHOUT_OFFICE = ("desk",)
"""What is there for whoever acts for no office."""


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """An office that the person may act for."""

    pk: int
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a page says once, after an act."""

    words: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of the desk shows."""

    person: str
    offices: tuple[OfficeChoice, ...]
    sections: tuple[Section, ...]
    messages: tuple[Said, ...]


def install(environment: Environment) -> None:
    """Called once, when the environment is made."""
    environment.globals.update(
        desk_frame=desk_frame,
        messages_waiting=messages_waiting,
        second_factor_wanted=second_factor_wanted,
        json_script=json_script,
        browser_name=browser_name,
        provider_name=identity.name,
        is_typed_kept=is_typed_kept,
    )


@pass_context
def desk_frame(context: Context) -> Frame | None:
    """Who is signed in, as the frame of the desk says it; None for a stranger."""
    request = context["request"]
    at_desk = _at_desk(request)
    if at_desk is None:
        return None
    return Frame(
        person=at_desk.user.name or at_desk.user.email,
        offices=tuple(
            OfficeChoice(office.pk, plain(office.organization.name), office == at_desk.office)
            for office in by_name(at_desk.offices, lambda one: one.organization.name)
        ),
        sections=_sections(request, at_desk),
        messages=_messages(request),
    )


def _at_desk(request: HttpRequest) -> AtDesk | None:
    known: AtDesk | None = getattr(request, "at_desk", None)
    if known is None and isinstance(request.user, User):
        known = who_is_at_desk(request, request.user)
        request.at_desk = known  # type: ignore[attr-defined] # as a desk page has it
    return known


def _sections(request: HttpRequest, at_desk: AtDesk) -> tuple[Section, ...]:
    found = []
    own = [one for one in SECTIONS if at_desk.office or one[0] in WITHOUT_OFFICE]
    for name, label in (*own, *(OF_THE_INSTALLATION if at_desk.user.administrator else ())):
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        here = request.path == path or (name != "desk" and request.path.startswith(path))
        found.append(Section(path, str(label), here))
    return tuple(found)


def _messages(request: HttpRequest) -> tuple[Said, ...]:
    return tuple(
        Said(message.message, message.level >= WARNING) for message in get_messages(request)
    )


@pass_context
def messages_waiting(context: Context) -> tuple[Said, ...]:
    """What a page for strangers says once, such as that they are signed out."""
    return _messages(context["request"])


@pass_context
def second_factor_wanted(context: Context) -> bool:
    """Whether the reader's mandate asks for a second factor that this session has not shown."""
    request = context["request"]
    user = request.user
    if not isinstance(user, User) or signed_in_with_second_factor(request):
        return False
    return needs_second_factor(user)


def json_script(data: object, name: str) -> Markup:
    """`data` for a script, in an element with the identifier `name`."""
    words = json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return Markup('<script type="application/json" id="{}">{}</script>').format(
        name,
        Markup(words),  # noqa: S704 - escaped in the line above
    )
