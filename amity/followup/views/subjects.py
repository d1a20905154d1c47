"""Reports on themes and Sustainable Development Goals, across editions and sides."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse

from amity.followup.choices import Goal, goal_label
from amity.followup.columns import SUBJECTS
from amity.followup.contexts import SubjectPage, SubjectsPage
from amity.followup.forms import SubjectFilters
from amity.followup.queries import subjects, tallies
from amity.followup.queries.subjects import Counted, Measure, Row
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.pages.tables import table_views
from amity.languages.listing import options
from amity.network.models import Area, Theme
from amity.record import sections
from amity.record.queries import dossiers_at_hand
from amity.record.removals import one_or_404


@public_page(SubjectFilters)
def overview(request: PageRequest, filters: SubjectFilters) -> HttpResponse:
    """Every goal and theme with its figures, of both sides or of one."""
    counted = _counted(request, filters)
    _offer(request, filters)
    return show(
        request,
        SubjectsPage(
            found=subjects.overview(counted, request.page.today),
            measures=tuple(Measure),
            filters=filters,
            side=_side(counted),
            without_invented=_without_invented(request, counted),
            fictional=_fictional(request, counted),
        ),
    )


@public_page(SubjectFilters)
def theme(request: PageRequest, key: str, filters: SubjectFilters) -> HttpResponse:
    """The report on a theme."""
    subject = _theme(key)
    counted = _counted(request, filters, subject)
    added = sections.fill("theme", subject, request.page)
    return show(request, _page(request, filters, counted, theme=subject, added=added))


@public_page(SubjectFilters)
def goal(request: PageRequest, number: int, filters: SubjectFilters) -> HttpResponse:
    """The report on a goal."""
    subject = _goal(number)
    counted = _counted(request, filters, goal=subject)
    return show(request, _page(request, filters, counted, goal=goal_label(subject)))


def _rows(
    request: PageRequest, filters: SubjectFilters, key: str = "", number: int = 0
) -> Iterable[Row]:
    """The rows of the page with this theme or goal, or of the page with all of them."""
    subject = _theme(key) if key else None
    chosen = _goal(number) if number else None
    counted = _counted(request, filters, subject, chosen)
    if subject is None and chosen is None:
        return subjects.overview(counted, request.page.today).rows
    return subjects.report(counted, request.page.today).rows


tables = table_views("themes-and-goals", SubjectFilters, _rows, SUBJECTS)


def _page(
    request: PageRequest,
    filters: SubjectFilters,
    counted: Counted,
    *,
    theme: Theme | None = None,
    goal: str = "",
    added: tuple[sections.Filled, ...] = (),
) -> SubjectPage:
    _offer(request, filters)
    return SubjectPage(
        theme=theme,
        goal=goal,
        found=subjects.report(counted, request.page.today),
        measures=tuple(Measure),
        filters=filters,
        side=_side(counted),
        without_invented=_without_invented(request, counted),
        added=added,
        fictional=_fictional(request, counted) or (theme is not None and theme.dossier.fictional),
    )


def _theme(key: str) -> Theme:
    """The theme that is asked for. Raises Http404."""
    return one_or_404(Theme.objects.select_related("dossier"), key)


def _goal(number: int) -> Goal:
    """The goal that is asked for. Raises Http404."""
    if number not in Goal.values:
        raise Http404(number)
    return Goal(number)


def _counted(
    request: PageRequest,
    filters: SubjectFilters,
    theme: Theme | None = None,
    goal: Goal | None = None,
) -> Counted:
    """What is counted: of real peoples where there are any, unless something invented is asked."""
    chosen = subjects.dossiers_counted(request.page, filters.dossiers_wanted(), theme)
    side: str | None = filters.cleaned_data["side"]
    return Counted(theme.key if theme else None, int(goal) if goal else None, side, chosen)


def _offer(request: PageRequest, filters: SubjectFilters) -> None:
    """Let the reader choose a side and a dossier."""
    filters.offer("side", options(tallies.areas_with_commitments(request.page)))
    dossiers = dossiers_at_hand(request.page)
    if len(dossiers) > 1:
        filters.offer("dossier", options((one.key, one.title) for one in dossiers))


def _side(counted: Counted) -> Area | None:
    """The side whose part alone is counted. One statement where one is."""
    return Area.objects.filter(key=counted.side).first() if counted.side else None


def _without_invented(request: PageRequest, counted: Counted) -> bool:
    """Whether there is something invented that is not counted."""
    return counted.dossiers.real and any(one.fictional for one in dossiers_at_hand(request.page))


def _fictional(request: PageRequest, counted: Counted) -> bool:
    """Whether all that is counted is invented."""
    chosen = counted.dossiers
    if chosen.key:
        invented = {one.key for one in dossiers_at_hand(request.page) if one.fictional}
        return chosen.key in invented
    return not chosen.real and bool(dossiers_at_hand(request.page))
