"""What the pages of a programme's table show."""

from dataclasses import dataclass

from amity.desk.programme.beside import ClashInProgramme
from amity.desk.programme.cells import Line
from amity.foundation.pages.context import Context, PageContext
from amity.languages.text import Text


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day that a table can be narrowed to: as cells say it, and as a page says it."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ProgrammePage(PageContext):
    """The programme of a gathering called `name`, with the identifier `key`, as a table.

    `lines`, with a `blank` one for more; what they may be (`kinds` by group: its label, values
    and labels); the names of `rooms`; by whose clocks (`zone`). `clashes` as it stands or was
    typed. `opened`: the last change when it was shown. `may_change` it; whether new people may be
    released (`may_release`) and are to be (`release`); `welcome`: names of people who are to be
    new. `problem`: what was refused of it as a whole; `recovered`: that what was typed before
    signing in is shown. `all_days` it can be narrowed to, and the one it is (`of_day`).
    """

    template = "desk/programme.html"

    key: str
    name: Text | None
    lines: tuple[Line, ...]
    blank: Line
    kinds: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    rooms: tuple[str, ...]
    zone: str
    clashes: tuple[ClashInProgramme, ...]
    opened: int
    may_change: bool
    may_release: bool
    release: bool
    welcome: tuple[str, ...]
    problem: str
    recovered: bool
    all_days: tuple[DayShown, ...]
    of_day: str


@dataclass(frozen=True, kw_only=True)
class Clashes(Context):
    """What `clashes` in a programme as it is typed."""

    template = "desk/clashes.html"

    clashes: tuple[ClashInProgramme, ...]
