"""Who calls: a program with a person's token, and nothing but that is asked or believed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from amity.foundation.actions import take_turn
from amity.record.kinds import Kind
from amity.tokens import rules
from amity.tokens.actions import note_use
from amity.tokens.queries import Program, program_of

from .problems import Problem

SCHEME = "bearer"


class ProgramRequest(HttpRequest):
    """A request as an operation for programs gets it."""

    program: Program


View = Callable[..., HttpResponse]


def by_token(view: View) -> View:
    """Make a view one for programs with a token, in the header and nowhere else.

    Cookies are not looked at, so no other site can send a reader's. What is answered is kept
    nowhere. Raises Problem (401).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        now = timezone.now()
        program = _program(request, now)
        note_use(program.token, now)
        request.program = program  # type: ignore[attr-defined] # for the view
        with translation.override("en"):
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return answer


@contextmanager
def in_turn(request: ProgramRequest) -> Iterator[None]:
    """A transaction in which nobody else writes, for a token that serves when its turn has come.

    It may have been revoked, or its person's mandate ended, while others were writing. Raises
    Problem (401).
    """
    with transaction.atomic():
        take_turn()
        request.program = _program(request, timezone.now())
        yield


def _program(request: HttpRequest, now: datetime) -> Program:
    program = program_of(_secret(request), now)
    if program is None:
        raise Problem(
            401,
            "Send a token that serves: Authorization: Bearer amity_….",
            headers={"WWW-Authenticate": 'Bearer realm="Amity"'},
        )
    return program


def _secret(request: HttpRequest) -> str:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else ""


def refuse_to_write(program: Program, kind: Kind) -> None:
    """Raise Problem where a token is not for writing records of a kind."""
    if not rules.may_write(program.token.purposes, kind.kind):
        raise Problem(403, f"This token is not for writing {kind.plural}.")


def refuse_to_release(program: Program) -> None:
    """Raise Problem where a token is not for saying who reads a record."""
    if not rules.may_release(program.token.purposes):
        raise Problem(403, "This token is not for releasing or withdrawing.")
