"""What everybody may read of gatherings."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.formatting import day as in_words
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.contexts import (
    ContributionPage,
    GatheringPage,
    GatheringsPage,
    PeoplePage,
    ProgrammePage,
    SeriesPage,
    SessionPage,
)
from amity.gatherings.formats.schema_org import (
    contribution_data,
    gathering_data,
    series_data,
    session_data,
)
from amity.gatherings.forms import GatheringFilters, ProgrammeFilters
from amity.gatherings.grid import grid
from amity.gatherings.queries import items, lists
from amity.gatherings.queries.gathering import full_gathering
from amity.gatherings.queries.people import people as speaking_at
from amity.gatherings.queries.programme import Programme, clocks_of
from amity.gatherings.queries.programme import programme as read_programme
from amity.gatherings.queries.series import full_series
from amity.languages.jinja import language_name, plain
from amity.languages.listing import options
from amity.network.queries.themes import theme_options
from amity.record import sections
from amity.record.jinja import whole
from amity.sources.queries import evidence_about


@public_page(GatheringFilters)
def gatherings(request: PageRequest, filters: GatheringFilters) -> HttpResponse:
    """All gatherings, with filters."""
    filters.offer("year", [(year, year) for year in lists.years(request.page)])
    filters.offer("theme", theme_options(request.page))
    filters.offer_dossiers(request.page)
    listed = lists.list_gatherings(
        filters.wanted(), request.page.today, filters.number, filters.order()
    )
    return show(request, GatheringsPage(listed=listed, filters=filters))


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering: facts, programme in brief, what was said, what came of it."""
    shown = full_gathering(key)
    return show(
        request,
        GatheringPage(
            shown=shown,
            added=sections.fill("gathering", shown.gathering, request.page),
            data=gathering_data(shown.gathering),
            fictional=shown.gathering.dossier.fictional,
            whole=whole(shown.gathering.dossier),
        ),
    )


@public_page
def series(request: PageRequest, key: str) -> HttpResponse:
    """One series: its editions, and what rooms above know of them together."""
    shown = full_series(key)
    return show(
        request,
        SeriesPage(
            shown=shown,
            added=sections.fill("series", shown.series, request.page),
            data=series_data(shown.series, shown.editions),
            fictional=shown.series.dossier.fictional,
            whole=whole(shown.series.dossier),
        ),
    )


@public_page(ProgrammeFilters)
def programme(request: PageRequest, key: str, filters: ProgrammeFilters) -> HttpResponse:
    """The programme of a gathering, as a list or as a grid of rooms and times."""
    found = read_programme(key, filters.wanted())
    _offer(filters, found)
    return show(
        request,
        ProgrammePage(
            gathering=found.gathering,
            filters=filters,
            lists=found.days,
            grids=[grid(day) for day in found.days] if filters.as_grid else [],
            sessions=found.sessions,
            contributions=found.contributions,
            clocks=clocks_of(found),
            fictional=found.gathering.dossier.fictional,
            whole=whole(found.gathering.dossier),
        ),
    )


@public_page
def people(request: PageRequest, key: str) -> HttpResponse:
    """Everybody who speaks at a gathering."""
    gathering, speakers = speaking_at(key)
    return show(
        request,
        PeoplePage(
            gathering=gathering,
            speakers=speakers,
            added=sections.fill("gathering_people", gathering, request.page),
            fictional=gathering.dossier.fictional,
            whole=whole(gathering.dossier),
        ),
    )


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found = items.session_or_404(key)
    statements = items.statements_in(found)
    return show(
        request,
        SessionPage(
            session=found,
            statements=statements,
            evidence=items.evidence_of(found, statements),
            data=session_data(found),
            added=sections.fill("session", found, request.page),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page
def contribution(request: PageRequest, key: str) -> HttpResponse:
    """One contribution."""
    found = items.contribution_or_404(key)
    return show(
        request,
        ContributionPage(
            contribution=found,
            evidence=evidence_about({"contribution": [key]}),
            data=contribution_data(found),
            added=sections.fill("contribution", found, request.page),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


def _offer(filters: ProgrammeFilters, found: Programme) -> None:
    """Let the reader choose from what there is in the programme."""
    filters.offer("day", [(day.isoformat(), in_words(day)) for day in found.all_days])
    filters.offer("room", [(room.key, plain(room.name)) for room in found.rooms])
    filters.offer("theme", options((theme.key, theme.name) for theme in found.themes))
    filters.offer("language", [(tag, language_name(tag)) for tag in found.languages])
