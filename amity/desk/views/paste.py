"""Rows pasted from a sheet: looked at row by row, then added all at once or not at all."""

from collections import Counter
from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.contexts import PastePage
from amity.desk.pasting.columns import LOOKED_AT, Headed, offered, recognised
from amity.desk.pasting.rows import Asked, Row, State
from amity.desk.pasting.sheet import Target, Written, target, understood, written
from amity.desk.pasting.table import Line, read
from amity.desk.shown import HeadShown
from amity.foundation.actions import take_turn
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.record import kinds, rules
from amity.record.actions import Unfit
from amity.record.refusals import NotAllowed, Refused, words_of

BLOCKING = (State.DOUBT, State.UNREADABLE)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def paste(request: DeskRequest, plural: str) -> HttpResponse:
    """Rows that become people, organizations, contributions or delegates (`?part_of=kind:key`)."""
    acting = request.at_desk.acting
    if not rules.writes(acting):
        raise PermissionDenied
    into = target(acting, plural, request.GET.get("part_of", "")[:121])
    if into.owner is not None and not rules.may_change(acting, into.owner):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, into, "", problem="")
    words = request.POST.get("rows", "")
    try:
        lines = read(words)
    except ValidationError as error:
        return _shown(request, into, words, problem=" ".join(error.messages))
    headed = _headed(request, into, lines)
    rows = understood(into, lines, headed.line, _asked(request, headed))
    problem = ""
    if request.POST.get("act") == "add":
        problem = _added(request, into, rows)
        if not problem:
            return redirect(_leave(into))
    return _shown(request, into, words, problem=problem, lines=lines, headed=headed, rows=rows)


def _added(request: DeskRequest, into: Target, rows: list[Row]) -> str:
    """Write what the rows bring; gives what was refused, in words, empty where nothing was."""
    if any(row.state in BLOCKING for row in rows):
        return _("Nothing was added yet: answer what is in doubt, and mend or leave out the rest.")
    bringing = None
    try:
        with transaction.atomic():
            take_turn()  # so that nobody else is given the same identifiers meanwhile
            bringing = written(into, rows, release=_releases(request))
            done = actions.add_rows(into, bringing)
    except Unfit as error:
        if bringing is not None:
            _tell(error, bringing, rows)
        return _("Nothing was added yet: mend or leave out what cannot be read.")
    except (ValidationError, NotAllowed, Refused) as error:
        return words_of(error)
    count = int(str(done.details["added"]))
    words = ngettext("%(count)s record was added.", "%(count)s records were added.", count)
    messages.success(request, words % {"count": count})
    return ""


def _tell(error: Unfit, bringing: Written, rows: list[Row]) -> None:
    """Say at each row what was refused of it."""
    by_number = {row.number: row for row in rows}
    for place, fault in error.faults.items():
        row = by_number[bringing.rows[place]]
        row.state = State.UNREADABLE
        row.faults += fault.messages


def _headed(request: DeskRequest, into: Target, lines: list[Line]) -> Headed:
    """What was chosen for the columns, or else what their headings say."""
    found = recognised(into.kind, lines, _tags(into))
    if "column-0" not in request.POST or request.POST.get("act") == "read":
        return found
    known = {value for value, _label in _choices(into)}
    columns = [request.POST.get(f"column-{place}", "") for place in range(len(lines[0]))]
    heading = request.POST.get("heading", "")
    line = int(heading) if heading in map(str, range(LOOKED_AT + 1)) else found.line
    return Headed(line, tuple(one if one in known else "" for one in columns))


def _asked(request: DeskRequest, headed: Headed) -> Asked:
    answers = {name: str(request.POST[name]) for name in request.POST if name[:7] == "answer-"}
    left = request.POST.getlist("leave")
    return Asked(
        headed.columns,
        _spoken(request),
        answers,
        frozenset(one for one in map(whole_number, left) if one is not None),
    )


def _spoken(request: DeskRequest) -> str:
    """The language of words in columns that do not name theirs."""
    chosen = request.POST.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else page_language()


def _releases(request: DeskRequest) -> bool:
    return request.POST.get("release") == "on"


def _tags(into: Target) -> tuple[str, ...]:
    """The languages that a column may be in: ours, and those of the dossier."""
    own = into.owner.dossier.languages if into.owner else []
    return tuple(dict.fromkeys([*(tag for tag, _name in settings.LANGUAGES), *map(str, own)]))


def _choices(into: Target) -> list[tuple[str, str]]:
    """What a column may be: a field's name, with a language where it is written in several."""
    found = [("", _("not taken"))]
    for one in offered(into.kind):
        found.append((one.name, one.label))
        if one.translated:
            found += [
                (f"{one.name}:{tag}", f"{one.label} ({codes.display_name(tag, page_language())})")
                for tag in _tags(into)
            ]
    return found


def _shown(
    request: DeskRequest,
    into: Target,
    words: str,
    *,
    problem: str,
    lines: list[Line] | None = None,
    headed: Headed = Headed(0, ()),  # noqa: B008 - it is frozen
    rows: list[Row] | None = None,
) -> HttpResponse:
    found, acting = rows or [], into.acting
    above = lines[headed.line - 1] if lines and headed.line else ()
    states: Mapping[State, int] = Counter(row.state for row in found)
    owner = into.owner and f"{kinds.of_model(type(into.owner)).kind}:{into.owner.key}"
    page = PastePage(
        kind=into.kind,
        part_of=owner or "",
        owner=queries.name_of(acting, owner) if owner else None,
        words=words,
        heads=tuple(
            HeadShown(place, above[place] if above else "", chosen)
            for place, chosen in enumerate(headed.columns)
        ),
        choices=tuple(_choices(into)),
        heading=headed.line,
        lines_at_top=min(LOOKED_AT, len(lines or ())),
        languages=tuple(
            (tag, codes.display_name(tag, page_language())) for tag, _name in settings.LANGUAGES
        ),
        spoken=_spoken(request),
        rows=tuple(found),
        counts={state.value: states.get(state, 0) for state in State},
        may_release=rules.speaks(acting, acting.office),
        release=_releases(request),
        problem=problem,
        ready=bool(states.get(State.NEW)) and not any(states.get(one) for one in BLOCKING),
        noindex=True,
    )
    return show(request, page, status=422 if problem else 200)


def _leave(into: Target) -> str:
    if into.owner is not None:
        owner = kinds.of_model(type(into.owner))
        return reverse("desk_record", args=[owner.plural, into.owner.key])
    return reverse("desk_list", args=[into.kind.plural])
