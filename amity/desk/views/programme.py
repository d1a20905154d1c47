"""A programme as a table: typed in its rows, saved at once, what clashes named beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.recovering import recovered
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.finding.choosing import Chooser
from amity.desk.pasting.columns import folded
from amity.desk.programme.beside import ClashInProgramme, clashes_in
from amity.desk.programme.cells import MOST_ROWS, Line, Wording, blank, sent
from amity.desk.programme.contexts import Clashes, DayShown, ProgrammePage
from amity.desk.programme.people import Named
from amity.desk.programme.reading import Reading
from amity.desk.programme.sheet import Part, Sheet, steps, tell
from amity.desk.programme.standing import Standing, standing
from amity.foundation.actions import take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.models import Change
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.gatherings.choices import ContributionKind, SessionKind
from amity.gatherings.models import Gathering
from amity.record import kinds, rules
from amity.record.actions import NothingDiffers, Unfit
from amity.record.actions.write import Faulty
from amity.record.refusals import NotAllowed, Refused, words_of

BLANK_ROWS = 3
"""Below what stands, to be typed into without a script."""
MORE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one gathering's programme, for whoever asks."""

    request: DeskRequest
    gathering: Gathering
    standing: Standing
    wording: Wording

    def sheet(self, data: QueryDict) -> Sheet:
        """What was typed, read row by row."""
        opened = data.get("opened", "")
        named = Named(
            self.gathering,
            Chooser(self.wording.acting),
            self.wording.language,
            self.standing.people(self.wording),
            self.standing.rooms,
            frozenset(map(folded, data.getlist("welcome"))),
        )
        reading = Reading(self.wording, named, timezone.localdate())
        sheet = Sheet(self.gathering, self.standing, reading, whole_number(opened) or 0)
        sheet.read(self.lines(data))
        return sheet

    def lines(self, data: QueryDict) -> list[Line]:
        """The rows as they were typed."""
        lines = sent(data)
        for line in lines:
            stands = self.standing.of(line.kind, line.key)
            line.shown = self.wording.best(stands.title) if stands else ""
        return lines

    def clashes(self, parts: list[Part]) -> tuple[ClashInProgramme, ...]:
        """What clashes, with the titles of the rows."""

        def called(row: int | None) -> str:
            line = parts[row - 1].line if row else None
            return (line.cells.title or line.shown) if line else ""

        return tuple(
            ClashInProgramme(
                one.kind, one.row, called(one.row), one.other, called(one.other), one.name
            )
            for one in clashes_in(self.gathering, self.standing, parts, self.wording)
        )

    def as_it_stands(self, day: str) -> list[Part]:
        """The rows as they stand, with nothing typed; those of a day where one is given."""
        lines = self.standing.lines(self.wording, day)
        return [Part(line, self.standing.of(line.kind, line.key)) for line in lines]


def _table(request: DeskRequest, key: str) -> Table:
    """Raises Http404 where the gathering is not there for whoever asks."""
    acting = request.at_desk.acting
    gathering = queries.record_or_404(acting, kinds.get("gathering"), key)
    if not isinstance(gathering, Gathering):
        raise Http404(key)
    wording = Wording(acting, page_language(), gathering.timezone)
    return Table(request, gathering, standing(gathering, wording), wording)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def programme(request: DeskRequest, key: str) -> HttpResponse:
    """The sessions of a gathering with their contributions, to be typed and saved at once.

    `?day=` narrows it to the sessions of a day.
    """
    if request.method == "POST":
        return _sent(request, key)
    table = _table(request, key)
    typed = recovered(request)
    if typed is not None:
        parts = table.sheet(typed).parts
        lines = [part.line for part in parts]
        return _shown(table, lines, table.clashes(parts), typed, recovered=True)
    parts = table.as_it_stands(_day(table))
    lines = [part.line for part in parts] + [blank() for _place in range(BLANK_ROWS)]
    return _shown(table, lines, table.clashes(parts), QueryDict())


@require_POST
@desk_page
def clashes(request: DeskRequest, key: str) -> HttpResponse:
    """What clashes in the table as it is typed. Nothing is kept of it."""
    table = _table(request, key)
    if not rules.may_change(request.at_desk.acting, table.gathering):
        raise PermissionDenied
    sheet = table.sheet(request.POST)
    return show(request, Clashes(clashes=table.clashes(sheet.parts)))


