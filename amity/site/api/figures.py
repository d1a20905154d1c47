"""What was asked and promised by theme and goal, counted for programs as its pages show it."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from amity.followup.choices import Goal
from amity.followup.forms import GoalField, SubjectFilters
from amity.followup.queries import subjects
from amity.followup.queries.subjects import By, Counted, Measure, Row
from amity.foundation.pages.filters import KeyField
from amity.foundation.pages.links import absolute, in_language, url
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.text import Text
from amity.network.queries.themes import theme_called

from .answering import as_json
from .records import Json


class FiguresList(SubjectFilters):
    """What is counted; without theme and goal, each of them as a whole."""

    theme = KeyField(help_text="Only what names this theme, by gathering, year and side.")
    goal = GoalField()


@public_page(FiguresList)
def show_figures(request: PageRequest, filters: FiguresList) -> HttpResponse:
    """The figures, a row each."""
    chosen = filters.cleaned_data
    theme = theme_called(chosen["theme"]) if chosen["theme"] else None
    dossiers = subjects.dossiers_counted(request.page, filters.dossiers_wanted(), theme)
    counted = Counted(chosen["theme"], chosen["goal"], chosen["side"], dossiers)
    if counted.theme or counted.goal:
        rows = subjects.report(counted, request.page.today).rows
    else:
        rows = subjects.overview(counted, request.page.today).rows
    data = {"items": [_one(row) for row in rows]}
    return as_json(data)


def _one(row: Row) -> Json:
    return {
        "by": row.by.value,
        "id": row.key or None,
        "name": _name(row),
        "fictional": row.fictional,
        **{figure.measure.value: figure.count for figure in row.figures},
        "lists": {
            figure.measure.value: absolute(in_language(f"{url(figure.listed)}?{figure.query}", ""))
            for figure in row.figures
            if figure.count
        },
    }


def _name(row: Row) -> Json | None:
    """What a row is about, by language."""
    if row.by == By.GOAL:
        titles = {}
        for code, _name_of in settings.LANGUAGES:
            with translation.override(code):
                titles[code] = str(Goal(int(row.key)).label)
        return titles
    if isinstance(row.name, Text):
        return {tag: one.words for tag, one in row.name.versions.items()}
    return None


def schema() -> Json:
    """What an answer looks like."""
    whole: Json = {"type": "integer", "minimum": 0}
    names: Json = {"type": "object", "additionalProperties": {"type": "string"}}
    item: Json = {
        "type": "object",
        "required": ["by", "id", "name", "fictional", *Measure.values, "lists"],
        "properties": {
            "by": {"description": "What the row is about.", "enum": By.values},
            "id": {
                "description": (
                    "Identifier of the gathering, the side's area or the theme; a goal's number; "
                    "a year, `none` where none was said; null for all together, and for what "
                    "belongs to no gathering."
                ),
                "anyOf": [{"type": "string"}, {"type": "null"}],
            },
            "name": {
                "description": "Every version by its language; null where it has none.",
                "anyOf": [names, {"type": "null"}],
            },
            "fictional": {"type": "boolean"},
            **dict.fromkeys(Measure.values, whole),
            "lists": {
                "description": "The page that lists what each figure counts, where it is not 0.",
                "type": "object",
                "additionalProperties": {"type": "string", "format": "uri"},
            },
        },
    }
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": item}},
    }
