"""What the loop process does again and again beside sending letters; rooms register theirs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.utils import OperationalError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to `do` once in every span of time; it says in words what it did, if anything.

    It may be done by several processes at once, and again after any of them was killed.
    `outward`: it waits for computers of others, so letters and the other chores do not wait for it.
    """

    name: str
    every: timedelta
    do: Callable[[datetime], str]
    outward: bool = False


_chores: dict[str, Chore] = {}


def register(chore: Chore) -> None:
    """Make a chore known; called from `AppConfig.ready` of its room."""
    _chores[chore.name] = chore


@dataclass(slots=True)
class Round:
    """The chores as one process does them: each when it starts, then when its time has come.

    `outward`: those alone that wait for computers of others, or those alone that do not; None: all.
    """

    outward: bool | None = None
    done: dict[str, datetime] = field(default_factory=dict)

    def go(self, now: datetime) -> list[str]:
        """Do what is due at `now`; gives what was done, in words.

        One that fails is noted in the log, and stops neither the others nor the letters. Raises
        OperationalError where the database does not answer.
        """
        said = []
        for chore in _chores.values():
            if self.outward not in (None, chore.outward):
                continue
            last = self.done.get(chore.name)
            if last is None or now - last >= chore.every:
                self.done[chore.name] = now
                try:
                    said.append(chore.do(now))
                except OperationalError:
                    raise
                except Exception:
                    logger.exception("%s failed; it is tried again in %s", chore.name, chore.every)
        return [words for words in said if words]
