"""What everybody may read of gatherings."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amity.foundation.pages import query
from amity.foundation.pages.formatting import day as day_in_words
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.choices import GatheringKind
from amity.gatherings.days import as_grids, as_lists
from amity.gatherings.formats.schema_org import contribution_data, gathering_data, session_data
from amity.gatherings.lines import SessionLines, SpeakerLines
from amity.gatherings.queries import items, lists
from amity.gatherings.queries import programme as programmes
from amity.gatherings.queries.gallery import gallery
from amity.gatherings.queries.gathering import gathering_page
from amity.gatherings.queries.people import people as speaking_at
from amity.languages.jinja import language_name, plain, raw_text
from amity.languages.listing import options
from amity.record import sections


@public_page(
    kind=query.choice(GatheringKind.values),
    when=query.choice([lists.UPCOMING, lists.PAST]),
    series=query.key(),
    page=query.whole(),
)
def gatherings(request: PageRequest, *, page: int, **filters: Any) -> HttpResponse:
    """All gatherings, with filters."""
    wanted = lists.Wanted(**filters)
    return render(
        request,
        "gatherings/gatherings.html",
        {
            "listed": lists.list_gatherings(wanted, request.page.today, page),
            "chosen": wanted != lists.Wanted(),
            "fields": [
                _choice("kind", _("Kind"), wanted.kind, GatheringKind.choices),
                _choice(
                    "when",
                    _("When"),
                    wanted.when,
                    [(lists.UPCOMING, _("to come")), (lists.PAST, _("past"))],
                ),
            ],
        },
    )


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering: facts, programme in brief, what was said, what came of it."""
    shown = gathering_page(key)
    exhibition = shown.gathering.kind == GatheringKind.EXHIBITION
    return render(
        request,
        "gatherings/gathering.html",
        {
            "shown": shown,
            "gathering": shown.gathering,
            "gallery": gallery(shown.gathering) if exhibition else [],
            "added": sections.fill("gathering", shown.gathering, request.page),
            "fictional": shown.gathering.dossier.fictional,
            "data": gathering_data(shown),
        },
    )


@public_page(
    day=query.calendar_day(),
    room=query.key(),
    theme=query.key(),
    language=query.key(),
    view=query.choice(["list", "grid"], "list"),
)
def programme(request: PageRequest, key: str, *, view: str, **filters: Any) -> HttpResponse:
    """The programme of a gathering, as a list or as a grid of rooms and times."""
    wanted = programmes.Wanted(**filters)
    found = programmes.programme(key, wanted)
    written = as_grids if view == "grid" else as_lists
    return render(
        request,
        "gatherings/programme.html",
        {
            "gathering": found.gathering,
            "sessions": found.sessions,
            "contributions": found.contributions,
            "wanted": wanted,
            "view": view,
            "days": written(found.days, SessionLines(found.gathering.timezone)),
            "timed": any(row.session.starts_at for day in found.days for row in day.sessions),
            "fields": _programme_fields(found, wanted, view),
            "fictional": found.gathering.dossier.fictional,
        },
    )


@public_page
def people(request: PageRequest, key: str) -> HttpResponse:
    """Everybody who speaks at a gathering."""
    gathering, rows = speaking_at(key)
    return render(
        request,
        "gatherings/people.html",
        {
            "gathering": gathering,
            "speakers": len(rows),
            "listed": SpeakerLines()(rows),
            "added": sections.fill("gathering_people", gathering, request.page),
            "fictional": gathering.dossier.fictional,
        },
    )


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    shown = items.session_page(key)
    return render(
        request,
        "gatherings/session.html",
        {
            "shown": shown,
            "session": shown.session,
            "gathering": shown.session.gathering,
            "fictional": shown.session.dossier.fictional,
            "data": session_data(shown.session),
        },
    )


@public_page
def contribution(request: PageRequest, key: str) -> HttpResponse:
    """One contribution."""
    found, speakers, evidence = items.contribution_page(key)
    return render(
        request,
        "gatherings/contribution.html",
        {
            "contribution": found,
            "session": found.session,
            "gathering": found.session.gathering,
            "speakers": speakers,
            "evidence": evidence,
            "fictional": found.dossier.fictional,
            "data": contribution_data(found, speakers),
        },
    )


def _programme_fields(
    found: programmes.Programme, wanted: programmes.Wanted, view: str
) -> list[dict[str, Any]]:
    return [
        _choice(
            "day",
            _("Day"),
            wanted.day.isoformat() if wanted.day else None,
            [(one.isoformat(), day_in_words(one)) for one in found.all_days],
        ),
        _choice(
            "room",
            _("Room"),
            wanted.room,
            [(one["key"], plain(raw_text(one["name"]))) for one in found.rooms],
        ),
        _choice("theme", _("Theme"), wanted.theme, options(found.themes)),
        _choice(
            "language",
            _("Language"),
            wanted.language,
            [(tag, language_name(tag)) for tag in found.languages],
        ),
        *([{"name": "view", "value": view, "hidden": True}] if view == "grid" else []),
    ]


def _choice(name: str, label: str, value: str | date | None, listed: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "options": list(listed)}