def _sent(request: DeskRequest, key: str) -> HttpResponse:
    acting, act = request.at_desk.acting, request.POST.get("act", "save")
    problem = ""
    table = _table(request, key)
    if not rules.may_change(acting, table.gathering):
        raise PermissionDenied
    try:
        with transaction.atomic():
            take_turn()  # so that nobody else saves a row between reading and writing it
            table = _table(request, key)
            sheet = table.sheet(request.POST)
            if act == "save" and not sheet.faulty:
                release = request.POST.get("release") == "on"
                office = acting.organization
                bringing = steps(sheet, office, release=release)
                try:
                    done = actions.save_programme(acting, table.gathering, bringing)
                except Unfit as error:
                    for place, fault in error.faults.items():
                        record = bringing[place].record
                        _tell_of(sheet, kinds.of_model(type(record)).kind, record.key, fault)
                    raise
                return _saved(request, done)
    except NothingDiffers as error:
        messages.success(request, str(error))
        return redirect(request.get_full_path())
    except Faulty as error:
        left = [
            f"{fault.key}: {fault.message}"
            for fault in error.faults
            if fault.elsewhere
            or not tell(sheet, fault.kind, fault.key, fault.field, [str(fault.message)])
        ]
        problem = " ".join(left)
    except Unfit:
        pass  # it is said at each row
    except (ValidationError, NotAllowed, Refused) as error:
        problem = words_of(error)
    if act == "save":
        problem = problem or _("Nothing was saved yet: mend what is marked below.")
        lines = [part.line for part in sheet.parts]
    else:
        lines = _with_rows(table.lines(request.POST), act)
    clashing = table.clashes(sheet.parts)
    return _shown(
        table, lines, clashing, request.POST, problem=problem, status=422 if problem else 200
    )


def _with_rows(lines: list[Line], act: str) -> list[Line]:
    """The rows with one more below the row that `act` names, or with more at the end."""
    place = whole_number(act.removeprefix("row-")) or 0
    if 0 < place <= len(lines):
        above = lines[place - 1]
        return [*lines[:place], blank(above.cells.kind), *lines[place:]]
    return [*lines, *(blank() for _place in range(MORE_ROWS))]


def _saved(request: DeskRequest, done: Change) -> HttpResponse:
    count = int(str(done.details["added"]))
    words = ngettext("%(count)s record was saved.", "%(count)s records were saved.", count)
    messages.success(request, words % {"count": count})
    return redirect(request.get_full_path())


def _tell_of(sheet: Sheet, kind: str, key: str, fault: ValidationError) -> None:
    by_field = fault.error_dict if hasattr(fault, "error_dict") else {"": [fault]}
    for name, found in by_field.items():
        tell(sheet, kind, key, name, [words for one in found for words in one.messages])


def _day(table: Table) -> str:
    """The day that the table is narrowed to; empty for all of it."""
    days = table.standing.days(table.wording)
    asked = table.request.GET.get("day", "")
    if asked in days:
        return asked
    return days[0] if days and len(table.standing.contributions) > MOST_ROWS else ""


def _shown(
    table: Table,
    lines: list[Line],
    clashing: tuple[ClashInProgramme, ...],
    typed: QueryDict,
    *,
    problem: str = "",
    recovered: bool = False,
    status: int = 200,
) -> HttpResponse:
    acting, gathering = table.wording.acting, table.gathering
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
    page = ProgrammePage(
        key=gathering.key,
        name=queries.name_of(acting, f"gathering:{gathering.key}"),
        lines=tuple(lines),
        blank=blank(),
        kinds=tuple(_kinds()),
        rooms=tuple(table.wording.called(room) for room in table.standing.rooms),
        zone=gathering.timezone,
        clashes=clashing,
        opened=newest,
        may_change=rules.may_change(acting, gathering),
        may_release=rules.speaks(acting, acting.office),
        release=typed.get("release") == "on",
        welcome=tuple(dict.fromkeys(typed.getlist("welcome"))),
        problem=problem,
        recovered=recovered,
        all_days=tuple(DayShown(one, _in_words(one)) for one in table.standing.days(table.wording)),
        of_day=_day(table),
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(table.request, page, status=status)


def _in_words(said: str) -> str:
    """The day of a session as a page says it; in its own words, where that is no day."""
    try:
        return str(in_words(DateAsSaid.parse(said)))
    except ValueError:
        return said


def _kinds() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What a row may be, session or contribution: the label of each group, values and labels."""
    for kind, choices in (("session", SessionKind), ("contribution", ContributionKind)):
        listed = ((f"{kind}:{value}", str(label)) for value, label in choices.choices)
        yield str(kinds.get(kind).label), tuple(listed)
