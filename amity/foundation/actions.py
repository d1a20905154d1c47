"""The one way to add to the audit trail, and the turns of writers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from amity.foundation.differences import JSON, FieldChange
from amity.foundation.models import Change

TURNS = 0x616D697479
"""Number of the lock by which writers take turns (“amity” in ASCII)."""


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something: a person who signed in or a command, for which office."""

    user: int | None = None
    command: str = ""
    office: str = ""


@dataclass(frozen=True, eq=False)
class _Question:
    """What is asked when the turn has come: it raises where whoever waited may write no more."""

    ask: Callable[[], None]

    def answered(self) -> None:
        """Stands among what is due at the end of the transaction in which it was answered."""


_question: ContextVar[_Question | None] = ContextVar("question", default=None)


@contextmanager
def asked_in_turn(ask: Callable[[], None]) -> Iterator[None]:
    """Ask something anew in every transaction, once the turn has come, before anything is written.

    What was so when the wait began may have ended while others were writing. `ask` raises then.
    """
    reset = _question.set(_Question(ask))
    try:
        yield
    finally:
        _question.reset(reset)


def take_turn() -> None:
    """Wait until no other writer is under way; call it first in the transaction of a change.

    The highest number of a public change is the version of the record, so numbers must become
    visible in their order. SQLite has one writer at a time; on PostgreSQL writers take turns from
    here to the end of their transaction. Raises what `asked_in_turn` does.
    """
    _wait()
    question = _question.get()
    if question is not None and not _was_answered(question):
        question.ask()
        transaction.on_commit(question.answered)


def _wait() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNS])


def _was_answered(question: _Question) -> bool:
    """Whether it was, in this transaction; what was rolled back is forgotten with its locks."""
    return any(todo[1] == question.answered for todo in connection.run_on_commit)


def record_change(
    by: By,
    verb: str,
    kind: str = "",
    key: str = "",
    effect: str = "",
    *,
    paths: Sequence[FieldChange] = (),
    reason: str = "",
    details: dict[str, JSON] | None = None,
    part_of: Change | None = None,
    public: bool = True,
) -> Change:
    """Add what was done to the audit trail; call it in the transaction of the change.

    `effect`: what became of the record. `paths`: before and after. `details`: what undoing it
    needs to know besides. `part_of`: the change that this is a step of. `public`: whether the
    public reads anything else now.
    """
    take_turn()
    return Change.objects.create(
        at=timezone.now(),
        user_id=by.user,
        command=by.command,
        office=by.office,
        verb=verb,
        kind=kind,
        key=key,
        effect=effect,
        paths=[path.to_json() for path in paths],
        reason=reason,
        details=details or {},
        part_of=part_of,
        public=public,
    )
